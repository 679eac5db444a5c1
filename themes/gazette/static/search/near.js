// Near terms: what somebody may have meant who typed a word that is in no paper.

import { stem } from './text.js';

// How many near terms stand in for a word.
const NEAR_TERMS = 4;

/**
 * The terms with the fewest edits from the word, the more frequent first. Edits
 * are a letter left out, put in, replaced, or two swapped: one in a word of four
 * to seven letters, two in a longer one.
 *
 * The dictionary is kept by first letter. Only where that has no word one edit
 * away the first letter itself is suspected, and the words with the same last
 * letter are read.
 * @param {import('./posting.js').Container} container
 * @param {string} word a folded token
 * @returns {Promise<Array<{ term: string, edits: number }>>}
 */
export async function nearTerms(container, word) {
  // A number is no misspelt word: "gpt5" is not "gpt4".
  if (!/^[a-z]{4,}$/.test(word)) return [];
  const most = word.length >= 8 ? 2 : 1;
  const base = stem(word);
  /** @type {Map<string, { term: string, magnitude: number, edits: number }>} */
  const found = new Map();
  let fewest = most;
  for (const side of /** @type {const} */ (['head', 'tail'])) {
    for (const [term, magnitude] of await container.dictionary(side, base.at(side === 'head' ? 0 : -1) ?? '')) {
      if (term === base) continue;
      let edits = distance(base, term, fewest);
      if (edits > 0 && base !== word) edits = Math.min(edits, distance(word, term, fewest));
      if (edits > fewest) continue;
      fewest = edits;
      found.set(term, { term, magnitude, edits });
    }
    if (fewest <= 1 && found.size > 0) break;
  }
  return [...found.values()]
    .filter(({ edits }) => edits === fewest)
    .sort((a, b) => b.magnitude - a.magnitude || (a.term < b.term ? -1 : 1))
    .slice(0, NEAR_TERMS);
}

/**
 * The edits between two words (optimal string alignment), or `most + 1` where
 * there are more than `most`.
 * @param {string} a
 * @param {string} b
 * @param {number} most
 * @returns {number}
 */
export function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let beforeLast = new Uint8Array(b.length + 1);
  let last = Uint8Array.from(beforeLast, (_, j) => j);
  let row = new Uint8Array(b.length + 1);
  for (let i = 1; i <= a.length; i++) {
    row[0] = i;
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let edits = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2)
        && a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      if (swapped) edits = Math.min(edits, beforeLast[j - 2] + 1);
      row[j] = edits;
      least = Math.min(least, edits);
    }
    if (least > most) return most + 1;
    [beforeLast, last, row] = [last, row, beforeLast];
  }
  return last[b.length];
}
