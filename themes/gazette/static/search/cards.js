// Cards: what a result shows of a paper. Both containers store them alike.

/**
 * @typedef {object} Root `root.json`
 * @property {number} format
 * @property {string} container
 * @property {number} papers
 * @property {[before: string, after: string]} url what stands around a slug in an address
 * @property {Array<[id: string, name: string]>} topics
 */

/**
 * The cards of a file, which has a list for each field.
 * @param {Root} root
 * @param {any} file
 * @returns {import('./posting.js').Card[]}
 */
export function readCards(root, file) {
  return file.slug.map((/** @type {string} */ slug, /** @type {number} */ i) => ({
    slug,
    url: file.url?.[i] ?? root.url[0] + slug + root.url[1],
    title: file.title[i],
    short: file.short[i],
    authors: file.authors[i],
    authorCount: file.authorCount[i],
    date: file.date[i],
    year: file.year[i],
    venue: file.venue[i],
    topics: file.topics[i].map((/** @type {number} */ n) => ({ id: root.topics[n][0], name: root.topics[n][1] })),
    has: file.has[i],
    text: file.text[i],
    award: file.award?.[i] ?? null,
    withdrawn: file.withdrawn?.includes(i) ?? false,
    noted: file.noted?.[i] ?? null,
    pdf: file.pdf?.[i] ?? null,
    code: file.code?.[i] ?? null,
    lists: file.in?.[i] ?? [],
  }));
}

/**
 * A column of an index all of whose cards are at hand.
 * @param {Root} root
 * @param {import('./posting.js').Card[]} cards
 * @param {string} name
 * @returns {import('./posting.js').Column}
 */
export function columnOf(root, cards, name) {
  /** @type {Map<string, number>} */
  const known = new Map();
  /** @type {number[]} */
  const places = [];
  const starts = [0];
  for (const card of cards) {
    const values = name === 'topic' ? card.topics.map(({ id }) => id)
      : name === 'in' ? card.lists : [/** @type {any} */ (card)[name] ?? []].flat();
    for (const value of values.map(String)) {
      if (!known.has(value)) known.set(value, known.size);
      places.push(/** @type {number} */ (known.get(value)));
    }
    starts.push(places.length);
  }
  const labels = new Map(name === 'topic' ? root.topics : []);
  return { values: Array.from(known.keys(), (value) => ({ value, label: labels.get(value) ?? value })), starts, places };
}
