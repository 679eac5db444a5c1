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
  }));
}

/**
 * The columns of an index all of whose cards are at hand.
 * @param {Root} root
 * @param {import('./posting.js').Card[]} cards
 * @returns {import('./posting.js').Columns}
 */
export function columnsOf(root, cards) {
  return {
    topic: column(cards.map((card) => card.topics.map((topic) => topic.id)), new Map(root.topics)),
    venue: column(cards.map((card) => (card.venue ? [card.venue] : []))),
    year: column(cards.map((card) => (card.year === null ? [] : [String(card.year)]))),
    has: column(cards.map((card) => card.has)),
    date: cards.map((card) => card.date),
  };
}

/**
 * @param {string[][]} valuesOf the values of each paper
 * @param {Map<string, string>} [labels] of values that are not their own label
 * @returns {import('./posting.js').Column}
 */
function column(valuesOf, labels) {
  /** @type {Map<string, number>} */
  const places = new Map();
  const of = valuesOf.map((values) => values.map((value) => {
    const place = places.get(value) ?? places.size;
    places.set(value, place);
    return place;
  }));
  return { values: [...places.keys()].map((value) => ({ value, label: labels?.get(value) ?? value })), of };
}
