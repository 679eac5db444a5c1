// What a query finds, in both containers: real sites are built, their engines are
// opened in Node, and each answer is compared. Run by scripts/test.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import elasticlunr from 'elasticlunr';
import { engineFile, openSite, rootFile } from './open.mjs';

const offprint = process.env.OFFPRINT_BIN;
if (!offprint) throw new Error('name the program in OFFPRINT_BIN');

/** The papers of the site: a slug, and what is known. */
const papers = {
  lora: { title: 'LoRA: Low-Rank Adaptation of Large Language Models', authors: ['Edward Hu', 'Yelong Shen'], year: 2021, abstract: 'We propose low-rank adaptation of weights for transfer.' },
  qlora: { title: 'QLoRA: Efficient Finetuning of Quantized LLMs', authors: ['Tim Dettmers'], year: 2023, abstract: 'We present an efficient finetuning approach for quantized models.' },
  gpt: { title: 'GPT-4 Technical Report', authors: ['OpenAI'], year: 2023, abstract: 'We report the development of a multimodal model.' },
  l0: { title: 'Learning Sparse Networks through $L_0$ Regularization', authors: ['Christos Louizos'], year: 2017, abstract: 'We propose a practical method for norm regularization.' },
  nm: { title: 'N:M Fine-Grained Structured Sparsity', authors: ['Aojun Zhou'], year: 2021, abstract: 'We study networks with 2:4 sparsity from scratch.' },
  pi: { title: 'Estimating π by Chance', authors: ['Ana García'], year: 2019, abstract: 'A needle is dropped many times.' },
  vae: { title: 'β-VAE: Learning Basic Visual Concepts', authors: ['Irina Higgins'], year: 2017, abstract: 'We introduce a framework for disentangled factors.' },
  cpp: { title: 'Teaching C++ to Beginners', authors: ['Bo Strand'], year: 2018, abstract: 'We teach C++17 by examples.' },
  csharp: { title: 'Patterns of C# Programs', authors: ['Mira Sharp'], year: 2020, abstract: 'We mine programs on .NET for patterns.' },
  clang: { title: 'Memory Safety in C', authors: ['Ken Pike'], year: 2015, abstract: 'We check pointers in programs.' },
  wave: { title: 'Solving the Schrödinger Equation with Neural Networks', authors: ['Erwin Maß'], year: 2020, abstract: 'We solve it with networks.' },
  rl: { title: '强化学习综述', authors: ['李明'], year: 2022, abstract: '本文综述强化学习的方法。' },
  management: { title: 'Memory Management for Serving', authors: ['Woosuk Kwon'], year: 2023, abstract: 'We manage memory in pages.' },
  general: { title: 'On the Generalization of Deep Networks', authors: ['Chiyuan Zhang'], year: 2016, abstract: 'We ask why deep networks generalize.' },
  proto: { title: 'The Constructor Pattern in Practice', authors: ['Prototype Jones'], year: 2014, abstract: 'We discuss a pattern.' },
  arabic: { title: 'نماذج اللغة العربية', authors: ['ليلى حسن'], year: 2021, abstract: 'دراسة عن نماذج اللغة.' },
  who: { title: 'To Be or Not to Be', authors: ['Will Quill'], year: 2010, abstract: 'A question.' },
  code: { title: 'A Toolkit with Everything', authors: ['Tool Smith'], year: 2024, abstract: 'A toolkit.', links: { code: 'https://github.com/x/y' }, venue: 'TOOLS 2024' },
};

/** Query, and the slug that has to come first; `null` for no hit, `*` for any. */
const cases = [
  ['LoRA', 'lora'], ['lor', 'lora'], ['lowrank', 'lora'], ['low-rank', 'lora'], ['low rank adaptation', 'lora'],
  ['gpt4', 'gpt'], ['GPT-4', 'gpt'], ['gpt 4', 'gpt'], ['l0', 'l0'], ['L_0', 'l0'], ['N:M', 'nm'], ['n:m sparsity', 'nm'], ['2:4', 'nm'],
  ['π', 'pi'], ['β-VAE', 'vae'], ['beta-vae', 'vae'], ['C++', 'cpp'], ['c++17', 'cpp'], ['C#', 'csharp'], ['.NET', 'csharp'],
  ['schrodinger', 'wave'], ['Schrödinger', 'wave'], ['garcia', 'pi'], ['García', 'pi'], ['强化学习', 'rl'], ['强化', 'rl'], ['李明', 'rl'],
  ['managem', 'management'], ['generalizatio', 'general'], ['adaptaton', 'lora'], ['daptation', 'lora'],
  ['dettmers quantized', 'qlora'], ['kwon memory', 'management'], ['higgins concepts', 'vae'],
  ['constructor', 'proto'], ['__proto__', '*'], ['toString', '*'], ['hasOwnProperty', '*'],
  ['نماذج', 'arabic'], ['😀', null], ['😀 lora', 'lora'], ['to be or not to be', 'who'], ['the', '*'], ['', '*'], ['   ', '*'],
  ['"memory management"', 'management'], ['“memory management”', 'management'], ['„memory management“', 'management'], ['«memory management', 'management'], ['memory -serving', 'clang'], ['author:garcia', 'pi'], ['year:2024..', 'code'],
  ['has:code', 'code'], ['venue:tools', 'code'], ['author:nobody', null], ['zzzzqqqq', null],
];

