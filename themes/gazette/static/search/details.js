// Details: columns of fields that are no facets, and identifiers. Both containers
// have them in files of their own, loaded when a query asks for them.

import { HASH, readColumn, readNumbers } from './numbers.js';

/**
 * @param {any} root
 * @param {<T>(path: string, read: (text: any) => T) => Promise<T>} file loads a file once
 */
export function openDetails(root, file) {
  const { columns, ids } = root.details;
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
      const bucket = bucketHash(id) % ids.buckets;
      const group = Math.floor(bucket / ids.group) * HASH;
      const name = ids.hashes.slice(group, group + HASH) + String(bucket % ids.group).padStart(2, '0');
      const known = await file(`i/${name}.json`, (text) => ({ ids: text.ids.split(' '), papers: readNumbers(text.papers) }));
      return known.papers.filter((_, i) => known.ids[i] === id);
    },
  };
}

/** FNV-1a of 32 bits. @param {string} text */
function bucketHash(text) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
