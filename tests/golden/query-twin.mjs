// Answers each line of JSON (a query) with one of what the grammar of the browser
// makes of it. `tests/query_twin.rs` compares that with the grammar in Rust.
import { readFileSync } from 'node:fs';
import { QueryError, parseQuery, parseStrictly } from '../../themes/gazette/static/search/query.js';

const answers = readFileSync(0, 'utf8').split('\n').filter(Boolean).map((line) => {
  const text = JSON.parse(line);
  // Whatever is typed has a meaning, and is soon read.
  parseQuery(text);
  try {
    return JSON.stringify({ node: parseStrictly(text).node }, (key, value) => (key === 'open' ? undefined : value));
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    const { code, message, help, start, end } = error;
    return JSON.stringify({ code, message, help: help ?? null, part: text.slice(start, end) });
  }
});
process.stdout.write(answers.join('\n') + '\n');
