// Numbers as they are stored, and what is made of them: columns, lists, places.

import { VALUES } from '../digits.js';

// The characters of a hash.
export const HASH = 10;

// Numbers are variable-length quantities in base 64, as source maps have them: five
// bits a digit, the lowest first, and a sixth that says whether more follow.
export const MORE = 32;

/**
 * Numbers that are stored as distances.
 * @param {string} text
 * @param {number} at where the first begins
 * @param {number} count
 */
export function readGaps(text, at, count) {
  const numbers = new Uint32Array(count);
  let next = 0;
  for (let i = 0; i < count; i++) {
    let gap = 0;
    let shift = 0;
    let digit;
    do {
      digit = VALUES[text.charCodeAt(at++)];
      gap |= (digit & (MORE - 1)) << shift;
      shift += 5;
    } while (digit >= MORE);
    next += gap;
    numbers[i] = next++;
  }
  return numbers;
}

/**
 * @param {{ values: string[], labels?: string[], of: string }} text
 * @param {number} papers
 * @returns {import('./posting.js').Column}
 */
export function readColumn(text, papers) {
  const starts = new Uint32Array(papers + 1);
  /** @type {number[]} */
  const places = [];
  let paper = 0;
  for (const number of readNumbers(text.of)) {
    if (number > 0) places.push(number - 1);
    else starts[++paper] = places.length;
  }
  const values = text.values.map((value, i) => ({ value, label: text.labels?.[i] ?? value }));
  return { values, starts, places };
}

/**
 * All numbers of a text.
 * @param {string} text
 */
export function readNumbers(text) {
  /** @type {number[]} */
  const numbers = [];
  let number = 0;
  let shift = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = VALUES[text.charCodeAt(i)];
    number |= (digit & (MORE - 1)) << shift;
    shift += 5;
    if (digit >= MORE) continue;
    numbers.push(number);
    number = 0;
    shift = 0;
  }
  return numbers;
}

/**
 * The places of a term in its papers, for each paper of its list: see `places.rs`.
 * @param {string} text
 * @param {number} count how many papers the list has
 * @returns {number[][]}
 */
export function readPlaces(text, count) {
  /** @type {number[][]} */
  const places = Array.from({ length: count }, () => []);
  let paper = 0;
  let place = 0;
  for (const number of readNumbers(text)) {
    place += number >> 1;
    places[paper].push(place);
    if ((number & 1) === 0) {
      paper++;
      place = 0;
    }
  }
  return places;
}
