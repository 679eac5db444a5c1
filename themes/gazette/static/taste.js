/**
 * Taste: what a reader wants more of, less of, or nothing of, beside the papers they
 * saved. It is kept in this browser, beside the shelf, and sent nowhere.
 */

import { root } from "./root.js";

const KEY = `offprint-taste:${root.pathname}`;
/** The most papers of each kind; of those that were read, the last. */
const MOST = { more: 200, less: 200, library: 500, read: 200 };
const MOST_MUTED = 200;
const LONGEST = { title: 300, name: 120, row: 200 };
const MOST_NAMES = 12;

/**
 * @typedef {object} Signal a paper that says something of the reader
 * @property {"more" | "less" | "library" | "read"} kind
 * @property {string} title
 * @property {string} row its vector, as its page has it
 * @property {string[]} topics ids
 * @property {string[]} authors
 *
 * @typedef {object} Taste
 * @property {Map<string, Signal>} signals by the path of the paper, the newest last
 * @property {import("./for-you-rank.js").Muted} muted
 */

/** @returns {Taste} what is kept now */
export function openTaste() {
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(KEY));
  } catch {
    // What cannot be read is nothing.
  }
  return soundTaste(kept);
}

/**
 * What of some data is a taste: other sites of the same host can write there too, and
 * files come from anywhere.
 * @returns {Taste}
 */
export function soundTaste(kept) {
  const object = (part) => (typeof part === "object" && part !== null && !Array.isArray(part) ? part : {});
  const texts = (part, most, longest) => (Array.isArray(part) ? part : [])
    .filter((text) => typeof text === "string" && text.trim())
    .slice(0, most)
    .map((text) => text.trim().slice(0, longest));
  const given = object(kept);
  const signals = new Map();
  for (const [path, one] of Object.entries(object(given.signals))) {
    const { kind, title, row, topics, authors } = object(one);
    if (!/^papers\/[^/?#\\]{1,200}\/$/.test(path) || /\/\.{1,2}\/$/.test(path) || !Object.hasOwn(MOST, kind)) continue;
    signals.set(path, {
      kind,
      title: typeof title === "string" ? title.slice(0, LONGEST.title) : "",
      row: typeof row === "string" && /^[\w-]*$/.test(row) ? row.slice(0, LONGEST.row) : "",
      topics: texts(topics, MOST_NAMES, LONGEST.name),
      authors: texts(authors, MOST_NAMES, LONGEST.name),
    });
  }
  const muted = object(given.muted);
  const topics = (Array.isArray(muted.topics) ? muted.topics : []).map(object)
    .filter(({ id, name }) => typeof id === "string" && id && typeof name === "string")
    .slice(0, MOST_MUTED)
    .map(({ id, name }) => ({ id: id.slice(0, LONGEST.name), name: name.slice(0, LONGEST.name) }));
  return {
    signals: bounded(signals),
    muted: { words: texts(muted.words, MOST_MUTED, LONGEST.name), authors: texts(muted.authors, MOST_MUTED, LONGEST.name), topics },
  };
}

/** The last of each kind, as many as are kept. */
function bounded(signals) {
  const left = { ...MOST };
  const kept = [...signals].reverse().filter(([, { kind }]) => left[kind]-- > 0);
  return new Map(kept.reverse());
}

/**
 * Changes it. Gives what it is then, or nothing where the browser does not keep it.
 * @param {(taste: Taste) => void} act
 */
export function changeTaste(act) {
  const taste = openTaste();
  act(taste);
  try {
    localStorage.setItem(KEY, JSON.stringify(plainTaste(taste)));
    return taste;
  } catch {
    return null;
  }
}

/** A taste as it is written to a file. */
export function plainTaste({ signals, muted }) {
  return { signals: Object.fromEntries(bounded(signals)), muted };
}

/** Forgets all of it. */
export function forgetTaste() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Then nothing is kept.
  }
}

/**
 * Adds what a file holds; what is here already stays.
 * @param {Taste} given
 */
export function addTaste(given) {
  changeTaste((taste) => {
    for (const [path, signal] of given.signals) if (!taste.signals.has(path) || taste.signals.get(path).kind === "read") taste.signals.set(path, signal);
    const { muted } = taste;
    for (const part of ["words", "authors"]) muted[part] = [...new Set([...muted[part], ...given.muted[part]])];
    for (const topic of given.muted.topics) if (!muted.topics.some(({ id }) => id === topic.id)) muted.topics.push(topic);
  });
}

/**
 * Notes that a paper was read, unless more is known of it.
 * @param {string} path
 * @param {{ title: string, meaning: string, topics: string[], authors: string[] }} facts
 */
export function noteRead(path, facts) {
  changeTaste(({ signals }) => {
    const known = signals.get(path);
    if (known && known.kind !== "read") return;
    signals.delete(path);
    signals.set(path, signalOf("read", facts));
  });
}

/** A signal from the facts of a paper. */
export function signalOf(kind, { title, meaning, topics, authors }) {
  return { kind, title, row: meaning, topics, authors: authors.slice(0, MOST_NAMES) };
}
