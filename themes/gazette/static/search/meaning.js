// Search by meaning: words have vectors, and so have papers; the papers that a query
// is about are those whose vectors point where its words together point. Words and
// ways to find their forms are those of `src/meaning`; a test compares the two.
//
// Everything lies in files of its own, loaded when meaning is first asked for: ranges
// of words, the centres of clusters of papers, and the clusters. `docs/search.md` has
// the format.

import { VALUES, eachRow } from '../digits.js';
import { HASH, readGaps } from './numbers.js';
import { isStopWord } from './text.js';

// How many clusters are looked through: so many, and more while they are small.
const CLUSTERS = 8;
const LEAST_PAPERS = 1200;
// The most words of a query that are looked up.
const MOST_WORDS = 24;
// How many papers count as near.
const MOST_NEAR = 50;

/** Runs of letters and digits. */
const WORD_RUNS = /[\p{Alphabetic}\p{N}]+/gu;

/** Endings, and what is in their place in another form of a word. */
const ENDINGS = [
  ['ies', 'y'], ['es', ''], ['s', ''], ['ing', ''], ['ing', 'e'], ['ed', ''], ['ed', 'e'], ['er', ''], ['er', 'e'],
  ['ly', ''], ['ness', ''], ['ers', ''], ['ers', 'e'], ['r', ''], ['est', ''],
];
const LEAST_REST = 3;

/**
 * The words of a text.
 * @param {string} text
 * @returns {string[]}
 */
export function meaningWords(text) {
  return (text.match(WORD_RUNS) ?? []).flatMap((run) => run.toLowerCase().match(WORD_RUNS) ?? []);
}

/**
 * The other forms of a word, the likeliest first.
 * @param {string} word
 * @returns {string[]}
 */
export function otherForms(word) {
  const forms = [];
  for (const [ending, instead] of ENDINGS) {
    if (!word.endsWith(ending)) continue;
    const form = word.slice(0, word.length - ending.length) + instead;
    const letters = [...form];
    if (letters.length < LEAST_REST) continue;
    forms.push(form);
    if (letters.length > LEAST_REST && letters[letters.length - 1] === letters[letters.length - 2]) {
      forms.push(letters.slice(0, -1).join(''));
    }
  }
  return forms;
}

/**
 * All rows of a text in one list.
 * @param {string} text
 * @param {number} width
 * @returns {Int8Array}
 */
export function readRows(text, width) {
  const all = [];
  eachRow(text, width, (row) => all.push(...row));
  return Int8Array.from(all);
}

/**
 * @typedef {object} Meaning
 * @property {(words: string[]) => Promise<Float64Array | null>} vector of words, of
 *   length one; null where none of them is known
 * @property {(vector: Float64Array) => Promise<Array<{ paper: number, likeness: number }>>} near
 *   the papers near a vector, the nearest first
 */

/**
 * @param {string | undefined} hash the name of the file that all begins with
 * @param {<T>(path: string, read: (text: any) => T) => Promise<T>} file loads a file once
 * @returns {Meaning | null}
 */
export function openMeaning(hash, file) {
  if (!hash) return null;
  const first = () => file(`m/${hash}.json`, (text) => ({
    ...text,
    starts: text.words.starts.split(' '),
    centres: readRows(text.centres, text.width),
  }));

  /**
   * A file of a folder whose files have their names from groups.
   * @template T
   * @param {string} folder
   * @param {{ group: number, hashes: string }} names
   * @param {number} number
   * @param {(text: any) => T} read
   */
  const grouped = (folder, names, number, read) => {
    const group = Math.floor(number / names.group) * HASH;
    const place = String(number % names.group).padStart(2, '0');
    return file(`${folder}/${names.hashes.slice(group, group + HASH)}${place}.json`, read);
  };

  /**
   * The vector of a word.
   * @param {any} root
   * @param {string} word
   * @returns {Promise<{ row: Int8Array, step: number } | null>}
   */
  async function entry(root, word) {
    const range = rangeOf(root.starts, word);
    if (range < 0) return null;
    const words = await grouped('v', root.words, range, (text) => ({
      places: new Map(text.words.split(' ').map((/** @type {string} */ one, /** @type {number} */ i) => [one, i])),
      classes: text.classes,
      rows: readRows(text.rows, root.width),
    }));
    const place = words.places.get(word);
    if (place === undefined) return null;
    const row = words.rows.subarray(place * root.width, (place + 1) * root.width);
    return { row, step: root.steps[VALUES[words.classes.charCodeAt(place)]] };
  }

  /** A word as it is known, or the first of its forms that is. @param {any} root @param {string} word */
  async function known(root, word) {
    for (const form of [word, ...otherForms(word)]) {
      const found = await entry(root, form);
      if (found) return found;
    }
    return null;
  }

  return {
    async vector(words) {
      const root = await first();
      const looked = words.filter((word) => !isStopWord(word)).slice(0, MOST_WORDS);
      const found = await Promise.all(looked.map((word) => known(root, word)));
      const sum = new Float64Array(root.width);
      for (const one of found) {
        if (one) one.row.forEach((number, i) => { sum[i] += number * one.step; });
      }
      const length = Math.hypot(...sum);
      return length === 0 ? null : sum.map((number) => number / length);
    },
    async near(vector) {
      const root = await first();
      const { width, sizes, clusters } = root;
      const centres = likenesses(root.centres, width, vector);
      const order = Array.from(centres.keys()).sort((a, b) => centres[b] - centres[a] || a - b);
      const chosen = [];
      for (let papers = 0; chosen.length < order.length && (chosen.length < CLUSTERS || papers < LEAST_PAPERS); ) {
        const cluster = order[chosen.length];
        chosen.push(cluster);
        papers += sizes[cluster];
      }
      const loaded = await Promise.all(chosen.map((number) => grouped('m', clusters, number, (text) => ({
        papers: readGaps(text.papers, 0, sizes[number]),
        rows: readRows(text.rows, width),
      }))));
      const all = loaded.flatMap(({ papers, rows }) => (
        Array.from(likenesses(rows, width, vector), (likeness, i) => ({ paper: papers[i], likeness }))));
      return all.sort((a, b) => b.likeness - a.likeness || b.paper - a.paper).slice(0, MOST_NEAR);
    },
  };
}

/**
 * The range that a word is in, if it is in any.
 * @param {string[]} starts
 * @param {string} word
 */
function rangeOf(starts, word) {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= word) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * How alike a vector is to each of the rows.
 * @param {Int8Array} rows
 * @param {number} width
 * @param {Float64Array} vector
 */
function likenesses(rows, width, vector) {
  const found = new Float64Array(rows.length / width);
  for (let row = 0; row < found.length; row++) {
    let sum = 0;
    let square = 0;
    for (let i = 0, at = row * width; i < width; i++, at++) {
      sum += rows[at] * vector[i];
      square += rows[at] * rows[at];
    }
    found[row] = square === 0 ? -1 : sum / Math.sqrt(square);
  }
  return found;
}
