// Terms: what a word, the beginning of one or a phrase stands for, and whether a short
// text has it. The twin of `spellings` in `src/topics/matching/index.rs`.

import { fold, positionedTokens, stem } from './text.js';

/**
 * The ways to write a term. The compounds in it are apart ("low rank") or joined
 * ("lowrank"), and a phrase of two words is also found as one word.
 * @param {string} text
 * @returns {string[][]}
 */
export function spellingsOf(text) {
  /** @type {string[]} */
  const apart = [];
  /** @type {string[]} */
  let joined = [];
  /** @type {number[]} where in `joined` each word of `apart` begins */
  const begins = [];
  for (const [position, token] of positionedTokens(text)) {
    if (position === apart.length) {
      begins.push(joined.length);
      joined.push(token);
      apart.push(token);
    } else if (position < begins.length) {
      joined.length = begins[position];
      joined.push(token);
    }
  }
  const same = apart.length === joined.length && apart.every((word, i) => word === joined[i]);
  if (same && apart.length === 2) joined = [apart.join('')];
  const spellings = same && apart.length !== 2 ? [apart] : [apart, joined];
  return spellings.filter((words) => words.length > 0);
}

/**
 * Whether a text has a term.
 * @param {string} text
 * @param {string[][]} spellings
 * @param {boolean} open whether the last word is the beginning of one
 */
export function hasTerm(text, spellings, open) {
  /** @type {string[][]} */
  const at = [];
  for (const [position, token] of positionedTokens(text)) (at[position] ??= []).push(token);
  return spellings.some((words) => at.some((_, start) => words.every((word, i) => at[start + i]?.some((token) => (
    open && i === words.length - 1 ? token.startsWith(word) : stem(token) === stem(word))))));
}

/**
 * The topics that a term asks for: the one that has it as its id or name, else those
 * that have it within id or name.
 * @param {Array<{ value: string, label: string }>} topics
 * @param {import('./query.js').TermNode} term
 * @returns {Set<string>} ids
 */
export function topicsOf(topics, term) {
  const wanted = fold(term.text);
  const ids = (/** @type {typeof topics} */ found) => new Set(found.map(({ value }) => value));
  const exact = topics.filter(({ value, label }) => fold(value) === wanted || fold(label) === wanted);
  if (term.kind !== 'prefix' && exact.length > 0) return ids(exact);
  const spellings = spellingsOf(term.text);
  const open = term.kind === 'prefix' || term.open;
  return ids(topics.filter(({ value, label }) => hasTerm(value, spellings, open) || hasTerm(label, spellings, open)));
}