function site(engine) {
  const folder = mkdtempSync(join(tmpdir(), 'offprint-search-'));
  mkdirSync(join(folder, 'content/papers'), { recursive: true });
  writeFileSync(join(folder, 'offprint.toml'), `[topics]\ntaxonomy = "none"\n[search]\nengine = "${engine}"\n`);
  for (const [slug, paper] of Object.entries(papers)) {
    const { title, abstract, links, ...rest } = paper;
    const front = [`title = ${JSON.stringify(title)}`, 'date = 2025-03-14', ...Object.entries(rest).map(([key, value]) => `${key} = ${JSON.stringify(value)}`)];
    if (links) front.push('[links]', ...Object.entries(links).map(([key, value]) => `${key} = ${JSON.stringify(value)}`));
    writeFileSync(join(folder, `content/papers/${slug}.md`), `+++\n${front.join('\n')}\n+++\n${abstract}\n`);
  }
  execFileSync(offprint, ['build', '--site', folder, '--quiet'], { stdio: 'inherit' });
  return folder;
}

/** Stock elasticlunr.js loads the small container and finds papers with it, by the tokens it holds. */
function stock(path) {
  const index = elasticlunr.Index.load(JSON.parse(readFileSync(path, 'utf8')));
  const slugs = Object.keys(papers).sort();
  const all = index.documentStore.length;
  checked += 1;
  if (all !== slugs.length) fail(`elasticlunr.js: ${all} papers, not ${slugs.length}`);
  for (const [query, field, count] of [['quantized', 'title', 1], ['lowrank', 'title', 1], ['c++', 'title', 1], ['garcia', 'authors', 1], ['networks', 'abstract', 3], ['zzz', 'title', 0]]) {
    checked += 1;
    const found = index.search(query, { fields: { [field]: { boost: 1 } } });
    if (found.length !== count) fail(`elasticlunr.js: ${query}: have ${found.length}, want ${count}`);
  }
}

let failures = 0;
const fail = (text) => { failures += 1; console.error(text); };
let checked = 0;

for (const engine of ['elasticlunr', 'sharded']) {
  const folder = site(engine);
  try {
    const built = join(folder, 'public');
    const search = join(built, 'search');
    const size = gzipSync(readFileSync(join(built, engineFile(built)))).length;
    if (size > 23_000) fail(`engine.js is ${size} bytes gzip, but may be 23,000`);
    const index = await openSite(built);
    for (const [query, want] of cases) {
      checked += 1;
      const found = await index.search(query, { limit: 10 });
      const first = found.hits[0]?.slug ?? null;
      if (!Array.isArray(found.hits) || typeof found.total !== 'number') fail(`${engine}: ${JSON.stringify(query)}: no answer`);
      if (want !== '*' && first !== want) fail(`${engine}: ${JSON.stringify(query)}: have ${first}, want ${want}`);
    }
    // No word of these is in the papers that they are about.
    for (const [query, want] of [['~storing caches while requests wait', 'management'], ['quantum particles differential mathematics', 'wave'], ['~', null], ['~the', null]]) {
      checked += 1;
      const { hits, near, wanting } = await index.search(query, { limit: 3 });
      const found = hits.map(({ slug }) => slug);
      if (want === null ? found.length > 0 : !found.includes(want) || near?.from !== 0) fail(`${engine}: ${query}: have ${found}, want ${want}`);
      const words = await index.search(query, { limit: 3, meaning: false });
      if (wanting || words.near !== null || words.wanting !== (want !== null)) fail(`${engine}: ${query}: is looked for by meaning unasked`);
    }
    const { near } = await index.search('low-rank adaptation');
    if (near !== null && near.from === 0) fail(`${engine}: words that do not fail are passed over`);
    const filtered = await index.search('~teaching programs', { filters: { year: 2018 } });
    if (filtered.hits.length !== 1 || filtered.hits[0].slug !== 'cpp') fail(`${engine}: a filter lets ${filtered.hits.map(({ slug }) => slug)} through`);
    const began = performance.now();
    await index.search('memory '.repeat(1_500), { limit: 10 });
    await index.search('x'.repeat(10_000), { limit: 10 });
    if (performance.now() - began > 2_000) fail(`${engine}: a long query takes ${performance.now() - began} ms`);
    const hit = (await index.search('lora', { limit: 1 })).hits[0];
    for (const key of ['slug', 'url', 'title', 'authors', 'score']) if (!(key in hit)) fail(`${engine}: a hit has no ${key}`);
    if (engine === 'elasticlunr') stock(join(search, readdirSync(search).find((name) => /^index\..+\.json$/.test(name))));
    if (engine === 'sharded' && statSync(join(search, rootFile(built))).size > 40_000) fail('the root of the index is too large');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
console.log(`${checked} queries, ${failures} failures`);
process.exitCode = failures > 0 || checked === 0 ? 1 : 0;
