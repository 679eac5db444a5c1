// Marks: where in a text the words stand by which it was found.

import { fold, positionedTokens, stem } from './text.js';

/**
 * @typedef {Array<[start: number, end: number]>} Marks
 *   rising, apart from each other; offsets in UTF-16 units
 */

// What may be a token with its compound around it, and a word in it.
const MARKED_RUN = /[^\s,;()[\]{}"“”]+/gu;
const MARKED_WORD = /[\p{L}\p{N}\p{M}]+(?:[’'][\p{L}\p{N}\p{M}]+)*(?:\+\+|#)?/gu;

/**
 * The tokens of a word with their stems. Texts share most of their words, and to
 * take them apart is most of the work of marking them.
 * @type {Map<string, Array<[position: number, token: string, stem: string]>>}
 */
const known = new Map();
const MOST_KNOWN = 20_000;

/** @param {string} word */
function tokensOf(word) {
  let tokens = known.get(word);
  if (!tokens) {
    tokens = positionedTokens(word).map(([position, token]) => [position, token, stem(token)]);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(word, tokens);
  }
  return tokens;
}

/**
 * @param {string} text
 * @param {Set<string>} terms stems
 * @param {string[]} prefixes folded beginnings of words
 * @returns {Marks}
 */
export function marks(text, terms, prefixes) {
  /** @param {[position: number, token: string, stem: string]} token */
  const wanted = ([, token, root]) => terms.has(root) || prefixes.some((prefix) => token.startsWith(prefix));
  /** @type {Marks} */
  const found = [];
  /** @param {number} start @param {number} end */
  const mark = (start, end) => {
    const last = found[found.length - 1];
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else found.push([start, end]);
  };
  for (const run of text.matchAll(MARKED_RUN)) {
    const tokens = tokensOf(run[0]);
    const whole = tokens[tokens.length - 1];
    if (tokens.length > 1 && whole[0] < tokens.length - 2 && wanted(whole)) {
      mark(run.index, run.index + run[0].replace(/[^\p{L}\p{N}\p{M}+#]+$/u, '').length);
      continue;
    }
    for (const word of run[0].matchAll(MARKED_WORD)) {
      const start = run.index + word.index;
      const inner = tokensOf(word[0]);
      if (inner.length === 1) {
        if (wanted(inner[0])) mark(start, start + word[0].length);
        continue;
      }
      // Scripts without spaces: pairs of characters, which folding leaves in place.
      if (fold(word[0]).length !== word[0].length) continue;
      for (const each of inner) {
        const at = wanted(each) ? fold(word[0]).indexOf(each[1]) : -1;
        if (at >= 0) mark(start + at, start + at + each[1].length);
      }
    }
  }
  return found;
}
