/**
 * What "For you" ranks, and what it goes by: the files of new papers, and the papers
 * that the reader saved, read, liked or has in a library.
 */

import { ask, keepFacts, nameOf, openFacts } from "./facts.js";
import { readOffer } from "./for-you-rank.js";
import { addressOf } from "./root.js";
import { openShelf } from "./shelf.js";
import { openTaste } from "./taste.js";

/** How many pages of saved papers are asked for at a visit, and how many at once. */
const MOST_ASKED = 60;
const AT_ONCE = 6;

/** Files that were loaded, by name. */
const loaded = new Map();

/**
 * The papers of a file.
 * @param {string} file below `for-you/`
 */
export function loadOffer(file) {
  if (!loaded.has(file)) {
    const loading = globalThis.offprintOnDisk ? fromScript(file) : fromSite(file);
    loaded.set(file, loading.then(readOffer));
    loaded.get(file).catch(() => loaded.delete(file));
  }
  return loaded.get(file);
}

async function fromSite(file) {
  // Its name stays while a digest is added to.
  const answer = await fetch(addressOf(`for-you/${file}`), { cache: "no-cache" });
  if (!answer.ok) throw new Error(`for-you/${file}: ${answer.status}`);
  return answer.json();
}

/** On a disk browsers read no data, but run scripts. */
function fromScript(file) {
  return new Promise((resolve, reject) => {
    const node = document.createElement("script");
    node.src = addressOf(`for-you/${file}`);
    node.onload = () => resolve(globalThis.offprintForYou?.[file]);
    node.onerror = () => reject(new Error(`for-you/${file}`));
    document.head.append(node);
  });
}

/** Whether there is anything to go by that a reader did on purpose. */
export function isKnown() {
  return openShelf().saved.size > 0 || [...openTaste().signals.values()].some(({ kind }) => kind === "more" || kind === "library");
}

/**
 * What the ranking goes by, the newest first. A paper counts once, as what says most.
 * @returns {import("./for-you-rank.js").Seed[]}
 */
export function seedsNow() {
  const facts = openFacts();
  const seeds = new Map();
  for (const [path, { title }] of [...openShelf().saved].reverse()) {
    const known = facts.get(path);
    seeds.set(path, { path, title, kind: "saved", row: known?.meaning ?? "", topics: known?.topics ?? [], authors: (known?.authors ?? []).map(nameOf) });
  }
  for (const [path, { kind, title, row, topics, authors }] of [...openTaste().signals].reverse()) {
    if (seeds.has(path) && kind !== "less") {
      // Its own page was opened, which said what it is about.
      if (!seeds.get(path).row) Object.assign(seeds.get(path), { row, topics, authors: authors.map(nameOf) });
      continue;
    }
    seeds.set(path, { path, title, kind, row, topics, authors: authors.map(nameOf) });
  }
  return [...seeds.values()];
}

/**
 * Asks the pages of saved papers of which nothing is known yet. Says whether anything
 * came of it.
 * @param {import("./for-you-rank.js").Seed[]} seeds
 * @param {Set<string>} known the paths of papers that are in loaded files
 */
export async function complete(seeds, known) {
  const waiting = seeds.filter(({ path, kind, row }) => kind === "saved" && !row && !known.has(path)).slice(0, MOST_ASKED).map(({ path }) => path);
  if (globalThis.offprintOnDisk || waiting.length === 0) return false;
  let came = false;
  await inTurn(waiting, async (path) => {
    const facts = await ask(path);
    keepFacts(path, facts);
    came ||= facts.meaning !== "";
  });
  return came;
}

/**
 * Does something for each of some paths, a few at once; one that fails is left out.
 * @param {string[]} paths
 * @param {(path: string) => Promise<void>} act
 */
export async function inTurn(paths, act) {
  const waiting = [...paths];
  const next = async () => {
    for (let path = waiting.shift(); path; path = waiting.shift()) {
      try {
        await act(path);
      } catch {
        // Its title may be all that is known of it.
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
}

/** Why a paper is recommended, in words of the site: text and a link. */
export function reasonParts({ seed, topic, author }, words) {
  const said = { saved: words.because, more: words.becauseMore, library: words.becauseLibrary, read: words.becauseRead };
  if (seed) return [said[seed.kind], "{paper}", seed.path, seed.title];
  if (topic) return [words.becauseTopic, "{topic}", `topics/${encodeURIComponent(topic.id)}/`, topic.name];
  if (author) return [words.becauseAuthor, "{author}", null, author];
  return null;
}
