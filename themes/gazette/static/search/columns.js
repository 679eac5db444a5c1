// Columns: what papers are filtered, counted and dated by.

import { fold, tokens } from './text.js';

/**
 * A test for `topic:`, `venue:`, `year:`, `date:` and `has:`.
 * @param {import('./posting.js').Column} column
 * @param {string} field
 * @param {string} typed
 * @returns {(paper: number) => boolean}
 */
export function columnFilter(column, field, typed) {
  const within = field === 'year' || field === 'date' ? range(typed) : undefined;
  return valueFilter(column, (one) => (within ? within(one.value) : isNamed(one, typed)));
}

/**
 * A test for papers that have one of the values.
 * @param {import('./posting.js').Column} column
 * @param {(value: { value: string, label: string }) => boolean} wanted
 * @returns {(paper: number) => boolean}
 */
export function valueFilter(column, wanted) {
  const { starts, places } = column;
  const passing = Uint8Array.from(column.values, (value) => (wanted(value) ? 1 : 0));
  return (paper) => {
    for (let i = starts[paper]; i < starts[paper + 1]; i++) if (passing[places[i]]) return true;
    return false;
  };
}

/**
 * Whether a value is what was typed, or has all words of it; the last one may be
 * the beginning of a word.
 * @param {{ value: string, label: string }} one
 * @param {string} typed
 */
function isNamed(one, typed) {
  if (fold(one.value) === fold(typed)) return true;
  const has = tokens(`${one.value} ${one.label}`);
  const wanted = tokens(typed);
  const last = wanted.pop();
  return last !== undefined && wanted.every((word) => has.includes(word)) && has.some((word) => word.startsWith(last));
}

/**
 * `2024`, `2023..2025`, `2024-05..`, `..2020-06-30`: a day is in a range where it is
 * in its months or years.
 * @param {string} text
 * @returns {(date: string) => boolean}
 */
function range(text) {
  const [from, to = from] = text.includes('..') ? text.split('..', 2) : [text];
  return (date) => (from === '' || date >= from) && (to === '' || date.slice(0, to.length) <= to);
}

/**
 * How many papers have each value, the most frequent first.
 * @param {import('./posting.js').Column} column
 * @param {number[]} papers
 * @returns {FacetValue[]}
 */
export function countValues(column, papers) {
  const counts = new Uint32Array(column.values.length);
  const { starts, places } = column;
  for (const paper of papers) {
    for (let i = starts[paper]; i < starts[paper + 1]; i++) counts[places[i]]++;
  }
  return column.values
    .map(({ value, label }, place) => ({ value, label, count: counts[place] }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

/** @typedef {{ value: string, label: string, count: number }} FacetValue */
