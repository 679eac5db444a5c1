// The search engine: opens an index and answers queries. It runs in browsers and in
// Node and needs nothing but a function that loads files.
//
//   const index = await openIndex((path) => fetch(new URL(path, base)).then((r) => r.text()), root);
//   const { total, hits } = await index.search('low-rank adaptation author:hu year:2021..');

import { countValues, valueFilter } from './columns.js';
import { openElasticlunr } from './elasticlunr.js';
import { meaningWords } from './meaning.js';
import { marks } from './marks.js';
import { parseQuery } from './query.js';
import { rank } from './rank.js';
import { openShards } from './shards.js';
import { StrictSearch } from './strict.js';
import { fold, isStopWord, tokens } from './text.js';

// A query's words fail where the best paper has less than this share of what they can be
// worth. Measured: `node benches/search/meaning.mjs`.
const FAILING = 0.15;
// What a paper's words count beside its meaning.
const WORDS_BESIDE = 0.3;
// Where fewer papers than this have the words, others near in meaning follow.
const FEW = 3;
// So many of them, at most.
const MOST_OTHERS = 10;
// Papers less alike than this, or half as alike as the nearest, are not near.
const LEAST_LIKENESS = 0.15;

// What is counted, and what else a filter may name: pages that list papers, by path.
const FACETS = /** @type {const} */ (['topic', 'venue', 'year', 'has']);
const FILTERS = /** @type {const} */ ([...FACETS, 'in']);

// By how many letters people are found, as `people.rs` has it; and the longest name
// that is looked for.
const KEY_LETTERS = 2;
const MOST_NAMED_WORDS = 6;

/**
 * @typedef {import('./posting.js').Facet} Facet
 *
 * @typedef {object} SearchOptions
 * @property {number} [limit] how many hits are wanted: 10
 * @property {number} [offset] how many are skipped: 0
 * @property {'relevance' | 'date'} [sort] the order; by date the newest is first
 * @property {Partial<Record<Facet, string | number | Array<string | number>>>} [filters]
 *   values that papers must have: one of each facet's
 * @property {boolean} [facets] whether values are to be counted. A small index counts
 *   unless told not to, a large one loads its columns for it.
 * @property {boolean} [meaning] whether papers are looked for by meaning where the words
 *   of the query fail: yes, unless told not to
 *
 * @typedef {object} Hit
 * @property {string} slug
 * @property {string} url relative to the site's root
 * @property {string} title
 * @property {string | null} short the name of what the paper presents
 * @property {string[]} authors the first ones
 * @property {number} authorCount how many there are
 * @property {string | null} date
 * @property {number | null} year
 * @property {string | null} venue
 * @property {Array<{ id: string, name: string }>} topics
 * @property {string[]} has
 * @property {string} text the key sentence
 * @property {string | null} award
 * @property {boolean} withdrawn
 * @property {number | null} noted how much a source counted, of what most papers have
 * @property {string | null} pdf
 * @property {string | null} code
 * @property {number} score 0 where nothing but filters was asked for
 * @property {{ title: import('./marks.js').Marks, text: import('./marks.js').Marks,
 *   authors: import('./marks.js').Marks[] }} highlights
 *
 * @typedef {object} SearchResult
 * @property {number} total how many papers answer the query
 * @property {Hit[]} hits
 * @property {{ from: number, to: number } | null} near the places, among all papers that
 *   answer, of those that were found by meaning; null where none were looked for
 * @property {boolean} wanting whether looking by meaning, which was not asked for,
 *   would find others
 * @property {Record<Facet, import('./columns.js').FacetValue[]> | null} facets for each
 *   facet the values among the papers that answer the query and pass the filters of
 *   the other facets; null where they were not counted
 * @property {Array<{ typed: string, taken: string }>} corrections words that are in no
 *   paper, and the stem that was searched for instead
 * @property {SearchNote[]} notes what is wrong with the query, and what could not be
 *   looked for
 *
 * @typedef {object} SearchNote
 * @property {string} code
 * @property {string} message one sentence without a full stop; code is between backticks
 * @property {string | null} help what to write instead
 * @property {number | null} start of what is meant in the query, in UTF-16 units
 * @property {number | null} end
 */

