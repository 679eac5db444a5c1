/**
 * Elements that scripts put into a page. What they say is always text, never HTML.
 */

import { addressOf } from "./root.js";

/**
 * @param {string} name
 * @param {string} [className]
 * @param {string} [text]
 */
export function element(name, className, text) {
  const node = document.createElement(name);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}

/** A link to a page of the site, by its path. */
export function link(path, text) {
  const node = document.createElement("a");
  node.href = addressOf(path);
  node.textContent = text;
  return node;
}

/** Whether the name of a venue has a year in it, such as "CVPR 2025". */
export function hasYear(venue) {
  return /(?<!\d)(?:19|20)\d\d(?!\d)/.test(venue);
}
