// Search, measured: how well known papers are found, what a first query loads, how
// long a warm one takes, what the index costs. Needs Node, xz and a release build:
//
//   cargo build --release
//   node benches/search/run.mjs                        # 1,000 and 10,000 papers
//   node benches/search/run.mjs --papers 83271         # the whole corpus
//   npm install --prefix benches/search && node benches/search/run.mjs --others
//                                                      # Pagefind and MiniSearch beside it
//
// A query asks for a paper by its title; its worth is one over the rank at which a
// paper of that title stands among the first ten. The mean is taken over each kind
// of query, then over the kinds (MRR@10).
import { execFileSync, execSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { engineFile, openSite } from '../../tests/search/open.mjs';

const project = resolve(fileURLToPath(import.meta.url), '../../..');
const shared = resolve(project, '../shared');
const offprint = process.env.OFFPRINT_BIN ?? join(process.env.CARGO_TARGET_DIR ?? join(project, 'target'), 'release/offprint');
const asked = process.argv.indexOf('--papers');
const sizes = (asked > 0 ? process.argv[asked + 1] : '1000,10000').split(',').map(Number);

/** A title without punctuation and case. */
const key = (title) => title.toLowerCase().normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');
const quantile = (values, q) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))];
const kb = (bytes) => (bytes / 1000).toFixed(1);

const corpus = execSync(`xz --decompress --stdout '${join(shared, 'corpora/papers-83k.jsonl.xz')}'`, { maxBuffer: 1 << 30 }).toString().split('\n').filter(Boolean);
const queries = readFileSync(join(shared, 'bench/search/queries.jsonl'), 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
console.log(`${cpus()[0].model}, ${cpus().length} cores, Node ${process.version}\n`);
/** Our engine: opened with a function that loads its files, it gives the titles found. */
const ours = {
  async open(folder, load) {
    load(engineFile(folder));
    const index = await openSite(folder, load);
    return async (query) => (await index.search(query, { limit: 10 })).hits.map(({ title }) => title);
  },
};

const others = process.argv.includes('--others') ? await import('./others.mjs') : null;
console.log('papers  container    queries  MRR@10  first kB (med/p95)  requests (p95)  warm ms (med/p95)  index ms  files  MB gzip');

for (const size of sizes) {
  const folder = mkdtempSync(join(tmpdir(), 'offprint-bench-'));
  try {
    mkdirSync(join(folder, 'content/digests'), { recursive: true });
    writeFileSync(join(folder, 'content/digests/2025-01-01.jsonl'), corpus.slice(0, size).join('\n') + '\n');
    const here = new Set(corpus.slice(0, size).map((line) => key(JSON.parse(line).title)));
    const fitting = queries.filter((query) => here.has(key(query.title)));
    for (const engine of size <= 1_100 ? ['elasticlunr', 'sharded'] : ['sharded']) {
      writeFileSync(join(folder, 'offprint.toml'), `[search]\nengine = "${engine}"\n`);
      const report = JSON.parse(execFileSync(offprint, ['build', '--site', folder, '--json'], { stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 28 }));
      const stage = report.stages.filter(({ name }) => /search|index/.test(name)).reduce((sum, { ms }) => sum + ms, 0);
      row(size, engine, join(folder, 'public/search'), fitting, await measure(ours, join(folder, 'public'), fitting), stage);
    }
    if (!others) continue;
    const papers = others.texts(corpus.slice(0, size));
    for (const engine of [others.pagefind, others.minisearch]) {
      const built = join(folder, engine.name);
      const began = performance.now();
      await engine.build(papers, built);
      row(size, engine.name, built, fitting, await measure(engine, built, fitting), Math.round(performance.now() - began));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(engine, folder, queries) {
  const packed = new Map();
  const load = (path) => {
    const bytes = readFileSync(join(folder, path));
    // What is packed already is counted as it is.
    if (!packed.has(path)) packed.set(path, Math.min(bytes.length, gzipSync(bytes).length));
    return bytes;
  };
  const kinds = new Map();
  const warm = await engine.open(folder, load);
  for (const { kind, query, title } of queries) {
    const rank = (await warm(query)).findIndex((found) => key(found) === key(title)) + 1;
    kinds.set(kind, [...(kinds.get(kind) ?? []), rank ? 1 / rank : 0]);
  }
  const means = [...kinds].map(([kind, values]) => [kind, values.reduce((a, b) => a + b, 0) / values.length]);
  const mrr = means.reduce((sum, [, mean]) => sum + mean, 0) / means.length;
  const times = [];
  for (const { query } of queries) {
    const began = performance.now();
    await warm(query);
    times.push(performance.now() - began);
  }
  const bytes = [], requests = [];
  for (const { query } of queries.filter((_, n) => n % 6 === 0)) {
    const seen = new Set();
    const fresh = await engine.open(folder, (path) => { seen.add(path); return load(path); });
    await fresh(query);
    bytes.push([...seen].reduce((sum, path) => sum + packed.get(path), 0));
    requests.push(seen.size);
  }
  return { mrr, means, times, bytes, requests };
}

function row(size, engine, search, queries, found, stage) {
  const files = readdirSync(search, { recursive: true }).map((path) => join(search, path)).filter((path) => statSync(path).isFile());
  const total = files.reduce((sum, path) => sum + gzipSync(readFileSync(path)).length, 0);
  console.log([
    String(size).padStart(6), engine.padEnd(11), String(queries.length).padStart(7), found.mrr.toFixed(4),
    `${kb(quantile(found.bytes, 0.5))} / ${kb(quantile(found.bytes, 0.95))}`.padStart(18),
    String(quantile(found.requests, 0.95)).padStart(14),
    `${quantile(found.times, 0.5).toFixed(2)} / ${quantile(found.times, 0.95).toFixed(2)}`.padStart(17),
    String(stage).padStart(8), String(files.length).padStart(5), (total / 1e6).toFixed(2).padStart(7),
  ].join('  '));
  console.log(`        ${found.means.map(([kind, mean]) => `${kind} ${mean.toFixed(3)}`).join('  ')}`);
}
