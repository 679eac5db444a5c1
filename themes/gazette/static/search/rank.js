// The ranker: which papers answer a query of plain words, and how well.
//
// Every word of the query is a slot. A paper fills it with the word's stem, with a
// longer word while the last one is being typed, or with a near term where the
// word is in no paper. What a slot is worth is the inverse document frequency of
// its term times the paper's weight for it. The slots are added up, and the sum is
// cut down where slots stay empty: over the paper as a whole, not field by field.

import { nearTerms } from './near.js';
import { IN_AUTHORS, IN_TITLE, LEVEL } from './posting.js';
import { isStopWord, positionedTokens, stem } from './text.js';

// How many longer words a prefix stands for.
const EXPANSIONS = 48;
// What an alternative is worth beside the word itself.
const LONGER_WORD = 0.35;
const LONGER_WORD_ONLY = 0.8;
const ONE_EDIT = 0.75;
const TWO_EDITS = 0.5;
// A compound written as one word, on top of its words.
const COMPOUND_WORTH = 0.6;
// What is left of a sum whose slots are all empty, of one.
const UNFILLED = 0.25;
// A word that no more papers have than this, and only in the abstract, may be a misspelling.
const RARE = 2;
// Below so many papers that fill all slots, those that fill fewer are shown too.
const ENOUGH = 10;
// Slots are bits of a number.
const MAX_SLOTS = 31;

/**
 * @typedef {object} Slot
 * @property {string} word as typed, folded
 * @property {string} term its stem
 * @property {boolean} open whether longer words fill it too
 */

/**
 * @typedef {object} Alternative
 * @property {import('./posting.js').PostingList} list
 * @property {number} worth
 */

/**
 * @typedef {object} Ranking
 * @property {number[]} papers those that answer the query, rising
 * @property {(paper: number) => number} score
 * @property {Set<string>} terms the stems by which they were found
 * @property {string[]} prefixes the beginnings of words by which they were found
 * @property {Map<string, string>} corrections typed words, and what was searched instead
 * @property {number} bound what a paper would score that had all words, and no other
 */

/**
 * @param {import('./posting.js').Container} container
 * @param {Array<{ text: string, open: boolean }>} words
 * @returns {Promise<Ranking>}
 */
export async function rank(container, words) {
  const ranker = new Ranker(container);
  const found = await ranker.all(words);
  return {
    papers: found.papers,
    score: (paper) => found.scores[paper],
    terms: ranker.terms,
    prefixes: ranker.prefixes,
    corrections: ranker.corrections,
    bound: found.bound,
  };
}

class Ranker {
  /** @param {import('./posting.js').Container} container */
  constructor(container) {
    this.container = container;
    /** @type {Set<string>} */
    this.terms = new Set();
    /** @type {string[]} */
    this.prefixes = [];
    /** @type {Map<string, string>} */
    this.corrections = new Map();
  }

  /**
   * The papers that answer most of the words.
   * @param {Array<{ text: string, open: boolean }>} words
   * @returns {Promise<{ papers: number[], scores: Float64Array, bound: number }>}
   */
  async all(words) {
    const parts = partsOf(words);
    const slots = withoutStopWords(parts.slots).slice(0, MAX_SLOTS);
    const alternatives = await Promise.all(slots.map((slot) => this.alternatives(slot)));
    const compounds = await this.compounds(parts.compounds, slots);
    let sum = this.sum(slots, alternatives, compounds);
    const suspects = slots.map((slot, i) => sum.most < slots.length && isSuspect(slot, alternatives[i]));
    if (suspects.includes(true)) {
      await Promise.all(slots.map(async (slot, i) => {
        if (suspects[i]) alternatives[i].push(...await this.near(slot));
      }));
      sum = this.sum(slots, alternatives, compounds);
    }
    for (const list of [...alternatives.flat(), ...compounds]) this.terms.add(list.list.term);
    return { papers: chosen(sum, slots), scores: sum.scores, bound: this.bound(alternatives) };
  }