/**
 * Opens the index of a site.
 * @param {(path: string) => Promise<string>} load gives the text of a file below `search/`
 * @param {string} first the file with which the index begins; the search page names it
 * @returns {Promise<Index>}
 */
export async function openIndex(load, first) {
  const root = JSON.parse(await load(first));
  if (root.format !== 1) throw new Error(`search index of format ${root.format}; this engine reads 1`);
  return new Index(root.container === 'sharded' ? openShards(root, load) : await openElasticlunr(root, load));
}

/** An opened index. */
class Index {
  /** @param {import('./posting.js').Container} container */
  constructor(container) {
    this.container = container;
    /** How many papers there are. */
    this.size = container.size;
  }

  /**
   * @param {string} query
   * @param {SearchOptions} [options]
   * @returns {Promise<SearchResult>}
   */
  async search(query, options = {}) {
    const { limit = 10, offset = 0, sort = 'relevance', filters = {} } = options;
    const typed = String(query);
    const active = FILTERS.filter((facet) => [filters[facet] ?? []].flat().length > 0);
    // Where nothing but filters was asked for, every paper answers the query.
    const isOpen = typed.trim() === '' && active.length > 0;
    const { ranking, notes, failing } = isOpen ? { ranking: everything(this.size), notes: [], failing: false } : await this.ranked(typed);
    const helps = failing && sort === 'relevance' && this.container.meaning !== null;
    const near = helps && options.meaning !== false ? await this.near(typed, ranking) : [];
    let papers = near.length > 0 ? union(ranking.papers, near) : ranking.papers;
    const wanted = options.facets ?? (active.length > 0 || this.container.columnsAtHand);
    const facets = wanted ? await this.counted(papers, filters, active) : null;
    if (active.length > 0) {
      const passes = await this.filterTests(filters, active);
      papers = papers.filter((paper) => passes.every(([, test]) => test(paper)));
    }
    const meant = near.length > 0 ? arranged(papers, ranking, near) : null;
    const ordered = meant ? meant.papers.slice(offset, offset + limit)
      : sort === 'date' ? papers.slice().reverse().slice(offset, offset + limit)
        : best(papers, ranking.score, offset + limit).slice(offset);
    const cards = await this.container.cards(ordered);
    let hits = cards.map((card, i) => hit(card, ranking, ordered[i]));
    if (sort === 'relevance' && offset === 0) hits = exactFirst(hits, query);
    const corrections = Array.from(ranking.corrections, ([typed, taken]) => ({ typed, taken }));
    const wanting = helps && options.meaning === false;
    return { total: (meant ?? { papers }).papers.length, hits, near: meant && meant.near, wanting, facets, corrections, notes };
  }

  /**
   * The papers that a query is about.
   * @param {string} query
   * @param {import('./rank.js').Ranking} ranking
   */
  async near(query, ranking) {
    const meaning = /** @type {import('./meaning.js').Meaning} */ (this.container.meaning);
    const vector = await meaning.vector(meaningWords(query).map((word) => ranking.corrections.get(word) ?? word));
    if (!vector) return [];
    const found = await meaning.near(vector);
    const least = Math.max(LEAST_LIKENESS, (found[0]?.likeness ?? 0) / 2);
    return found.filter(({ likeness }) => likeness >= least);
  }

