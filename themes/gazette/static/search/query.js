// The grammar of the search box:
//
//   word  prefix*  "a phrase"  field:word  field:"a phrase"  field:from..to
//   -x  NOT x  a OR b  ( … )
//
// Whatever is typed has a meaning: what is no operator is a word, and brackets
// and quotation marks that do not close are closed at the end.

/**
 * @typedef {{ type: 'word', text: string, open: boolean }} WordNode
 *   `open`: the last word of the query, which may still be being typed.
 * @typedef {{ type: 'prefix', text: string }} PrefixNode
 * @typedef {{ type: 'phrase', text: string }} PhraseNode
 * @typedef {{ type: 'field', field: string, value: string }} FieldNode
 * @typedef {{ type: 'not', node: QueryNode }} NotNode
 * @typedef {{ type: 'and' | 'or', nodes: QueryNode[] }} GroupNode
 * @typedef {WordNode | PrefixNode | PhraseNode | FieldNode | NotNode | GroupNode} QueryNode
 */

const FIELDS = new Set(['title', 'author', 'topic', 'venue', 'year', 'date', 'id', 'has']);

// Quotation marks as keyboards, telephones and word processors write them; any of
// them opens a phrase and any closes it.
const QUOTE = /["“”„‟«»＂〝〞〟]/;

// Bounds for what strangers paste.
const MAX_QUERY = 1000;
const MAX_WORDS = 32;
const MAX_DEPTH = 8;

/**
 * @param {string} query
 * @returns {GroupNode} its top-level parts, all of which are wanted
 */
export function parseQuery(query) {
  let text = query.slice(0, MAX_QUERY);
  // A word cut in two would be a wrong word.
  if (text.length < query.length) text = text.replace(/\S+$/, '');
  let at = 0;
  let words = 0;

  /** @param {number} depth @returns {QueryNode[]} */
  function group(depth) {
    /** @type {QueryNode[][]} */
    const alternatives = [[]];
    let negated = false;
    for (;;) {
      while (/\s/.test(text.charAt(at))) at++;
      if (at >= text.length || words >= MAX_WORDS) break;
      if (depth > 0 && text[at] === ')') {
        at++;
        break;
      }
      const all = alternatives[alternatives.length - 1];
      if (text[at] === '-' && /[^\s-]/.test(text.charAt(at + 1))) {
        negated = !negated;
        at++;
        continue;
      }
      const operator = /^(?:OR|NOT|AND)(?=[\s("“”„‟«»＂〝〞〟]|$)/.exec(text.slice(at, at + 4))?.[0];
      if (operator) {
        at += operator.length;
        if (operator === 'NOT') negated = !negated;
        else if (operator === 'OR') alternatives.push([]);
        continue;
      }
      const node = item(depth);
      if (node) all.push(negated ? { type: 'not', node } : node);
      negated = false;
    }
    const filled = alternatives.filter((all) => all.length > 0);
    if (filled.length < 2) return filled[0] ?? [];
    return [{ type: 'or', nodes: filled.map((all) => one(all)) }];
  }

  /** @param {number} depth @returns {QueryNode | null} */
  function item(depth) {
    if (text[at] === '(' && depth < MAX_DEPTH) {
      at++;
      const nodes = group(depth + 1);
      return nodes.length > 0 ? one(nodes) : null;
    }
    words++;
    if (QUOTE.test(text.charAt(at))) return { type: 'phrase', text: quoted() };
    const start = at;
    while (at < text.length && !/\s/.test(text[at]) && !QUOTE.test(text[at]) && !(depth > 0 && text[at] === ')')) at++;
    let word = text.slice(start, at);
    const colon = word.indexOf(':');
    const field = word.slice(0, Math.max(colon, 0)).toLowerCase();
    if (FIELDS.has(field)) {
      const value = word.slice(colon + 1) || (QUOTE.test(text.charAt(at)) ? quoted() : '');
      if (value) return { type: 'field', field, value };
      // "Title: the rest" is a title that somebody pasted.
      word = word.slice(0, colon);
    }
    if (word.endsWith('*') && word.length > 1) return { type: 'prefix', text: word.slice(0, -1) };
    return { type: 'word', text: word, open: at >= query.length };
  }

  function quoted() {
    const length = text.slice(at + 1).search(QUOTE);
    const end = length < 0 ? text.length : at + 1 + length;
    const phrase = text.slice(at + 1, end);
    at = Math.min(end + 1, text.length);
    return phrase;
  }

  return { type: 'and', nodes: group(0) };
}

/** @param {QueryNode[]} nodes @returns {QueryNode} */
function one(nodes) {
  return nodes.length === 1 ? nodes[0] : { type: 'and', nodes };
}