  /**
   * The most that the words of a query can be worth. One that is in no paper counts as
   * one that is in hardly any.
   * @param {Alternative[][]} alternatives
   */
  bound(alternatives) {
    const { size } = this.container;
    return alternatives.reduce((sum, lists) => {
      const own = lists.filter(({ worth }) => worth === 1);
      const papers = (own.length > 0 ? own : lists).reduce((count, { list }) => count + list.count, 0);
      return sum + idf(Math.min(papers, size), size);
    }, 0);
  }

  /**
   * What fills a slot.
   * @param {Slot} slot
   * @returns {Promise<Alternative[]>}
   */
  async alternatives(slot) {
    const [exact, longer] = await Promise.all([
      this.container.lookup([slot.term]),
      slot.open && [...slot.word].length > 1 ? this.container.withPrefix(slot.word, EXPANSIONS) : [],
    ]);
    const own = exact.get(slot.term);
    /** @type {Alternative[]} */
    const found = own ? [{ list: own, worth: 1 }] : [];
    if (longer.length > 0) this.prefixes.push(slot.word);
    for (const list of longer) {
      if (list !== own) found.push({ list, worth: own ? LONGER_WORD : LONGER_WORD_ONLY });
    }
    if (slot.open && !own && longer.length < 4) found.push(...await this.inflections(slot.word));
    return found.length > 0 ? found : this.near(slot);
  }

  /**
   * The stems of words whose ending is being typed: "trainin" begins no stem, since
   * "training" has the stem "train".
   * @param {string} word
   * @returns {Promise<Alternative[]>}
   */
  async inflections(word) {
    const stems = new Set(['g', 'ng', 's', 'es', 'd', 'ed'].map((ending) => stem(word + ending)));
    const lists = await this.container.lookup([...stems].filter((term) => !term.startsWith(word)));
    return [...lists.values()].map((list) => ({ list, worth: LONGER_WORD_ONLY }));
  }

  /** @param {Slot} slot @returns {Promise<Alternative[]>} */
  async near(slot) {
    const near = await nearTerms(this.container, slot.word);
    if (near.length === 0) return [];
    this.corrections.set(slot.word, near[0].term);
    const lists = await this.container.lookup(near.map(({ term }) => term));
    /** @type {Alternative[]} */
    const found = [];
    for (const { term, edits } of near) {
      const list = lists.get(term);
      if (list) found.push({ list, worth: edits === 1 ? ONE_EDIT : TWO_EDITS });
    }
    return found;
  }

  /**
   * @param {Array<{ term: string, slots: Slot[] }>} compounds
   * @param {Slot[]} slots
   * @returns {Promise<Array<Alternative & { fills: number }>>}
   */
  async compounds(compounds, slots) {
    const lists = await this.container.lookup(compounds.map(({ term }) => term));
    return compounds.flatMap(({ term, slots: filled }) => {
      const list = lists.get(term);
      const fills = filled.reduce((bits, slot) => bits | (1 << slots.indexOf(slot)), 0);
      return list && filled.every((slot) => slots.includes(slot)) ? [{ list, worth: COMPOUND_WORTH, fills }] : [];
    });
  }

  /**
   * Adds the slots up.
   * @param {Slot[]} slots
   * @param {Alternative[][]} alternatives
   * @param {Array<Alternative & { fills: number }>} compounds
   */
  sum(slots, alternatives, compounds) {
    const { size } = this.container;
    const scores = new Float64Array(size);
    const filled = new Uint32Array(size);
    /** @type {number[]} */
    const papers = [];
    /** @param {number} paper @param {number} score @param {number} bits */
    const add = (paper, score, bits) => {
      if (scores[paper] === 0) papers.push(paper);
      scores[paper] += score;
      filled[paper] |= bits;
    };
    const best = new Float64Array(size);
    slots.forEach((_, i) => {
      /** @type {number[]} */
      const touched = [];
      // What stands in for a word is worth what all of it together is worth: a rare
      // longer word is no better guess than a frequent one.
      const others = alternatives[i].filter(({ worth }) => worth < 1);
      const together = Math.min(others.reduce((count, { list }) => count + list.count, 0), size);
      for (const { list, worth } of alternatives[i]) {
        const rarity = worth * idf(worth < 1 ? together : list.count, size) / (LEVEL + 1);
        const { papers: listed, weights } = list;
        for (let k = 0; k < listed.length; k++) {
          const paper = listed[k];
          const score = rarity * ((weights[k] & LEVEL) + 0.5);
          if (best[paper] === 0) touched.push(paper);
          if (score > best[paper]) best[paper] = score;
        }
      }
      for (const paper of touched) {
        add(paper, best[paper], 1 << i);
        best[paper] = 0;
      }
    });
    for (const { list, worth, fills } of compounds) {
      const rarity = worth * idf(list.count, size) / (LEVEL + 1);
      for (let k = 0; k < list.papers.length; k++) {
        add(list.papers[k], rarity * ((list.weights[k] & LEVEL) + 0.5), fills);
      }
    }
    let most = 0;
    for (const paper of papers) {
      const count = bitCount(filled[paper]);
      const share = count / slots.length;
      scores[paper] *= UNFILLED + (1 - UNFILLED) * share * share;
      if (count > most) most = count;
    }
    return { papers, scores, filled, most };
  }
}

