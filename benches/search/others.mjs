// Other engines on the same papers: Pagefind and MiniSearch from npm, each as its
// documentation recommends for such a site. An engine is built into a folder, and
// opened with a function that gives the bytes of its files.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** @typedef {{ title: string, authors: string, abstract: string }} Text */

/** One file for all papers, held in memory. */
export const minisearch = {
  name: 'MiniSearch',
  async build(papers, folder) {
    const { default: MiniSearch } = await import('minisearch');
    const index = new MiniSearch(OPTIONS);
    index.addAll(papers.map((paper, id) => ({ id, ...paper })));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'index.json'), JSON.stringify(index));
  },
  async open(_folder, load) {
    const { default: MiniSearch } = await import('minisearch');
    const index = MiniSearch.loadJSON(load('index.json').toString(), OPTIONS);
    return async (query) => index.search(query, { prefix: true, fuzzy: 0.2, boost: { title: 3 } }).slice(0, 10).map(({ title }) => title);
  },
};

const OPTIONS = { fields: ['title', 'authors', 'abstract'], storeFields: ['title'] };

/** Files for ranges of words and one for each paper, found by WebAssembly. */
export const pagefind = {
  name: 'Pagefind',
  async build(papers, folder) {
    const { createIndex, close } = await import('pagefind');
    const { index } = await createIndex({});
    for (const [id, { title, authors, abstract }] of papers.entries()) {
      await index.addCustomRecord({ url: `/${id}/`, content: `${title}\n${authors}\n${abstract}`, language: 'en', meta: { title } });
    }
    await index.writeFiles({ outputPath: folder });
    await close();
    copyFileSync(join(folder, 'pagefind.js'), join(folder, 'pagefind.mjs'));
  },
  async open(folder, load) {
    const { createInstance } = await import(pathToFileURL(join(folder, 'pagefind.mjs')).href);
    // It fetches below its base path; its own module counts as loaded.
    load('pagefind.js');
    globalThis.fetch = async (address) => new Response(load(String(address).replace(/^\/pagefind\//, '').replace(/\?.*/, '')));
    const instance = createInstance({ basePath: '/pagefind/' });
    await instance.init('en', { load_wasm: true });
    return async (query) => {
      const { results } = await instance.search(query);
      const found = await Promise.all(results.slice(0, 10).map((result) => result.data()));
      return found.map(({ meta }) => meta.title);
    };
  },
};

/** The papers of a corpus as texts. @returns {Text[]} */
export function texts(lines) {
  return lines.map((line) => {
    const { title, authors = [], abstract = '' } = JSON.parse(line);
    const names = authors.map((author) => author.name ?? author).join(', ');
    return { title, authors: names, abstract: abstract ?? '' };
  });
}
