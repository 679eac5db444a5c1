// Details: columns of fields that are no facets, identifiers, and people. Both
// containers have them in files of their own, loaded when a query asks for them.

import { HASH, readColumn, readNumbers } from './numbers.js';

/**
 * @param {any} root
 * @param {<T>(path: string, read: (text: any) => T) => Promise<T>} file loads a file once
 */
export function openDetails(root, file) {
  const { columns, ids, people } = root.details;
  return {
    /**
     * @param {string} name
     * @returns {Promise<import('./posting.js').Column>}
     */
    async column(name) {
      const hash = columns[name];
      // What no paper has is not stored.
      if (!hash) return { values: [], starts: new Uint32Array(root.papers + 1), places: [] };
      return file(`f/${hash}.json`, (text) => readColumn(text, root.papers));
    },
    /**
     * The papers that have an identifier.
     * @param {string} id
     * @returns {Promise<number[]>}
     */
    async paperOf(id) {
      if (ids.buckets === 0) return [];
      const known = await file(`i/${bucketName(ids, id)}.json`, (text) => ({ ids: text.ids.split(' '), papers: readNumbers(text.papers) }));
      return known.papers.filter((_, i) => known.ids[i] === id);
    },
    /**
     * The people in the bucket of how a word begins.
     * @param {string} key
     * @returns {Promise<import('./posting.js').Person[]>}
     */
    async peopleOf(key) {
      if (!people?.buckets) return [];
      return file(`a/${bucketName(people, key)}.json`, (text) => text.names.map((/** @type {string} */ name, /** @type {number} */ i) => (
        { name, url: text.urls[i], papers: text.papers[i] })));
    },
  };
}

/**
 * The name of the file of a bucket.
 * @param {{ buckets: number, group: number, hashes: string }} names
 * @param {string} key
 */
function bucketName({ buckets, group, hashes }, key) {
  const bucket = bucketHash(key) % buckets;
  const at = Math.floor(bucket / group) * HASH;
  return hashes.slice(at, at + HASH) + String(bucket % group).padStart(2, '0');
}

/** FNV-1a of 32 bits. @param {string} text */
function bucketHash(text) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
