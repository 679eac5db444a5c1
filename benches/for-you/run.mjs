// How well "For you" ranks a mixed day for a reader who saved five papers of one topic,
// beside linear SVMs on tf-idf. It builds sites, and ranks their published files with
// the very module that their pages load. README.md says how to run it.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const project = resolve(here, '../..');
const corpus = resolve(project, '../shared/corpora/papers-83k.jsonl.xz');
const offprint = resolve(process.env.OFFPRINT_BIN ?? join(project, 'target/release/offprint'));
const python = process.env.PYTHON ?? join(project, 'target/for-you/bin/python');
const TRIALS = 300;
const DAYS = 10;
const DAY = 400;
const SAVED = 5;
const FIRST = 20;
/** How many papers the larger collection has. */
const MANY = 4000;

for (const [what, path] of [['the corpus', corpus], ['offprint', offprint], ['python', python]]) {
  if (!existsSync(path)) {
    console.error(`${what} is not at ${path}: see README.md`);
    process.exit(2);
  }
}

const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const folder = mkdtempSync(join(parent, 'offprint-for-you-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const lines = run('xz', ['-dc', corpus]).split('\n').filter(Boolean);
const keyOf = (title) => title.normalize('NFKD').replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase();

// Labels that people gave, and for more papers those of the rules that ship.
const labels = new Map();
for (const file of readdirSync(join(project, 'tests/labels'))) {
  for (const line of readFileSync(join(project, 'tests/labels', file), 'utf8').split('\n')) {
    const [title, topics] = line.split('\t');
    if (topics) labels.set(keyOf(title), topics.split(',').map((id) => id.trim()).filter(Boolean));
  }
}
const labelled = lines.filter((line) => labels.has(keyOf(JSON.parse(line).title)));
await measure('labels by hand', labelled, (paper) => labels.get(keyOf(paper.title)) ?? []);
const dice = random(11);
await measure('labels by rules', sample(lines, MANY, dice), (paper) => paper.topics);

/** Builds a site of some papers in mixed days, ranks them for many readers, and has the SVMs do so. */
async function measure(name, pool, truth) {
  const site = join(folder, name.replaceAll(' ', '-'));
  run(offprint, ['new', site, '--empty']);
  const chance = random(3);
  writeFileSync(join(folder, 'all.jsonl'), `${pool.join('\n')}\n`);
  run(offprint, ['import', join(folder, 'all.jsonl'), '--date', '2024-06-01', '--site', site]);
  for (let day = 0; day < DAYS; day++) {
    // A digest is called as its file.
    const file = join(folder, `2025-01-${day + 10}.jsonl`);
    writeFileSync(file, `${sample(pool, DAY, chance).join('\n')}\n`);
    run(offprint, ['import', file, '--site', site]);
  }
  run(offprint, ['build', '--site', site]);
  const exported = run(offprint, ['export', '--format', 'jsonl', '--site', site]).split('\n').filter(Boolean).map((line) => JSON.parse(line));
  const papers = new Map(exported.map((one) => [`papers/${one.slug}/`, {
    path: `papers/${one.slug}/`,
    title: one.title,
    text: `${one.title} ${one.title} ${one.abstract ?? ''}`,
    topics: (one.topics ?? []).map(({ id }) => id),
    authors: (one.authors ?? []).map(({ name: author }) => author),
    digests: one.digests,
  }]));
  for (const paper of papers.values()) paper.truth = truth(paper);
  const published = join(site, 'public');
  const [assets] = readdirSync(join(published, 'assets'));
  const { rank, readOffer } = await import(pathToFileURL(join(published, 'assets', assets, 'for-you-rank.js')).href);
  const days = [];
  for (let day = 0; day < DAYS; day++) {
    const id = `2025-01-${day + 10}`;
    const file = join(published, `for-you/${id}.json`);
    const offer = readOffer(JSON.parse(readFileSync(file, 'utf8')));
    const listed = [...papers.values()].filter(({ digests }) => digests.includes(id)).map(({ path }) => path);
    days.push({ offer, bytes: statSync(file).size, listed, all: new Set(listed) });
  }
  const trials = [];
  const readers = random(5);
  while (trials.length < TRIALS) {
    const day = days[Math.floor(readers() * DAYS)];
    for (const [kind, count] of [['one interest', 1], ['three interests', 3]]) {
      const common = [...topicsOf(day.listed.map((path) => papers.get(path)))].filter(([, n]) => n >= 15 && n <= 120).map(([id]) => id);
      const topics = sample(common.sort(), count, readers);
      const saved = [...new Set(topics.flatMap((id) => sample([...papers.values()].filter((one) => one.truth.includes(id) && !day.all.has(one.path)), SAVED, readers)))];
      if (saved.length < SAVED * count - 2) continue;
      const rest = sample([...papers.values()].filter((one) => !day.all.has(one.path) && !saved.includes(one)), 500, readers);
      const isOf = (path) => topics.some((id) => papers.get(path).truth.includes(id));
      const seeds = saved.map((one) => ({ path: one.path, title: one.title, kind: 'saved', row: rowOf(published, one.path), topics: one.topics, authors: one.authors }));
      const bare = (all) => all.map((one) => ({ ...one, topics: [], authors: [] }));
      const share = (ranked) => ranked.slice(0, FIRST).filter(({ paper }) => isOf(paper.path)).length / FIRST;
      const { papers: offered, width, isLasting } = day.offer;
      trials.push({
        kind,
        day: day.listed,
        saved: saved.map(({ path }) => path),
        rest: rest.map(({ path }) => path),
        truth: day.listed.map(isOf),
        ours: share(rank(offered, seeds, { width, isLasting }).ranked),
        meaning: share(rank(bare(offered), bare(seeds), { width, isLasting }).ranked),
      });
    }
  }
  writeFileSync(join(folder, 'trials.json'), JSON.stringify({ texts: Object.fromEntries([...papers].map(([path, { text }]) => [path, text])), trials, first: FIRST }));
  const sizes = days.map(({ bytes }) => bytes);
  console.log(`${name}: ${papers.size} papers, ${DAYS} days of ${DAY}; files of ${Math.max(...sizes)} bytes at most, with ${Math.min(...days.map(({ offer }) => offer.papers.length))} papers at least`);
  process.stdout.write(run(python, [join(here, 'svm.py'), join(folder, 'trials.json')]));
  // How long the ranking takes with all days and many saved papers.
  const all = new Map(days.flatMap(({ offer }) => offer.papers.map((one) => [one.path, one])));
  const seeds = [...papers.values()].slice(0, 300).map((one) => ({ path: one.path, title: one.title, kind: 'saved', row: rowOf(published, one.path), topics: one.topics, authors: one.authors }));
  const start = performance.now();
  rank([...all.values()], seeds, { width: days[0].offer.width });
  console.log(`${all.size} papers are ranked by 300 saved ones in ${(performance.now() - start).toFixed(0)} ms\n`);
}

/** The row that a paper's page carries. */
function rowOf(published, path) {
  const page = readFileSync(join(published, path, 'index.html'), 'utf8');
  return /<article[^>]* data-meaning="?([\w-]+)/.exec(page)?.[1] ?? '';
}

function topicsOf(papers) {
  const counts = new Map();
  for (const { truth } of papers) for (const id of truth) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

/** Some of a list, each once. */
function sample(list, count, chance) {
  const left = [...list];
  const taken = [];
  while (taken.length < count && left.length > 0) taken.push(...left.splice(Math.floor(chance() * left.length), 1));
  return taken;
}

/** Numbers from 0 to 1 that look random and are the same each time. */
function random(seed) {
  let state = seed * 2654435761 >>> 0;
  return () => {
    state = state + 0x6d2b79f5 >>> 0;
    let mixed = Math.imul(state ^ state >>> 15, state | 1);
    mixed = mixed + Math.imul(mixed ^ mixed >>> 7, mixed | 61) ^ mixed;
    return ((mixed ^ mixed >>> 14) >>> 0) / 4294967296;
  };
}

function run(program, args) {
  const done = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'pipe'] });
  if (done.status !== 0) throw new Error(`${program} ${args.join(' ')}: ${done.stderr?.slice(-2000) ?? done.error}`);
  return done.stdout;
}
