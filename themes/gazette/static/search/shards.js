// The large container: files for ranges of terms, for cards, for spellings and for
// columns, each loaded when it is first needed. `docs/search.md` has the format.

import { readCards } from './cards.js';
import { openDetails } from './details.js';
import { openMeaning } from './meaning.js';
import { VALUES } from '../digits.js';
import { HASH, MORE, readColumn, readGaps, readPlaces } from './numbers.js';
import { firstFrom } from './posting.js';

// The most shards that are read for one prefix; beyond, a reader types on.
const PREFIX_SHARDS = 3;
// The most for one that was asked for with a star.
const MOST_PREFIX_SHARDS = 12;

/**
 * @param {any} root
 * @param {(path: string) => Promise<string>} load
 * @returns {import('./posting.js').Container}
 */
export function openShards(root, load) {
  const starts = root.terms.starts.split(' ');
  /** @type {Map<string, Promise<any>>} what was loaded, by path */
  const loaded = new Map();

  /**
   * Loads a file once. A file that failed is tried again when it is next wanted.
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

  /**
   * A file of a folder whose files have their names from groups.
   * @template T
   * @param {string} folder
   * @param {{ group: number, hashes: string }} names
   * @param {number} number
   * @param {(text: any) => T} read
   */
  function grouped(folder, names, number, read) {
    const group = Math.floor(number / names.group) * HASH;
    const place = String(number % names.group).padStart(2, '0');
    return file(`${folder}/${names.hashes.slice(group, group + HASH)}${place}.json`, read);
  }

  /** @param {number} number @returns {Promise<Shard>} */
  const shard = (number) => grouped('t', root.terms, number, (text) => new Shard(number, text));

  /** The shard whose range has the term. @param {string} term */
  function shardOf(term) {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= term) low = middle + 1;
      else high = middle;
    }
    return Math.max(low - 1, 0);
  }

  const details = openDetails(root, file);

  return {
    size: root.papers,
    columnsAtHand: false,
    paperOf: details.paperOf,
    peopleOf: details.peopleOf,
    topics: root.topics,
    meaning: openMeaning(root.meaning, file),
    async lookup(terms) {
      if (root.papers === 0) return new Map();
      const lists = await Promise.all(terms.map(async (term) => (await shard(shardOf(term))).list(term)));
      return new Map(lists.flatMap((list) => (list ? [[list.term, list]] : [])));
    },
    async withPrefix(prefix, most) {
      if (root.papers === 0) return [];
      const first = shardOf(prefix);
      const last = Math.min(shardOf(prefix + '\uffff'), first + PREFIX_SHARDS - 1);
      const numbers = Array.from({ length: last - first + 1 }, (_, i) => first + i);
      const shards = await Promise.all(numbers.map(shard));
      return shards.flatMap((one) => one.withPrefix(prefix)).sort((a, b) => b.count - a.count).slice(0, most);
    },
    async allWithPrefix(prefix) {
      const first = shardOf(prefix);
      const last = shardOf(prefix + '\uffff');
      if (root.papers === 0) return { lists: [], complete: true };
      const numbers = Array.from({ length: Math.min(last - first + 1, MOST_PREFIX_SHARDS) }, (_, i) => first + i);
      const shards = await Promise.all(numbers.map(shard));
      return { lists: shards.flatMap((one) => one.withPrefix(prefix)), complete: last - first < MOST_PREFIX_SHARDS };
    },
    async places(list) {
      const { shard: of, place } = /** @type {ShardList} */ (list);
      const { file: size } = root.places;
      const names = await grouped('w', root.places, Math.floor(of.number / size), (text) => (
        text.places.map((/** @type {string} */ terms) => terms.split(' '))));
      return readPlaces(names[of.number % size][place], list.count);
    },
    async dictionary(side, letter) {
      const { hash, [side]: letters } = root.dictionary;
      return letters.includes(letter) ? file(`d/${hash}${side[0]}${letter}.json`, readSpellings) : [];
    },
    async cards(papers) {
      const { file: size } = root.cards;
      return Promise.all(papers.map(async (paper) => {
        const cards = await grouped('c', root.cards, Math.floor(paper / size), (text) => readCards(root, text));
        return cards[paper % size];
      }));
    },
    column(name) {
      const hash = root.columns[name];
      return hash ? file(`f/${hash}.json`, (text) => readColumn(text, root.papers)) : details.column(name);
    },
  };
}

/** A file of terms. Lists are read from it as they are asked for. */
class Shard {
  /** @param {number} number @param {{ terms: string, weights: string, papers: string }} text */
  constructor(number, text) {
    this.number = number;
    this.terms = text.terms.split(' ');
    this.weights = text.weights.split(' ');
    this.papers = text.papers;
    /** @type {Int32Array | undefined} where in `papers` each list begins */
    this.begins = undefined;
    /** @type {Map<number, import('./posting.js').PostingList>} */
    this.lists = new Map();
  }

  /** @param {string} term */
  list(term) {
    const place = firstFrom(this.terms, term);
    return this.terms[place] === term ? this.at(place) : undefined;
  }

  /** @param {string} prefix */
  withPrefix(prefix) {
    const found = [];
    for (let place = firstFrom(this.terms, prefix); this.terms[place]?.startsWith(prefix); place++) {
      found.push(this.at(place));
    }
    return found;
  }

  /** @param {number} place @returns {import('./posting.js').PostingList} */
  at(place) {
    let list = this.lists.get(place);
    if (!list) {
      list = new ShardList(this, place);
      this.lists.set(place, list);
    }
    return list;
  }
}

/** A posting list of a shard, read when it is first looked into. */
class ShardList {
  /** @param {Shard} shard @param {number} place */
  constructor(shard, place) {
    this.shard = shard;
    this.place = place;
    this.term = shard.terms[place];
    this.count = shard.weights[place].length;
    /** @type {Uint32Array | undefined} */
    this.readPapers = undefined;
    /** @type {Uint8Array | undefined} */
    this.readWeights = undefined;
  }

  get papers() {
    this.readPapers ??= readGaps(this.shard.papers, beginnings(this.shard)[this.place], this.count);
    return this.readPapers;
  }

  get weights() {
    const text = this.shard.weights[this.place];
    this.readWeights ??= Uint8Array.from({ length: this.count }, (_, i) => VALUES[text.charCodeAt(i)]);
    return this.readWeights;
  }
}

/**
 * Where the lists of a shard begin.
 * @param {Shard} shard
 */
function beginnings(shard) {
  if (!shard.begins) {
    const begins = new Int32Array(shard.terms.length);
    let at = 0;
    for (let place = 0; place < begins.length; place++) {
      begins[place] = at;
      for (let left = shard.weights[place].length; left > 0; at++) {
        if (VALUES[shard.papers.charCodeAt(at)] < MORE) left--;
      }
    }
    shard.begins = begins;
  }
  return shard.begins;
}

/**
 * Terms that share their beginnings with the one before, and how many papers have
 * them: the power of two below.
 * @param {{ terms: string, counts: string }} text
 * @returns {Array<[term: string, magnitude: number]>}
 */
function readSpellings(text) {
  let term = '';
  return text.terms.split(' ').map((stored, i) => {
    term = term.slice(0, VALUES[stored.charCodeAt(0)]) + stored.slice(1);
    return [term, VALUES[text.counts.charCodeAt(i)]];
  });
}