/**
 * The papers that count as answers: those that fill all slots, and where these are
 * few, those that fill the most.
 * @param {{ papers: number[], filled: Uint32Array }} sum
 * @param {Slot[]} slots
 * @returns {number[]}
 */
function chosen({ papers, filled }, slots) {
  const withSlots = Array.from({ length: slots.length + 1 }, () => 0);
  for (const paper of papers) withSlots[bitCount(filled[paper])]++;
  let least = slots.length;
  let count = withSlots[least];
  while (count < ENOUGH && least > 1) count += withSlots[--least];
  return papers.filter((paper) => bitCount(filled[paper]) >= least);
}

/**
 * The slots of words, and the compounds that they may be parts of.
 * @param {Array<{ text: string, open: boolean }>} words
 */
function partsOf(words) {
  /** @type {Slot[]} */
  const slots = [];
  /** @type {Array<{ term: string, slots: Slot[] }>} */
  const compounds = [];
  /** @type {Slot | null} the slot of the word before, where that is a single one */
  let before = null;
  for (const { text, open } of words) {
    const own = slotsOf(text, open, compounds);
    slots.push(...own);
    const single = own.length === 1 ? own[0] : null;
    if (before && single && !isStopWord(before.word) && !isStopWord(single.word) && before.word.length > 2) {
      compounds.push({ term: stem(before.word + single.word), slots: [before, single] });
    }
    before = single;
    // A whole page that was pasted has more words than are looked at.
    if (slots.length > 4 * MAX_SLOTS) break;
  }
  return { slots, compounds };
}

/**
 * The slots of a run of words, and the compounds in it.
 * @param {string} text
 * @param {boolean} open whether the last word is still open
 * @param {Array<{ term: string, slots: Slot[] }>} compounds
 * @returns {Slot[]}
 */
function slotsOf(text, open, compounds) {
  /** @type {Slot[]} */
  const slots = [];
  for (const [position, word] of positionedTokens(text)) {
    // A compound comes after its words, at the position of the first.
    if (position < slots.length) compounds.push({ term: stem(word), slots: slots.slice(position) });
    else slots.push({ word, term: stem(word), open: false });
  }
  if (open && slots.length > 0) slots[slots.length - 1].open = true;
  return slots;
}

/**
 * Function words say nothing beside others, and everything where they stand alone.
 * @param {Slot[]} slots
 */
function withoutStopWords(slots) {
  const rest = slots.filter((slot) => !isStopWord(slot.word));
  return rest.length > 0 ? rest : slots;
}

/**
 * Whether a word was perhaps misspelt as it is in an abstract or two.
 * @param {Slot} slot
 * @param {Alternative[]} alternatives
 */
function isSuspect(slot, alternatives) {
  if (alternatives.length !== 1 || alternatives[0].worth < 1 || slot.word.length < 5) return false;
  const { weights, count } = alternatives[0].list;
  return count <= RARE && Array.from(weights).every((weight) => (weight & (IN_TITLE | IN_AUTHORS)) === 0);
}

/** @param {number} count @param {number} size */
function idf(count, size) {
  return Math.log(1 + (size - count + 0.5) / (count + 0.5));
}

/** @param {number} bits */
function bitCount(bits) {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}
