// The search engine: opens an index and answers queries. It runs in browsers and in
// Node and needs nothing but a function that loads files.
//
//   const index = await openIndex((path) => fetch(new URL(path, base)).then((r) => r.text()));
//   const { total, hits } = await index.search('low-rank adaptation author:hu year:2021..');

import { countValues, valueFilter } from './columns.js';
import { openElasticlunr } from './elasticlunr.js';
import { hasPhrase, marks } from './marks.js';
import { parseQuery } from './query.js';
import { rank } from './rank.js';
import { openShards } from './shards.js';
import { fold } from './text.js';

// How many of the best are looked at for phrases.
const CHECKED = 50;
// What is counted, and what else a filter may name: pages that list papers, by path.
const FACETS = /** @type {const} */ (['topic', 'venue', 'year', 'has']);
const FILTERS = /** @type {const} */ ([...FACETS, 'in']);

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
 * @property {number} score 0 where nothing but filters was asked for
 * @property {{ title: import('./marks.js').Marks, text: import('./marks.js').Marks,
 *   authors: import('./marks.js').Marks[] }} highlights
 *
 * @typedef {object} SearchResult
 * @property {number} total how many papers answer the query
 * @property {Hit[]} hits
 * @property {Record<Facet, import('./columns.js').FacetValue[]> | null} facets for each
 *   facet the values among the papers that answer the query and pass the filters of
 *   the other facets; null where they were not counted
 * @property {Array<{ typed: string, taken: string }>} corrections words that are in no
 *   paper, and the stem that was searched for instead
 */

/**
 * Opens the index of a site.
 * @param {(path: string) => Promise<string>} load gives the text of a file below `search/`
 * @returns {Promise<Index>}
 */
export async function openIndex(load) {
  const root = JSON.parse(await load('root.json'));
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
    const ranking = await rank(this.container, parseQuery(String(query)));
    let { papers } = ranking;
    const phrased = ranking.phrases.length + ranking.notPhrases.length > 0;
    if (phrased) papers = await this.withPhrases(ranking);

    const active = FILTERS.filter((facet) => [filters[facet] ?? []].flat().length > 0);
    const wanted = options.facets ?? (active.length > 0 || this.container.columnsAtHand);
    const facets = wanted ? await this.counted(papers, filters, active) : null;
    if (active.length > 0) {
      const passes = await this.filterTests(filters, active);
      papers = papers.filter((paper) => passes.every(([, test]) => test(paper)));
    }
    const ordered = sort === 'date'
      ? papers.slice().reverse().slice(offset, offset + limit)
      : best(papers, ranking.score, offset + limit).slice(offset);
    const cards = await this.container.cards(ordered);
    let hits = cards.map((card, i) => hit(card, ranking, ordered[i]));
    if (sort === 'relevance' && offset === 0) hits = exactFirst(hits, query);
    const corrections = Array.from(ranking.corrections, ([typed, taken]) => ({ typed, taken }));
    return { total: papers.length, hits, facets, corrections };
  }

  /**
   * Of the best papers those that have the phrases; where none has, all of them,
   * since a phrase may stand in the abstract alone.
   * @param {import('./rank.js').Ranking} ranking
   */
  async withPhrases(ranking) {
    const checked = best(ranking.papers, ranking.score, CHECKED);
    const cards = await this.container.cards(checked);
    /** @param {number} i @param {string[]} phrase */
    const has = (i, phrase) => hasPhrase(cards[i].title, phrase) || hasPhrase(cards[i].text, phrase);
    const unwanted = new Set(checked.filter((_, i) => ranking.notPhrases.some((phrase) => has(i, phrase))));
    const phrased = checked.filter((paper, i) => !unwanted.has(paper) && ranking.phrases.every((phrase) => has(i, phrase)));
    return ranking.phrases.length > 0 && phrased.length > 0
      ? phrased.sort((a, b) => a - b)
      : ranking.papers.filter((paper) => !unwanted.has(paper));
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
