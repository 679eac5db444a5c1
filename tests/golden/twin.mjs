// Runs the golden file through the browser's tokenizer. `--stdin` instead answers
// each line of JSON (a text) with one of what the tokenizer makes of it.
import { readFileSync } from 'node:fs';
import { fold, isStopWord, positionedTokens, stem, tokens } from '../../themes/gazette/static/search/text.js';

const unescape = (field) =>
  field.replace(/\\(?:u\{([0-9a-f]+)\}|(.))/gi, (_, code, letter) =>
    code ? String.fromCodePoint(parseInt(code, 16)) : { t: '\t', n: '\n', '\\': '\\' }[letter]);

if (process.argv[2] === '--stdin') {
  const answers = readFileSync(0, 'utf8').split('\n').filter(Boolean).map((line) => {
    const text = JSON.parse(line);
    const words = positionedTokens(text);
    return JSON.stringify([
      fold(text),
      words,
      words.map(([, word]) => stem(word)),
      words.map(([, word]) => isStopWord(word)),
    ]);
  });
  process.stdout.write(answers.join('\n') + '\n');
} else {
  const lines = readFileSync(new URL('tokens.tsv', import.meta.url), 'utf8').split('\n');
  let cases = 0;
  let differences = 0;
  lines.forEach((line, index) => {
    const [input, wantTokens, wantStems] = line.split('\t');
    if (wantTokens === undefined) return;
    cases += 1;
    const found = tokens(unescape(input));
    for (const [have, want] of [[found.join(' '), wantTokens], [found.map(stem).join(' '), wantStems]]) {
      if (have === want) continue;
      differences += 1;
      console.error(`tokens.tsv:${index + 1}: ${input}\n  have ${have}\n  want ${want}`);
    }
  });
  console.log(`${cases} cases, ${differences} differences`);
  process.exitCode = differences > 0 || cases === 0 ? 1 : 0;
}
