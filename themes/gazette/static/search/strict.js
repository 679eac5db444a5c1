// Strict queries: what is written with fields, quotation marks or operators holds for
// every paper that is found, as it does in rules and in exports.

import { rangeFilter, valueFilter } from './columns.js';
import { TEXT_COLUMNS } from './fields.js';
import { IN_AUTHORS, IN_TITLE, LEVEL } from './posting.js';
import { hasTerm, spellingsOf, topicsOf } from './terms.js';
import { isStopWord, stem } from './text.js';

// A field's places begin at a multiple of this; `places.rs` has their order.
const FIELD_PLACES = 1 << 13;
const ABSTRACT = 0;
/** @type {Record<string, number>} */
const PLACED = { abstract: ABSTRACT, title: 1, author: 2, keyword: 3 };
/** @type {Record<string, number>} fields that a posting itself tells */
const FLAGS = { title: IN_TITLE, author: IN_AUTHORS };
// What the `has` of cards does not have.
const PARTS_APART = ['abstract', 'award'];

/**
 * Papers with their scores, or with `others` all papers but these.
 * @typedef {{ papers: Map<number, number>, others: boolean }} Found
 *
 * @typedef {import('./posting.js').PostingList} PostingList
 */

export class StrictSearch {
  /** @param {import('./posting.js').Container} container */
  constructor(container) {
    this.container = container;
    /** @type {Set<string>} stems by which papers are found */
    this.terms = new Set();
    /** @type {string[]} */
    this.prefixes = [];
    /** @type {Map<string, string>} what could not be done, by its kind */
    this.notes = new Map();
  }

  /**
   * The papers that answer a query, with their scores.
   * @param {import('./query.js').QueryNode} node
   * @returns {Promise<Map<number, number>>}
   */
  async answers(node) {
    const { papers, others } = await this.find(node, null);
    if (!others) return papers;
    /** @type {Map<number, number>} */
    const rest = new Map();
    for (let paper = 0; paper < this.container.size; paper++) if (!papers.has(paper)) rest.set(paper, 0);
    return rest;
  }

  /**
   * @param {import('./query.js').QueryNode} node
   * @param {string | null} field the one that the node is within
   * @returns {Promise<Found>}
   */
  async find(node, field) {
    switch (node.type) {
      case 'and': return both(await Promise.all(node.nodes.map((one) => this.find(one, field))));
      case 'or': return either(await Promise.all(node.nodes.map((one) => this.find(one, field))));
      case 'not': {
        // What is not wanted is not marked.
        const inner = new StrictSearch(this.container);
        const { papers, others } = await inner.find(closed(node.node), field);
        for (const [kind, note] of inner.notes) this.notes.set(kind, note);
        return { papers, others: !others };
      }
      case 'in': return this.find(node.node, node.field);
      case 'id': return some(await this.container.paperOf(node.id));
      case 'has': return this.passing(PARTS_APART.includes(node.part) ? 'part' : 'has', ({ value }) => value === node.part);
      case 'range': {
        const within = rangeFilter(node);
        return this.passing(node.field, ({ value }) => within(value));
      }
      default: return this.term(node, field);
    }
  }

  /**
   * The papers that have a value in a column.
   * @param {string} name
   * @param {(value: { value: string, label: string }) => boolean} wanted
   * @returns {Promise<Found>}
   */
  async passing(name, wanted) {
    const passes = valueFilter(await this.container.column(name), wanted);
    const papers = [];
    for (let paper = 0; paper < this.container.size; paper++) if (passes(paper)) papers.push(paper);
    return some(papers);
  }

  /**
   * @param {import('./query.js').TermNode} node
   * @param {string | null} field
   * @returns {Promise<Found>}
   */
  async term(node, field) {
    if (field === 'topic') {
      const ids = topicsOf((await this.container.column('topic')).values, node);
      return this.passing('topic', ({ value }) => ids.has(value));
    }
    const spellings = spellingsOf(node.text);
    // A term without a word in it asks for nothing.
    if (spellings.length === 0) return { papers: new Map(), others: true };
    if (field && TEXT_COLUMNS.includes(field)) {
      return this.passing(`text-${field}`, ({ value }) => hasTerm(value, spellings, node.kind === 'prefix'));
    }
    return either(await Promise.all(spellings.map((words) => this.words(words, node, field))));
  }

  /**
   * The papers in which words are side by side.
   * @param {string[]} words
   * @param {import('./query.js').TermNode} node
   * @param {string | null} field
   * @returns {Promise<Found>}
   */
  async words(words, node, field) {
    const lists = await Promise.all(words.map((word, i) => (
      i === words.length - 1 ? this.lastWord(word, node) : this.exactly(word))));
    for (const list of lists.flat()) this.terms.add(list.term);
    if (words.length === 1) {
      const [word] = words;
      // Abstracts are not indexed by the words that are in nearly all of them.
      if (node.kind !== 'prefix' && isStopWord(word) && (!field || field === 'abstract')) {
        if (field) this.note('stop-word', `\`${word}\` is in nearly all abstracts and is not looked for there`);
        return { papers: new Map(), others: true };
      }
      if (!field || FLAGS[field]) return this.scored(lists[0], field ? FLAGS[field] : 0);
    }
    return this.sideBySide(words, lists, field);
  }

  /** @param {string} word @returns {Promise<PostingList[]>} */
  async exactly(word) {
    return [...(await this.container.lookup([stem(word)])).values()];
  }

