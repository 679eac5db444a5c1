// Columns: what papers are filtered, counted and dated by.

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
 * A test for a year, a day or a number: a day is in a range where it is in its months
 * or years.
 * @param {import('./query.js').RangeNode} range
 * @returns {(value: string) => boolean}
 */
export function rangeFilter({ field, from, to }) {
  if (field !== 'date') return (value) => (from === null || +value >= +from) && (to === null || +value <= +to);
  return (date) => (from === null || date >= from) && (to === null || date.slice(0, to.length) <= to);
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
