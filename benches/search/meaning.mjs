// Search by meaning, measured: how well papers are found whose words the query does not
// have, what that loads and how long it takes, and that it harms no query whose words
// are right. Needs Node, xz and a release build:
//
//   cargo build --release
//   node benches/search/meaning.mjs                     # 12,000 and 83,271 papers
//   node benches/search/meaning.mjs --papers 12000
//   node benches/search/meaning.mjs --site DIR          # a built site of the corpus
//
// Queries are made from the `tldr` that some papers of the corpus have, of its words that
// are not in the title. Each is asked three ways: by words alone, by meaning alone (`~`),
// and both, as a reader gets it. The known-item queries of `run.mjs` are asked by words
// and both.
import { execFileSync, execSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { openSite, rootFile } from '../../tests/search/open.mjs';

const project = resolve(fileURLToPath(import.meta.url), '../../..');
const shared = resolve(project, '../shared');
const offprint = process.env.OFFPRINT_BIN ?? join(process.env.CARGO_TARGET_DIR ?? join(project, 'target'), 'release/offprint');
const option = (name) => {
  const at = process.argv.indexOf(name);
  return at > 0 ? process.argv[at + 1] : undefined;
};
const sizes = (option('--papers') ?? '12000,83271').split(',').map(Number);
// The engine of the working tree instead of the site's.
const engine = option('--engine');
const ENGINE = resolve(project, 'themes/gazette/static/search');
const { isStopWord, stem, tokens } = await import(pathToFileURL(join(ENGINE, 'text.js')).href);

// The most words of a query.
const MOST_WORDS = 8;
const LEAST_WORDS = 3;

const key = (title) => title.toLowerCase().normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');
const quantile = (values, q) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))];
const mean = (values) => values.reduce((a, b) => a + b, 0) / Math.max(values.length, 1);

const corpus = execSync(`xz --decompress --stdout '${join(shared, 'corpora/papers-83k.jsonl.xz')}'`, { maxBuffer: 1 << 30 }).toString().split('\n').filter(Boolean);
const known = readFileSync(join(shared, 'bench/search/queries.jsonl'), 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));

for (const size of sizes) {
  const given = option('--site');
  const folder = given ?? mkdtempSync(join(tmpdir(), 'offprint-meaning-'));
  try {
    if (!given) build(folder, size);
    await measure(join(folder, 'public'), size);
  } finally {
    if (!given) rmSync(folder, { recursive: true, force: true });
  }
}

function build(folder, size) {
  mkdirSync(join(folder, 'content/digests'), { recursive: true });
  writeFileSync(join(folder, 'content/digests/2025-01-01.jsonl'), corpus.slice(0, size).join('\n') + '\n');
  writeFileSync(join(folder, 'offprint.toml'), '[search]\nengine = "sharded"\n');
  execFileSync(offprint, ['build', '--site', folder, '--quiet'], { stdio: 'inherit' });
}

/** Queries of the words that a summary has and the paper does not. */
function paraphrases(size) {
  const told = [];
  for (const line of corpus.slice(0, size)) {
    if (!line.includes('"tldr"')) continue;
    const { title, tldr } = JSON.parse(line);
    if (!tldr) continue;
    const inTitle = new Set(tokens(title).map(stem));
    const words = [...new Set(tokens(tldr))].filter((word) => !isStopWord(word) && word.length > 2);
    const unsaid = words.filter((word) => !inTitle.has(stem(word)));
    if (unsaid.length >= LEAST_WORDS) told.push({ kind: 'told', title, query: unsaid.slice(0, MOST_WORDS).join(' ') });
  }
  return told;
}

async function open(folder, load) {
  if (!engine) return openSite(folder, load);
  const { openIndex } = await import(pathToFileURL(join(ENGINE, 'engine.js')).href);
  return openIndex(async (path) => load(join('search', path)).toString(), rootFile(folder));
}

async function measure(folder, size) {
  const packed = new Map();
  const texts = new Map();
  const load = (path) => {
    if (!texts.has(path)) texts.set(path, readFileSync(join(folder, path)));
    return texts.get(path);
  };
  const bytesOf = (path) => {
    if (!packed.has(path)) packed.set(path, gzipSync(load(path)).length);
    return packed.get(path);
  };
  const here = new Set(corpus.slice(0, size).map((line) => key(JSON.parse(line).title)));
  const queries = [...paraphrases(size), ...known.filter(({ title }) => here.has(key(title)))];
  const index = await open(folder, load);
  console.log(`${size} papers`);
  console.log('queries        asked    count   MRR@10   in 10   in 50   ms (med/p95)   first kB (med/p95)   requests (med/p95)   by meaning');
  const kinds = [['told', ({ kind }) => kind === 'told'], ['known', ({ kind }) => kind !== 'told']];
  for (const [name, is] of kinds) {
    const own = queries.filter(is);
    for (const asked of name === 'known' ? ['words', 'both'] : ['words', 'meaning', 'both']) {
      const ask = (index, query) => index.search(asked === 'meaning' ? `~${query}` : query, { limit: 50, facets: false, meaning: asked !== 'words' });
      const byKind = new Map();
      const ranks = [], times = [], meant = [];
      for (const { kind, query, title } of own) {
        const began = performance.now();
        const found = await ask(index, query);
        times.push(performance.now() - began);
        meant.push(found.near ? 1 : 0);
        const rank = found.hits.findIndex((hit) => key(hit.title) === key(title)) + 1;
        ranks.push(rank);
        byKind.set(kind, [...(byKind.get(kind) ?? []), rank > 0 && rank <= 10 ? 1 / rank : 0]);
      }
      // Known items as in `run.mjs`: the mean of the kinds.
      const means = [...byKind].map(([kind, values]) => [kind, mean(values)]);
      const kb = [], requests = [];
      for (const { query } of own.filter((_, n) => n % Math.ceil(own.length / 100) === 0)) {
        const seen = new Set();
        const fresh = await open(folder, (path) => { seen.add(path); return load(path); });
        await fresh.search(asked === 'meaning' ? `~${query}` : query, { limit: 10, facets: false, meaning: asked !== 'words' });
        kb.push([...seen].reduce((sum, path) => sum + bytesOf(path), 0) / 1000);
        requests.push(seen.size);
      }
      const within = (most) => mean(ranks.map((rank) => (rank > 0 && rank <= most ? 1 : 0)));
      console.log([
        name.padEnd(13), asked.padEnd(8), String(own.length).padStart(6), mean(means.map(([, value]) => value)).toFixed(4).padStart(8),
        within(10).toFixed(3).padStart(7), within(50).toFixed(3).padStart(7),
        `${quantile(times, 0.5).toFixed(1)} / ${quantile(times, 0.95).toFixed(1)}`.padStart(13),
        `${quantile(kb, 0.5).toFixed(0)} / ${quantile(kb, 0.95).toFixed(0)}`.padStart(19),
        `${quantile(requests, 0.5)} / ${quantile(requests, 0.95)}`.padStart(19), `${Math.round(100 * mean(meant))} %`.padStart(12),
      ].join('  '));
      if (name === 'known') console.log(`        ${means.map(([kind, value]) => `${kind} ${value.toFixed(3)}`).join('  ')}`);
    }
  }
}
