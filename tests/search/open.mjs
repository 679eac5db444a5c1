// Opens the index of a built site in Node, as a page of it does: the search page says
// with which file the index begins, and the engine is among the assets.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The engine's file, from the folder of a built site. */
export function engineFile(folder) {
  const [assets] = readdirSync(join(folder, 'assets'));
  return join('assets', assets, 'search/engine.js');
}

/** The first file of the index, from the folder `search/`. */
export function rootFile(folder) {
  const page = readFileSync(join(folder, 'search/index.html'), 'utf8');
  return /data-index="?([^" >]+)/.exec(page)[1];
}

/**
 * An opened index.
 * @param {string} folder of a built site
 * @param {(path: string) => Buffer | string} [load] reads a file of the site
 */
export async function openSite(folder, load = (path) => readFileSync(join(folder, path), 'utf8')) {
  const { openIndex } = await import(pathToFileURL(join(folder, engineFile(folder))).href);
  return openIndex(async (path) => load(join('search', path)).toString(), rootFile(folder));
}
