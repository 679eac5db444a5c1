/**
 * Ranking papers by what a reader saved: a paper is good where it is near in meaning
 * to some of those papers, has their topics, or is by their authors. It runs in
 * browsers and in Node (`benches/for-you`), and needs nothing but what it is given.
 */

import { eachRow } from "./digits.js";

/** A paper is compared with so many of those it is nearest to, so that several interests count side by side. */
const NEAREST = 5;
/** What topics and authors add to nearness, which is 1 at most. */
const TOPICS = 0.1;
const AUTHORS = 0.05;
/** What nearness to a paper takes away that the reader wants less of. */
const LESS = 0.5;
/** From this nearness on a paper is a reason for another. */
const NEAR = 0.15;

/** What a paper counts, by how the reader came to it. */
export const WEIGHTS = { saved: 1, more: 1, library: 0.5, read: 0.25 };

/**
 * @typedef {object} Offered a paper that can be ranked
 * @property {string} path
 * @property {string} title
 * @property {Array<{ id: string, name: string }>} topics
 * @property {string[]} authors the first ones
 * @property {number} more how many others there are
 * @property {string} venue
 * @property {string} text the key sentence
 * @property {Float64Array | null} row its vector, of length one
 * @property {string} digits the same as the site writes it
 *
 * @typedef {object} Seed a paper that the ranking goes by
 * @property {string} path
 * @property {string} title
 * @property {"saved" | "more" | "less" | "library" | "read"} kind
 * @property {string} row its vector, as the site's pages have it; may be empty
 * @property {string[]} topics ids
 * @property {string[]} authors
 *
 * @typedef {object} Muted
 * @property {string[]} words
 * @property {string[]} authors
 * @property {Array<{ id: string, name: string }>} topics
 *
 * @typedef {object} Reason
 * @property {Seed | null} seed the nearest paper
 * @property {{ id: string, name: string } | null} topic
 * @property {string | null} author
 */

/**
 * Vectors as the site writes them. What is damaged is no vector.
 * @param {string} text
 * @param {number} width
 * @returns {Array<{ row: Float64Array | null, digits: string }>} rows of length one;
 *   null where nothing is known
 */
export function readRows(text, width) {
  const rows = [];
  try {
    eachRow(text, width, (numbers, digits) => rows.push({ row: unit(Float64Array.from(numbers)), digits }));
  } catch {
    return [];
  }
  return rows;
}

/** A vector of length one; null for one of no length. */
function unit(row) {
  let square = 0;
  for (const number of row) square += number * number;
  if (square === 0) return null;
  const length = Math.sqrt(square);
  return row.map((number) => number / length);
}

/**
 * A file of papers, as the site publishes it.
 * @param {any} file
 * @returns {{ papers: Offered[], total: number, width: number, isLasting: boolean }}
 *   `isLasting`: whether vectors that were kept from an earlier visit are of the same kind
 */
export function readOffer(file) {
  if (file?.format !== 1) throw new Error(`papers of format ${file?.format}; this reads 1`);
  const rows = readRows(file.rows, file.width);
  const topics = file.topics.map(([id, name]) => ({ id, name }));
  const all = (part) => (part === null || part === undefined ? [] : [part].flat());
  const papers = file.papers.map(([title, slug, of, authors, more, venue, text], n) => ({
    path: `papers/${slugOf(title, slug)}/`,
    title,
    topics: all(of).map((place) => topics[place]).filter(Boolean),
    authors: all(authors),
    more: more ?? 0,
    venue: venue ?? "",
    text: text ?? "",
    row: rows[n]?.row ?? null,
    digits: rows[n]?.row ? rows[n].digits : "",
  }));
  return { papers, total: file.total, width: file.width, isLasting: file.vectors === "built-in" };
}

/** The slug of a paper; mostly it follows from the title. */
function slugOf(title, slug) {
  if (typeof slug === "string") return slug;
  const whole = title.replace(/[A-Z]/g, (letter) => letter.toLowerCase()).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  return slug === 0 ? whole : whole.slice(0, slug);
}

/** A name or a word as it is compared. */
export function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/**
 * Ranks papers, the best first; among equals those that were given first.
 * @param {Offered[]} papers
 * @param {Seed[]} seeds
 * @param {{ muted?: Muted, isLasting?: boolean, width?: number }} [options]
 * @returns {{ ranked: Array<{ paper: Offered, score: number, because: Reason }>, hidden: Offered[] }}
 *   `hidden`: what the reader muted. Papers that are seeds themselves are left out, but
 *   for those that were only read.
 */