  /**
   * The topics and the authors whose names have all words of a query, or begin so.
   * @param {string} query
   * @param {number} [most] how many of each
   * @returns {Promise<{ topics: Array<{ id: string, name: string }>, people: import('./posting.js').Person[] }>}
   */
  async named(query, most = 3) {
    const words = tokens(query);
    // What has more than words in it asks for papers.
    if (words.length === 0 || words.length > MOST_NAMED_WORDS || /["“”«»„():*^]|\s-/u.test(query)) return { topics: [], people: [] };
    /** @param {string} name */
    const fits = (name) => {
      const own = tokens(name);
      return words.every((word) => own.some((other) => other.startsWith(word)));
    };
    const key = words.reduce((one, other) => (other.length > one.length ? other : one));
    const letters = [...key].slice(0, KEY_LETTERS);
    const near = letters.length < KEY_LETTERS ? [] : await this.container.peopleOf(letters.join(''));
    const topics = this.container.topics.map(([id, name]) => ({ id, name }));
    return {
      topics: topics.filter(({ name }) => fits(name)).slice(0, most),
      people: near.filter(({ name }) => fits(name)).slice(0, most),
    };
  }

  /**
   * The papers that answer a query, and what is to be said about it. Plain words are
   * forgiving; whatever else is written is meant as it is written.
   * @param {string} query
   * @returns {Promise<{ ranking: import('./rank.js').Ranking, notes: SearchNote[], failing: boolean }>}
   *   `failing`: whether looking by meaning would help
   */
  async ranked(query) {
    if (query.trimStart().startsWith('~') && this.container.meaning) {
      return { ranking: noRanking(), notes: [], failing: meaningWords(query).some((word) => !isStopWord(word)) };
    }
    const { node, strict, error } = parseQuery(query);
    /** @type {SearchNote[]} */
    const notes = error ? [{ code: error.code, message: error.message, help: error.help ?? null, start: error.start, end: error.end }] : [];
    if (!strict) {
      const ranking = await rank(this.container, node ? wordsOf(node) : []);
      const failing = node !== null && (failsBy(ranking) || ranking.papers.length < FEW);
      return { ranking, notes, failing };
    }
    const search = new StrictSearch(this.container);
    const found = await search.answers(/** @type {import('./query.js').QueryNode} */ (node));
    for (const [code, message] of search.notes) notes.push({ code, message, help: null, start: null, end: null });
    const { terms, prefixes } = search;
    const papers = [...found.keys()].sort((a, b) => a - b);
    return { ranking: { papers, score: (paper) => found.get(paper) ?? 0, terms, prefixes, corrections: new Map(), bound: 0 }, notes, failing: false };
  }

  /**
   * @param {number[]} papers
   * @param {NonNullable<SearchOptions['filters']>} filters
   * @param {Facet[]} active
   */
  async counted(papers, filters, active) {
    const passes = await this.filterTests(filters, active);
    const counts = FACETS.map(async (facet) => {
      const others = passes.filter(([of]) => of !== facet);
      const rest = others.length > 0 ? papers.filter((paper) => others.every(([, test]) => test(paper))) : papers;
      return [facet, countValues(await this.container.column(facet), rest)];
    });
    return Object.fromEntries(await Promise.all(counts));
  }

  /**
   * @param {NonNullable<SearchOptions['filters']>} filters
   * @param {Facet[]} active
   * @returns {Promise<Array<[Facet, (paper: number) => boolean]>>}
   */
  filterTests(filters, active) {
    return Promise.all(active.map(async (facet) => {
      const values = new Set([filters[facet] ?? []].flat().map(String));
      return [facet, valueFilter(await this.container.column(facet), ({ value }) => values.has(value))];
    }));
  }
}

/**
 * The words of a query that has nothing else.
 * @param {import('./query.js').QueryNode} node
 * @returns {import('./query.js').TermNode[]}
 */
function wordsOf(node) {
  if (node.type === 'and' || node.type === 'or') return node.nodes.flatMap(wordsOf);
  return node.type === 'term' ? [node] : [];
}

/**
 * The ranking of all papers, none before another.
 * @param {number} size
 * @returns {import('./rank.js').Ranking}
 */
function everything(size) {
  return { ...noRanking(), papers: Array.from({ length: size }, (_, paper) => paper) };
}

/**
 * A ranking of nothing.
 * @returns {import('./rank.js').Ranking}
 */
function noRanking() {
  return { papers: [], score: () => 0, terms: new Set(), prefixes: [], corrections: new Map(), bound: 0 };
}

/**
 * Papers found either way.
 * @param {number[]} papers
 * @param {Array<{ paper: number }>} near
 * @returns {number[]} rising
 */
function union(papers, near) {
  const known = new Set(papers);
  return [...papers, ...near.map(({ paper }) => paper).filter((paper) => !known.has(paper))].sort((a, b) => a - b);
}

/**
 * Papers in their order where some were found by meaning: those first where the words
 * of the query fail, else those with the words.
 * @param {number[]} papers
 * @param {import('./rank.js').Ranking} ranking
 * @param {Array<{ paper: number, likeness: number }>} near
 * @returns {{ papers: number[], near: { from: number, to: number } }}
 */
function arranged(papers, ranking, near) {
  const all = new Set(papers);
  const worded = new Set(ranking.papers);
  const meant = near.filter(({ paper }) => all.has(paper));
  if (!failsBy(ranking)) {
    const first = best(papers.filter((paper) => worded.has(paper)), ranking.score, papers.length);
    const others = meant.map(({ paper }) => paper).filter((paper) => !worded.has(paper)).slice(0, MOST_OTHERS);
    return { papers: [...first, ...others], near: { from: first.length, to: first.length + others.length } };
  }
  /** @param {{ paper: number, likeness: number }} one */
  const worth = ({ paper, likeness }) => (
    likeness + (worded.has(paper) ? (WORDS_BESIDE * ranking.score(paper)) / ranking.bound : 0));
  const first = meant.map((one) => ({ paper: one.paper, worth: worth(one) }))
    .sort((a, b) => b.worth - a.worth || b.paper - a.paper).map(({ paper }) => paper);
  const known = new Set(first);
  const rest = best(papers.filter((paper) => !known.has(paper)), ranking.score, papers.length);
  return { papers: [...first, ...rest], near: { from: 0, to: first.length } };
}

/**
 * Whether the words of a query fail: no paper has enough of them.
 * @param {import('./rank.js').Ranking} ranking
 */
function failsBy({ papers, score, bound }) {
  let most = 0;
  for (const paper of papers) most = Math.max(most, score(paper));
  return papers.length === 0 || most < FAILING * bound;
}

/**
 * The papers with the highest scores, the highest first; among equals the newer.
 * @param {number[]} papers rising
 * @param {(paper: number) => number} score
 * @param {number} count
 * @returns {number[]}
 */
function best(papers, score, count) {
  if (count >= papers.length / 4) return papers.slice().sort((a, b) => score(b) - score(a) || b - a).slice(0, count);
  /** @type {number[]} the best so far, the worst of them last */
  const kept = [];
  for (let i = papers.length - 1; i >= 0; i--) {
    const paper = papers[i];
    if (kept.length === count && score(paper) <= score(kept[count - 1])) continue;
    if (kept.length === count) kept.pop();
    let at = kept.length;
    while (at > 0 && score(kept[at - 1]) < score(paper)) at--;
    kept.splice(at, 0, paper);
  }
  return kept;
}

/**
 * @param {import('./posting.js').Card} card
 * @param {import('./rank.js').Ranking} ranking
 * @param {number} paper
 * @returns {Hit}
 */
function hit(card, ranking, paper) {
  /** @param {string} text */
  const marked = (text) => marks(text, ranking.terms, ranking.prefixes);
  return {
    ...card,
    score: ranking.score(paper),
    highlights: { title: marked(card.title), text: marked(card.text), authors: card.authors.map(marked) },
  };
}

/**
 * Whoever types a title or a name in full wants that paper.
 * @param {Hit[]} hits
 * @param {string} query
 */
function exactFirst(hits, query) {
  const typed = letters(query);
  /** @param {Hit} one */
  const rankOf = (one) => (letters(one.title) === typed ? 0 : one.short && letters(one.short) === typed ? 1 : 2);
  return hits.map((one) => ({ one, rank: rankOf(one) })).sort((a, b) => a.rank - b.rank).map(({ one }) => one);
}

/** @param {string} text */
function letters(text) {
  return fold(text).replace(/[^\p{L}\p{N}]/gu, '');
}
