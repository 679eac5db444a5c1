/** The root of the site. This module stands two folders below it, in assets/<hash>/. */
export const root = new URL("../../", import.meta.url);

/**
 * The address of a page or file of the site. On a disk a folder is no page.
 * @param {string} path from the root
 */
export function addressOf(path) {
  const address = new URL(path, root);
  if (address.protocol === "file:" && address.pathname.endsWith("/")) address.pathname += "index.html";
  return address;
}