export function rank(papers, seeds, options = {}) {
  const { muted = { words: [], authors: [], topics: [] }, isLasting = true, width = 64 } = options;
  const own = new Map(papers.map((paper) => [paper.path, paper]));
  const middle = middleOf(papers, width);
  const centred = (row) => (row && unit(row.map((number, i) => number - middle[i])));
  const known = seeds.map((seed) => ({
    seed,
    weight: WEIGHTS[seed.kind] ?? 0,
    row: centred(own.get(seed.path)?.row ?? (isLasting ? readRows(seed.row, width)[0]?.row : null) ?? null),
    topics: new Set([...seed.topics, ...(own.get(seed.path)?.topics ?? []).map(({ id }) => id)]),
    authors: new Set(seed.authors.map(folded)),
  }));
  const liked = known.filter(({ seed }) => seed.kind !== "less");
  const disliked = known.filter(({ seed, row }) => seed.kind === "less" && row);
  const sum = liked.reduce((all, { weight }) => all + weight, 0);
  const taken = new Set(seeds.filter(({ kind }) => kind !== "read" && kind !== "more").map(({ path }) => path));
  const isMuted = mutedBy(muted);
  const ranked = [];
  const hidden = [];
  for (const paper of own.values()) {
    if (taken.has(paper.path)) continue;
    if (isMuted(paper)) {
      hidden.push(paper);
      continue;
    }
    const row = centred(paper.row);
    const near = [];
    for (const one of liked) {
      // That a paper was read is no reason for itself. One that the reader wants more of
      // stays in sight.
      if (!row || !one.row || (one.seed.path === paper.path && one.seed.kind !== "more")) continue;
      const likeness = dot(row, one.row);
      near.push({ one, likeness, worth: one.weight * likeness });
    }
    near.sort((a, b) => b.worth - a.worth);
    const nearest = near.slice(0, NEAREST);
    let score = nearest.reduce((all, { worth }) => all + worth, 0) / Math.max(1, nearest.length);
    const ids = paper.topics.map(({ id }) => id);
    let shared = 0;
    let author = null;
    let writers = 0;
    const names = paper.authors.map((name) => [name, folded(name)]);
    const counts = new Map();
    for (const one of liked) {
      if (one.seed.path === paper.path) continue;
      for (const id of ids) {
        if (!one.topics.has(id)) continue;
        shared += one.weight;
        counts.set(id, (counts.get(id) ?? 0) + one.weight);
      }
      const same = names.find(([, name]) => name && one.authors.has(name));
      if (same) {
        author ??= same[0];
        writers = Math.max(writers, one.weight);
      }
    }
    if (sum > 0) score += (TOPICS * shared) / sum;
    score += AUTHORS * writers;
    if (row && disliked.length > 0) score -= LESS * Math.max(0, ...disliked.map((one) => dot(row, one.row)));
    const common = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
    const reason = nearest.find(({ one }) => one.seed.path !== paper.path);
    const because = {
      seed: reason && reason.likeness >= NEAR ? reason.one.seed : null,
      topic: paper.topics.find(({ id }) => id === common) ?? null,
      author,
    };
    ranked.push({ paper, score, because });
  }
  // Sorting keeps the order of equals.
  ranked.sort((a, b) => b.score - a.score);
  return { ranked, hidden };
}

/** Among few papers a subject of several looks like what all have in common. */
const FEW = 20;

/**
 * The mean of all vectors: what all papers have in common says nothing about one. The
 * fewer papers there are, the less of it is taken away.
 */
function middleOf(papers, width) {
  const middle = new Float64Array(width);
  let count = 0;
  for (const { row } of papers) {
    if (!row) continue;
    count += 1;
    for (let i = 0; i < width; i++) middle[i] += row[i];
  }
  return middle.map((number) => number / (count + FEW));
}

function dot(one, other) {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += one[i] * other[i];
  return sum;
}

/** Scripts that put no space between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/**
 * Whether a paper is muted: by a word of its title or key sentence, an author, a topic.
 * @param {Muted} muted
 * @returns {(paper: Offered) => boolean}
 */
function mutedBy({ words, authors, topics }) {
  const own = words.map(folded).filter(Boolean);
  const names = new Set(authors.map(folded));
  const ids = new Set(topics.map(({ id }) => id));
  return (paper) => {
    if (paper.topics.some(({ id }) => ids.has(id)) || paper.authors.some((name) => names.has(folded(name)))) return true;
    if (own.length === 0) return false;
    const text = ` ${folded(`${paper.title} ${paper.text}`)} `;
    return own.some((word) => text.includes(UNSPACED.test(word) ? word : ` ${word} `));
  };
}