  /**
   * The last word of a term, which may be the beginning of one: as it was written
   * with a star, or since it is being typed and is in no paper so far.
   * @param {string} word
   * @param {import('./query.js').TermNode} node
   * @returns {Promise<PostingList[]>}
   */
  async lastWord(word, node) {
    if (node.kind !== 'prefix') {
      const exact = await this.exactly(word);
      if (exact.length > 0 || !node.open || [...word].length < 2) return exact;
    }
    const { lists, complete } = await this.container.allWithPrefix(word);
    if (!complete) {
      this.note('prefix', `so many words begin with \`${word}\` that only the first of them were looked for: write more letters`);
    }
    this.prefixes.push(word);
    // An ending that stems do not have: `trainings*`.
    return lists.length > 0 ? lists : this.exactly(word);
  }

  /**
   * The papers of any of the lists, with what their weights are worth.
   * @param {PostingList[]} lists
   * @param {number} flag bits that a weight must have
   * @returns {Found}
   */
  scored(lists, flag) {
    /** @type {Map<number, number>} */
    const papers = new Map();
    for (const { papers: listed, weights, count } of lists) {
      const rarity = Math.log(1 + (this.container.size - count + 0.5) / (count + 0.5)) / (LEVEL + 1);
      for (let k = 0; k < listed.length; k++) {
        if ((weights[k] & flag) !== flag) continue;
        const score = rarity * ((weights[k] & LEVEL) + 0.5);
        papers.set(listed[k], Math.max(score, papers.get(listed[k]) ?? 0));
      }
    }
    return { papers, others: false };
  }

  /**
   * The papers that have words one after the other in a field, or in any.
   * @param {string[]} words
   * @param {PostingList[][]} lists for each word those that it may be
   * @param {string | null} field
   * @returns {Promise<Found>}
   */
  async sideBySide(words, lists, field) {
    // In abstracts the words that all have are not indexed and may be anything.
    const anything = words.map((word) => isStopWord(word));
    const solid = words.map((_, i) => i).filter((i) => !anything[i]);
    const needed = solid.length > 0 ? solid : words.map((_, i) => i);
    /** @type {Found} */
    const candidates = both(needed.map((i) => this.scored(lists[i], 0)));
    if (candidates.papers.size === 0) return candidates;
    const places = await Promise.all(lists.map((of) => this.placesOf(of, candidates.papers)));
    for (const paper of candidates.papers.keys()) {
      const [first] = needed;
      const found = [...places[first].get(paper) ?? []].some((place) => {
        const part = Math.floor(place / FIELD_PLACES);
        if (field && part !== PLACED[field]) return false;
        return words.every((_, i) => {
          const at = place - first + i;
          if (places[i].get(paper)?.has(at)) return true;
          return anything[i] && part === ABSTRACT && at >= 0;
        });
      });
      if (!found) candidates.papers.delete(paper);
    }
    return candidates;
  }

  /**
   * @param {PostingList[]} lists
   * @param {Map<number, number>} wanted
   * @returns {Promise<Map<number, Set<number>>>} places by paper
   */
  async placesOf(lists, wanted) {
    /** @type {Map<number, Set<number>>} */
    const found = new Map();
    await Promise.all(lists.map(async (list) => {
      const places = await this.container.places(list);
      const { papers } = list;
      for (let k = 0; k < papers.length; k++) {
        if (!wanted.has(papers[k])) continue;
        let of = found.get(papers[k]);
        if (!of) found.set(papers[k], (of = new Set()));
        for (const place of places[k]) of.add(place);
      }
    }));
    return found;
  }

  /** @param {string} kind @param {string} text */
  note(kind, text) {
    this.notes.set(kind, text);
  }
}

/** @param {number[]} papers @returns {Found} */
function some(papers) {
  return { papers: new Map(papers.map((paper) => [paper, 0])), others: false };
}

/**
 * The node with its last word closed: what is being typed excludes nothing by
 * what it may become.
 * @param {import('./query.js').QueryNode} node
 * @returns {import('./query.js').QueryNode}
 */
function closed(node) {
  return node.type === 'term' ? { ...node, open: false } : node.type === 'in' ? { ...node, node: closed(node.node) } : node;
}

/** @param {Found[]} parts @returns {Found} */
function both(parts) {
  const wanted = parts.filter(({ others }) => !others).sort((a, b) => a.papers.size - b.papers.size);
  const unwanted = parts.filter(({ others }) => others);
  if (wanted.length === 0) {
    return { papers: new Map(unwanted.flatMap(({ papers }) => [...papers])), others: true };
  }
  /** @type {Map<number, number>} */
  const papers = new Map();
  for (const [paper] of wanted[0].papers) {
    let sum = 0;
    const all = wanted.every(({ papers: other }) => {
      sum += other.get(paper) ?? 0;
      return other.has(paper);
    });
    if (all && !unwanted.some(({ papers: other }) => other.has(paper))) papers.set(paper, sum);
  }
  return { papers, others: false };
}

/** @param {Found[]} parts @returns {Found} */
function either(parts) {
  if (parts.some(({ others }) => others)) {
    // None of them: what each leaves out.
    const left = both(parts.map(({ papers, others }) => ({ papers, others: !others })));
    return { papers: left.papers, others: true };
  }
  /** @type {Map<number, number>} */
  const papers = new Map();
  for (const { papers: other } of parts) {
    for (const [paper, score] of other) papers.set(paper, (papers.get(paper) ?? 0) + score);
  }
  return { papers, others: false };
}
