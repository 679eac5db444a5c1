// A posting list: the papers in which a term occurs, each with the weight that the
// term has there.

/** Of a weight's six bits the lower four are its level. */
export const LEVEL = 15;
export const IN_AUTHORS = 16;
export const IN_TITLE = 32;

/**
 * @typedef {object} PostingList
 * @property {string} term the stem
 * @property {number} count how many papers it is in
 * @property {ArrayLike<number>} papers their numbers, rising
 * @property {ArrayLike<number>} weights
 */

/**
 * What the ranker needs of an index, whatever it is stored in.
 * @typedef {object} Container
 * @property {number} size the number of papers; they are numbered from the oldest
 * @property {(terms: string[]) => Promise<Map<string, PostingList>>} lookup
 *   the lists of those of the terms that exist
 * @property {(prefix: string, most: number) => Promise<PostingList[]>} withPrefix
 *   the most frequent terms that begin so
 * @property {(prefix: string) => Promise<{ lists: PostingList[], complete: boolean }>} allWithPrefix
 *   the terms that begin so, and whether these are all
 * @property {(list: PostingList) => Promise<number[][]>} places where a term is in each
 *   paper of its list: numbers that tell the field as well
 * @property {(id: string) => Promise<number[]>} paperOf the papers of an identifier
 * @property {(key: string) => Promise<Person[]>} peopleOf authors with a page a word of
 *   whose name begins so, among others, those with the most papers first
 * @property {Array<[id: string, name: string]>} topics
 * @property {(side: 'head' | 'tail', letter: string) => Promise<Array<[term: string, magnitude: number]>>} dictionary
 *   the terms that begin or end with a letter, without those that are likely misspelt
 *   themselves, and the power of two below the number of their papers
 * @property {(papers: number[]) => Promise<Card[]>} cards
 * @property {(name: string) => Promise<Column>} column of a facet or another field
 * @property {boolean} columnsAtHand whether the columns of facets cost no loading
 */

/**
 * @typedef {object} Card
 * @property {string} slug
 * @property {string} url relative to the site's root
 * @property {string} title
 * @property {string | null} short
 * @property {string[]} authors the first ones
 * @property {number} authorCount how many there are
 * @property {string | null} date
 * @property {number | null} year
 * @property {string | null} venue
 * @property {Array<{ id: string, name: string }>} topics
 * @property {string[]} has
 * @property {string} text the key sentence
 * @property {string | null} award
 * @property {boolean} withdrawn
 * @property {number | null} noted how much a source counted, of what most papers have
 * @property {string | null} pdf addresses of what readers open from a list
 * @property {string | null} code
 * @property {string[]} lists the pages that list it, where the card has them
 */

/** @typedef {{ name: string, url: string, papers: number }} Person */

/**
 * What papers are filtered by.
 * @typedef {'topic' | 'venue' | 'year' | 'has' | 'in'} Facet
 */

/**
 * The values of all papers for a facet.
 * @typedef {object} Column
 * @property {Array<{ value: string, label: string }>} values all values there are
 * @property {ArrayLike<number>} starts for each paper where its values begin in
 *   `places`; they end where the next paper's begin
 * @property {ArrayLike<number>} places places in `values`
 */

/**
 * The place of the first term not before `prefix`.
 * @param {string[]} terms sorted
 * @param {string} prefix
 */
export function firstFrom(terms, prefix) {
  let low = 0;
  let high = terms.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (terms[middle] < prefix) low = middle + 1;
    else high = middle;
  }
  return low;
}
