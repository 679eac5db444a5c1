// The small container: an elasticlunr index and one file of cards.
//
// The index is turned round once, on opening: elasticlunr keeps words by field and
// letter, the ranker wants stems with the papers of all fields.

import { columnOf, readCards } from './cards.js';
import { openDetails } from './details.js';
import { readPlaces } from './numbers.js';
import { IN_AUTHORS, IN_TITLE, LEVEL, firstFrom } from './posting.js';
import { stem } from './text.js';

// The order of the fields in a packed count, six bits each.
const COUNTED = ['title', 'short', 'authors', 'keywords', 'topics', 'abstract'];
const COUNT_RANGE = 64;
const MOST = 63;
// What the cards have a column of.
const ON_CARDS = ['topic', 'venue', 'year', 'has', 'in', 'date'];

/**
 * @param {import('./cards.js').Root} root
 * @param {(path: string) => Promise<string>} load
 * @returns {Promise<import('./posting.js').Container>}
 */
export async function openElasticlunr(root, load) {
  const names = /** @type {any} */ (root);
  const files = [`index.${names.index}.json`, `cards.${names.cards}.json`];
  const [index, cards] = (await Promise.all(files.map(load))).map((text) => JSON.parse(text));
  const lists = postingLists(index);
  const terms = [...lists.keys()].sort();
  const all = readCards(root, cards);
  /** @type {Map<string, import('./posting.js').Column>} */
  const columns = new Map();
  /** @type {Map<string, Promise<any>>} what was loaded, by path */
  const loaded = new Map();

  /**
   * Loads a file once; one that failed is tried again.
   * @template T
   * @param {string} path
   * @param {(text: any) => T} read
   * @returns {Promise<T>}
   */
  function file(path, read) {
    let promise = loaded.get(path);
    if (!promise) {
      promise = load(path).then((text) => read(JSON.parse(text)));
      promise.catch(() => loaded.delete(path));
      loaded.set(path, promise);
    }
    return promise;
  }

  const details = openDetails(root, file);
  return {
    size: root.papers,
    columnsAtHand: true,
    paperOf: details.paperOf,
    peopleOf: details.peopleOf,
    topics: root.topics,
    async lookup(wanted) {
      const found = new Map();
      for (const term of wanted) {
        const list = lists.get(term);
        if (list) found.set(term, list);
      }
      return found;
    },
    async withPrefix(prefix, most) {
      const found = [];
      for (let i = firstFrom(terms, prefix); i < terms.length && terms[i].startsWith(prefix); i++) {
        found.push(/** @type {import('./posting.js').PostingList} */ (lists.get(terms[i])));
      }
      return found.sort((a, b) => b.count - a.count).slice(0, most);
    },
    async allWithPrefix(prefix) {
      return { lists: await this.withPrefix(prefix, terms.length), complete: true };
    },
    async places(list) {
      const { of, places } = await file(`w/${/** @type {any} */ (root).places}.json`, (text) => ({
        of: new Map(text.terms.split(' ').map((/** @type {string} */ term, /** @type {number} */ i) => [term, i])),
        places: text.places.split(' '),
      }));
      return readPlaces(places[of.get(list.term)], list.count);
    },
    async dictionary(side, letter) {
      /** @type {Array<[string, number]>} */
      const found = [];
      for (const list of lists.values()) {
        const at = side === 'head' ? list.term.startsWith(letter) : list.term.endsWith(letter);
        if (at && isOffered(list)) found.push([list.term, 31 - Math.clz32(list.count)]);
      }
      return found;
    },
    async cards(papers) {
      return papers.map((paper) => all[paper]);
    },
    async column(name) {
      if (!ON_CARDS.includes(name)) return details.column(name);
      const column = columns.get(name) ?? columnOf(root, all, name);
      columns.set(name, column);
      return column;
    },
  };
}

/**
 * Whether a term may be offered for another spelling: a word that is long enough to
 * be misspelt and no slip itself, since it is in two papers or a title.
 * @param {import('./posting.js').PostingList} list
 */
function isOffered(list) {
  return /^[a-z]{3,}$/.test(list.term) && (list.count > 1 || (list.weights[0] & IN_TITLE) !== 0);
}

/**
 * @param {any} index as elasticlunr stores it
 * @returns {Map<string, import('./posting.js').PostingList>} by stem
 */
function postingLists(index) {
  /** @type {Map<string, Map<number, number>>} */
  const counts = new Map();
  COUNTED.forEach((field, number) => {
    const unit = COUNT_RANGE ** number;
    for (const [word, documents] of words(index.index[field].root)) {
      const term = stem(word);
      let papers = counts.get(term);
      if (!papers) counts.set(term, (papers = new Map()));
      for (const paper in documents) {
        // elasticlunr keeps the square root of the count.
        const packed = papers.get(+paper) ?? 0;
        const before = Math.floor(packed / unit) % COUNT_RANGE;
        const count = Math.min(Math.round(documents[paper].tf ** 2), MOST - before);
        papers.set(+paper, packed + count * unit);
      }
    }
  });
  const lengths = index.documentStore.docInfo;
  const lists = new Map();
  for (const [term, papers] of counts) {
    const sorted = Uint32Array.from(papers.keys()).sort();
    const weights = new Uint8Array(sorted.length);
    sorted.forEach((paper, i) => {
      const length = lengths[paper];
      weights[i] = weight(/** @type {number} */ (papers.get(paper)), length.title, length.abstract);
    });
    lists.set(term, { term, count: sorted.length, papers: sorted, weights });
  }
  return lists;
}

/**
 * The words of a field's trie. A node has its words' papers under `docs` and their
 * number under `df`; what follows is under single characters.
 * @param {any} root
 * @returns {Generator<[word: string, documents: Record<string, { tf: number }>]>}
 */
function* words(root) {
  /** @type {Array<[string, any]>} */
  const open = [['', root]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [word, node] = next;
    if (node.df > 0) yield [word, node.docs];
    for (const key of Object.keys(node)) {
      if (key !== 'docs' && key !== 'df') open.push([word + key, node[key]]);
    }
  }
}

/**
 * The weight of a term in a paper: `weight.rs` once more, to the last bit.
 * @param {number} packed how often it occurs in each field
 * @param {number} titleLength
 * @param {number} abstractLength
 */
function weight(packed, titleLength, abstractLength) {
  /** @param {number} field @param {number} most */
  const count = (field, most) => Math.min(Math.floor(packed / COUNT_RANGE ** field) % COUNT_RANGE, most);
  const title = count(0, 2);
  const author = count(2, 1);
  const titlePart = (4 * title) / (0.7 + (0.3 * Math.min(titleLength, 40)) / 12);
  const abstractPart = count(5, MOST) / (0.4 + (0.6 * abstractLength) / 120);
  const sum = titlePart + 4 * count(1, 1) + 2 * author + 2.5 * count(4, 2) + abstractPart;
  const level = Math.floor((16 * sum) / (sum + 1.6));
  return (level & LEVEL) | (title > 0 ? IN_TITLE : 0) | (author > 0 ? IN_AUTHORS : 0);
}
