// Columns: what papers are filtered, counted and dated by.

import { fold, tokens } from './text.js';

/**
 * A test for `topic:`, `venue:`, `year:`, `date:` and `has:`.
 * @param {import('./posting.js').Columns} columns
 * @param {string} field
 * @param {string} value as typed
 * @returns {(paper: number) => boolean}
 */
export function columnFilter(columns, field, value) {
  if (field === 'date') {
    const within = range(value);
    return (paper) => {
      const date = columns.date[paper];
      return date !== null && within(date);
    };
  }
  const column = columns[/** @type {'topic' | 'venue' | 'year' | 'has'} */ (field)];
  const test = field === 'year' ? range(value) : undefined;
  return valueFilter(column, (one) => (test ? test(one.value) : isNamed(one, value)));
}

/**
 * A test for papers that have one of the values.
 * @param {import('./posting.js').Column} column
 * @param {(value: { value: string, label: string }) => boolean} wanted
 * @returns {(paper: number) => boolean}
 */
export function valueFilter(column, wanted) {
  const places = column.values.map(wanted);
  return (paper) => {
    const of = column.of[paper];
    for (let i = 0; i < of.length; i++) if (places[of[i]]) return true;
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
  for (const paper of papers) {
    const of = column.of[paper];
    for (let i = 0; i < of.length; i++) counts[of[i]]++;
  }
  return column.values
    .map(({ value, label }, place) => ({ value, label, count: counts[place] }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

/** @typedef {{ value: string, label: string, count: number }} FacetValue */
