// The grammar of queries in the browser: the twin of `src/topics/query`, mistakes and
// their remedies included. A test compares the two on random text.
//
//   query  = all { "OR" all }
//   all    = not { [ "AND" ] not }
//   not    = ( "-" | "NOT" ) not | unit
//   unit   = "(" query ")" | name ":" value | identifier | term
//   value  = "(" query ")" | term | range | id | part  as the name asks
//   range  = end | [ end ] ".." [ end ] | ( ">" | ">=" | "<" | "<=" ) end
//   term   = word | word "*" | '"' words '"'

import { FIELD_NAMES, METRICS, PARTS, REGISTRIES, TEXT_FIELDS } from './fields.js';
import { PUNCTUATION, QUOTES, SPACES, identifierRun, idOfValue, spacedIdentifier, typedIdentifier } from './identifier.js';
import { asciiLower, byteLength, nearestName } from './names.js';

/**
 * @typedef {{ type: 'term', kind: 'word' | 'prefix' | 'phrase', text: string, open: boolean }} TermNode
 *   `open`: the end of the query, which may still be being typed.
 * @typedef {{ type: 'in', field: string, node: QueryNode }} InNode
 * @typedef {{ type: 'id', id: string }} IdNode
 * @typedef {{ type: 'has', part: string }} HasNode
 * @typedef {{ type: 'range', field: string, from: string | null, to: string | null }} RangeNode
 *   both ends belong to it; a day's end may be a month or a year
 * @typedef {{ type: 'not', node: QueryNode }} NotNode
 * @typedef {{ type: 'and' | 'or', nodes: QueryNode[] }} GroupNode
 * @typedef {TermNode | InNode | IdNode | HasNode | RangeNode | NotNode | GroupNode} QueryNode
 *
 * @typedef {object} ParsedQuery
 * @property {QueryNode | null} node null where nothing is asked for
 * @property {boolean} strict whether more than words was written, so that a paper has
 *   to answer all of it
 * @property {QueryError | null} error the first mistake; the node is what the query
 *   means without it
 */

const MAX_QUERY_BYTES = 32 * 1024;
const MAX_NESTING = 32;
const MIN_PREFIX = 2;
// More mistakes than this in one query are not mended one by one.
const MAX_MENDS = 24;

const SPACE = new RegExp(`[${SPACES}]`, 'u');
const QUOTE = new RegExp(`[${QUOTES}]`);
const WORD_AT = new RegExp(`[^${SPACES}${QUOTES}()^]*`, 'uy');

/** A mistake in a query. */
export class QueryError extends Error {
  /**
   * @param {string} code a stable name
   * @param {string} message what is the matter
   * @param {number} start
   * @param {number} end
   * @param {string} [help] what to do about it
   */
  constructor(code, message, start, end, help) {
    super(message);
    this.code = code;
    this.start = start;
    this.end = end;
    this.help = help;
  }
}

/**
 * Reads what is typed into a search box. Whatever it is has a meaning: a mistake is
 * given beside what the rest of the query means.
 * @param {string} typed
 * @returns {ParsedQuery}
 */
export function parseQuery(typed) {
  /** @type {QueryError | null} */
  let error = null;
  let text = typed;
  for (let tries = 0; tries < MAX_MENDS; tries++) {
    try {
      return { ...parseStrictly(text, typed.length), error };
    } catch (mistake) {
      if (!(mistake instanceof QueryError)) throw mistake;
      if (mistake.code === 'query-empty') break;
      error ??= mistake;
      text = mended(text, mistake);
    }
  }
  const words = text.replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ').trim().split(' ').filter(Boolean).slice(0, MAX_NESTING);
  /** @type {QueryNode[]} */
  const nodes = words.map((word) => ({ type: 'term', kind: 'word', text: word, open: false }));
  return { node: nodes.length > 0 ? joinedNodes('and', nodes) : null, strict: false, error };
}

/**
 * The query without a mistake, or with less of it.
 * @param {string} text
 * @param {QueryError} mistake
 */
function mended(text, { code, start, end }) {
  /** @param {number} from @param {number} to */
  const blanked = (from, to) => text.slice(0, from) + ' '.repeat(to - from) + text.slice(to);
  switch (code) {
    case 'query-too-long': return text.slice(0, start).replace(/\S+$/, '');
    case 'query-too-deep': return text.replace(/NOT|[()-]/g, ' ');
    case 'query-unclosed-phrase': return `${text}"`;
    case 'query-unclosed-bracket': return `${text})`;
    case 'query-unknown-field':
    case 'query-nested-field': return blanked(end, end + 1);
    default: return start < text.length ? blanked(start, Math.max(end, start + 1)) : text.slice(0, -1);
  }
}

/**
 * @param {string} text
 * @param {number} [length] how much of it was typed
 * @returns {{ node: QueryNode, strict: boolean }}
 */
export function parseStrictly(text, length = text.length) {
  if (text.length * 3 > MAX_QUERY_BYTES && byteLength(text) > MAX_QUERY_BYTES) {
    let cut = MAX_QUERY_BYTES;
    while (byteLength(text.slice(0, cut)) > MAX_QUERY_BYTES) cut -= Math.ceil((byteLength(text.slice(0, cut)) - MAX_QUERY_BYTES) / 3);
    throw new QueryError('query-too-long', `the query is longer than ${MAX_QUERY_BYTES} bytes`, cut, text.length);
  }
  const parser = new QueryParser(text, length);
  parser.skipSpace();
  if (parser.at === text.length) {
    throw new QueryError('query-empty', 'the query asks for nothing', 0, text.length,
      'write a word, a "phrase" or a field such as `title:survey`');
  }
  const node = parser.anyOf();
  if (parser.at < text.length) {
    throw new QueryError('query-stray-bracket', 'this bracket closes nothing', parser.at, parser.at + 1,
      'remove it, or open a bracket before it');
  }
  return { node, strict: parser.strict };
}

class QueryParser {
  /** @param {string} text @param {number} length */
  constructor(text, length) {
    this.text = text;
    this.length = length;
    this.at = 0;
    this.depth = 0;
    this.strict = false;
    /** @type {string | null} the field whose brackets we are within */
    this.within = null;
  }

  skipSpace() {
    while (this.at < this.text.length && SPACE.test(this.text[this.at])) this.at++;
  }

  word() {
    WORD_AT.lastIndex = this.at;
    return WORD_AT.exec(this.text)?.[0] ?? '';
  }

  atEnd() {
    return this.at >= this.text.length || this.text[this.at] === ')';
  }

  /** Where the character that begins here ends. */
  charEnd() {
    return this.at < this.text.length ? this.at + String.fromCodePoint(/** @type {number} */ (this.text.codePointAt(this.at))).length : this.at;
  }

  /** @param {string} operator */
  operator(operator) {
    this.skipSpace();
    if (this.word() !== operator) return false;
    this.at += operator.length;
    this.strict = true;
    return true;
  }

  /** Checks that something follows an operator that was just read. @param {string} operator */
  operand(operator) {
    const end = this.at;
    this.skipSpace();
    const word = this.word();
    if (this.atEnd() || word === 'OR' || word === 'AND') throw dangling(operator, end - operator.length, end);
  }

  /** @returns {QueryNode} */
  anyOf() {
    const nodes = [this.allOf()];
    while (this.operator('OR')) {
      this.operand('OR');
      nodes.push(this.allOf());
    }
    return joinedNodes('or', nodes);
  }

  allOf() {
    const nodes = [this.not()];
    for (;;) {
      this.skipSpace();
      if (this.operator('AND')) this.operand('AND');
      else if (this.atEnd() || this.word() === 'OR') return joinedNodes('and', nodes);
      nodes.push(this.not());
    }
  }

  /** @returns {QueryNode} */
  not() {
    this.skipSpace();
    const start = this.at;
    if (this.operator('NOT')) {
      this.operand('NOT');
    } else if (this.text[this.at] === '-') {
      this.at++;
      if (this.atEnd() || this.text[this.at] === '^' || SPACE.test(this.text[this.at])) {
        throw new QueryError('query-lone-minus', 'the minus excludes nothing', start, this.at,
          'write it directly before what is to be excluded, or remove it');
      }
      this.strict = true;
    } else {
      return this.unit();
    }
    return { type: 'not', node: this.nested(start, () => this.not()) };
  }

  unit() {
    const node = this.plainUnit();
    if (this.text[this.at] === '^') {
      const start = this.at++;
      this.at += this.word().length;
      throw new QueryError('query-weight', 'weights belong in the rules of topics', start, this.at,
        'remove the `^` and its number, or put the text in quotation marks');
    }
    return node;
  }

  /** @returns {QueryNode} */
  plainUnit() {
    this.skipSpace();
    const start = this.at;
    if (this.text[this.at] === '(') return this.brackets();
    const quoted = QUOTE.test(this.text[this.at] ?? '');
    const word = this.word();
    if (word === '' && !quoted) {
      throw new QueryError('query-missing-term', 'a word or a phrase is missing here', start, this.charEnd(),
        'write what to look for, or remove what is before or after it');
    }
    if (word === 'OR' || word === 'AND') throw dangling(word, start, start + word.length);
    const inText = this.within === null || TEXT_FIELDS.includes(this.within);
    if (!inText) return this.valueOf(/** @type {string} */ (this.within));
    if (quoted) return this.phrase();
    if (this.within === null) {
      const id = this.identifier();
      if (id) return { type: 'id', id };
    }
    const after = this.text[start + word.length] ?? '';
    const name = fieldName(word, after === '(' || QUOTE.test(after));
    return name === null ? this.term() : this.fieldQuery(name);
  }

  /** An identifier or the address of a paper, where one was typed or pasted here. */
  identifier() {
    const rest = this.text.slice(this.at);
    const lead = /^[<[]*/.exec(rest)?.[0].length ?? 0;
    const run = identifierRun(rest.slice(lead));
    const start = this.at + lead;
    let length = run.length;
    let id = typedIdentifier(run);
    if (id === 'wrong') throw badId(run, start, start + length);
    if (id === 'address') {
      throw new QueryError('query-unknown-address', `\`${run}\` is not the address of a paper at a registry`, start, start + length,
        'paste an address of arXiv, OpenReview, the ACL Anthology or PubMed, or one with a DOI; '
          + 'to look for the text itself, put it in quotation marks');
    }
    if (id === null) {
      const spaced = spacedIdentifier(rest.slice(lead));
      if (!spaced) return null;
      [id, length] = spaced;
    }
    this.at = start + length;
    while (PUNCTUATION.includes(this.text[this.at] ?? ' ')) this.at++;
    this.strict = true;
    return id;
  }

  brackets() {
    const open = this.at++;
    this.skipSpace();
    if (this.text[this.at] === ')') {
      throw new QueryError('query-empty-brackets', 'there is nothing between the brackets', open, this.at + 1,
        'write what to look for between them, or remove them');
    }
    const inner = this.nested(open, () => this.anyOf());
    if (this.text[this.at] !== ')') {
      throw new QueryError('query-unclosed-bracket', 'this bracket is never closed', open, open + 1, 'write `)` where it ends');
    }
    this.at++;
    return inner;
  }

  /** @param {string} name @returns {QueryNode} */
  fieldQuery(name) {
    const start = this.at;
    const field = asciiLower(name);
    if (!FIELD_NAMES.includes(field)) throw unknownField(name, start, start + name.length);
    if (this.within !== null) {
      throw new QueryError('query-nested-field', `\`${field}:\` is within the brackets of another field`, start, start + name.length,
        'close those brackets before it');
    }
    this.at += name.length + 1;
    if (this.atEnd() || this.text[this.at] === '^' || SPACE.test(this.text[this.at])) {
      throw new QueryError('query-missing-value', `\`${field}:\` asks for nothing`, start, this.at,
        'write its value directly after the colon');
    }
    this.strict = true;
    if (this.text[this.at] !== '(') return this.valueOf(field);
    this.within = field;
    const node = this.brackets();
    this.within = null;
    return TEXT_FIELDS.includes(field) ? { type: 'in', field, node } : node;
  }

  /** @param {string} field @returns {QueryNode} */
  valueOf(field) {
    if (TEXT_FIELDS.includes(field)) {
      if (this.text[this.at] === '-') {
        throw new QueryError('query-lone-minus', "the minus is after the field's name", this.at, this.at + 1, `write \`-${field}:…\``);
      }
      return { type: 'in', field, node: QUOTE.test(this.text[this.at]) ? this.phrase() : this.term() };
    }
    const { value, start } = this.value(field);
    if (field === 'id') {
      const id = idOfValue(value);
      if (!id) throw badId(value, start, this.at);
      return { type: 'id', id };
    }
    if (field === 'has') {
      const part = asciiLower(value);
      if (PARTS.includes(part)) return { type: 'has', part };
      const near = nearestName(value, PARTS);
      throw new QueryError('query-unknown-part', `\`${value}\` is nothing that a paper has`, start, this.at,
        near ? `did you mean \`has:${near}\`?` : `a paper can have: ${PARTS.join(', ')}`);
    }
    const [from, to] = readRange(field, value, start, this.at);
    return { type: 'range', field, from, to };
  }

  /** @param {string} field */
  value(field) {
    const start = this.at;
    if (QUOTE.test(this.text[this.at] ?? '')) return { value: this.phrase().text, start };
    const word = this.word();
    const value = (field === 'id' && identifierRun(this.text.slice(this.at))) || word;
    if (value === '') {
      throw new QueryError('query-missing-value', 'this field takes a value here', start, this.charEnd(),
        'write its value directly after the colon');
    }
    this.at += value.length;
    return { value, start };
  }

  /** @returns {TermNode} */
  term() {
    const start = this.at;
    const word = this.word();
    this.at += word.length;
    const open = this.at >= this.length;
    const star = word.indexOf('*');
    if (star < 0) return { type: 'term', kind: 'word', text: word, open };
    if (star + 1 < word.length || star === 0) {
      throw new QueryError('query-star', 'a star can only be at the end of a word', start + star, start + star + 1,
        'write the beginning of the word and then the star: `retriev*`');
    }
    const prefix = word.slice(0, star);
    if ([...prefix].length < MIN_PREFIX) {
      throw new QueryError('query-short-prefix', `\`${word}\` would find too many words`, start, this.at,
        `write ${MIN_PREFIX} letters or more before the star`);
    }
    this.strict = true;
    return { type: 'term', kind: 'prefix', text: prefix, open: false };
  }

  /** @returns {TermNode} */
  phrase() {
    const open = this.at++;
    const length = this.text.slice(this.at).search(QUOTE);
    if (length < 0) {
      throw new QueryError('query-unclosed-phrase', 'this quotation mark is never closed', open, this.at,
        'write another one where the phrase ends');
    }
    const text = this.text.slice(this.at, this.at + length);
    this.at += length + 1;
    if (BLANK.test(text)) {
      throw new QueryError('query-empty-phrase', 'there is nothing between the quotation marks', open, this.at,
        'write a phrase between them, or remove them');
    }
    this.strict = true;
    return { type: 'term', kind: 'phrase', text, open: this.at > this.length };
  }

  /** Reads on one level deeper. @param {number} start @param {() => QueryNode} read */
  nested(start, read) {
    if (++this.depth > MAX_NESTING) {
      throw new QueryError('query-too-deep', `brackets and negations nest deeper than ${MAX_NESTING}`, start, this.at,
        'take some of the brackets away');
    }
    const node = read();
    this.depth--;
    return node;
  }
}

const BLANK = new RegExp(`^[${SPACES}]*$`, 'u');

/**
 * What joins several; one alone needs nothing to join it.
 * @param {'and' | 'or'} type
 * @param {QueryNode[]} nodes
 * @returns {QueryNode}
 */
function joinedNodes(type, nodes) {
  return nodes.length === 1 ? nodes[0] : { type, nodes };
}

/**
 * The name before a colon, where a word is a field and its value.
 * @param {string} word
 * @param {boolean} follows whether brackets or a phrase come directly after the word
 */
function fieldName(word, follows) {
  const colon = word.indexOf(':');
  const name = word.slice(0, Math.max(colon, 0));
  if (!/^[A-Za-z]{2,}$/.test(name)) return null;
  return follows || colon + 1 < word.length || FIELD_NAMES.includes(asciiLower(name)) ? name : null;
}

/** @param {string} operator @param {number} start @param {number} end */
function dangling(operator, start, end) {
  return new QueryError('query-dangling-operator', `\`${operator}\` has nothing to join`, start, end,
    `write a term beside it, or "${operator.toLowerCase()}" in quotation marks for the word`);
}

/** @param {string} text @param {number} start @param {number} end */
function badId(text, start, end) {
  return new QueryError('query-bad-id', `\`${text}\` is not a paper identifier`, start, end,
    'write a registry and its identifier, such as `id:arxiv:2403.03507`');
}

/** @param {string} name @param {number} start @param {number} end */
function unknownField(name, start, end) {
  const near = nearestName(name, FIELD_NAMES);
  return new QueryError('query-unknown-field', `\`${name}\` is not a field`, start, end,
    near ? `did you mean \`${near}:\`?` : `the fields are ${FIELD_NAMES.join(', ')}; for text with a colon, use quotation marks`);
}

const DAY = 86_400_000;

/**
 * The kinds of range: how an end is read, and what comes before and after it.
 * @type {Record<string, { noun: string, examples: string, read: (text: string) => boolean,
 *   inOrder: (from: string, to: string) => boolean, beside: (end: string, step: 1 | -1) => string | null }>}
 */
const RANGES = {
  year: {
    noun: 'a year',
    examples: 'write `year:2024`, `year:2023..2025`, `year:2023..`, `year:..2020` or `year:>2020`',
    read: (text) => /^\d{4}$/.test(text) && text !== '0000',
    inOrder: (from, to) => from <= to,
    beside: (year, step) => (+year + step > 9999 || +year + step < 1 ? null : String(+year + step).padStart(4, '0')),
  },
  date: {
    noun: 'a date',
    examples: 'write `date:2024-05-17`, `date:2024-05`, `date:2024-05..`, `date:2023..2024-05` or `date:>=2024-05-17`',
    read: (text) => /^\d{4}(-\d\d){0,2}$/.test(text) && !text.startsWith('0000') && isoDay(dayOf(text)).startsWith(text),
    inOrder: (from, to) => from <= to || from.startsWith(to),
    beside: (date, step) => {
      const day = isoDay(step > 0 ? lastDayOf(date) + DAY : dayOf(date) - DAY);
      return /^\d{4}-/.test(day) && !day.startsWith('0000') ? day : null;
    },
  },
  count: {
    noun: 'a number',
    examples: 'write `citations:>100`, `citations:<=5`, `citations:10..20` or `citations:7`',
    read: (text) => /^\d{1,15}$/.test(text),
    inOrder: (from, to) => +from <= +to,
    beside: (count, step) => (+count + step < 0 || +count + step > 999_999_999_999_999 ? null : String(+count + step)),
  },
};

/** The first day of a year, month or day, in milliseconds. @param {string} date */
function dayOf(date) {
  const [year, month = 1, day = 1] = date.split('-').map(Number);
  const first = new Date(0);
  first.setUTCFullYear(year, month - 1, day);
  return first.getTime();
}

/** The last day of it. @param {string} date */
function lastDayOf(date) {
  const [year, month, day] = date.split('-').map(Number);
  const last = new Date(0);
  if (day) return dayOf(date);
  last.setUTCFullYear(month ? year : year + 1, month ?? 0, 0);
  return last.getTime();
}

/** @param {number} time */
function isoDay(time) {
  return new Date(time).toISOString().slice(0, -14);
}

/**
 * Both ends of a range; one value alone is both.
 * @param {string} field
 * @param {string} value
 * @param {number} start
 * @param {number} end
 * @returns {[from: string | null, to: string | null]}
 */
function readRange(field, value, start, end) {
  const kind = RANGES[METRICS.includes(field) ? 'count' : field];
  const sign = /^(?:>=|<=|≥|≤|>|<|=)/.exec(value)?.[0] ?? '';
  const bound = value.slice(sign.length);
  /** @param {string} one */
  const plain = (one) => (kind === RANGES.count && one ? String(+one) : one);
  if (sign && kind.read(bound)) {
    if (sign === '=') return [plain(bound), plain(bound)];
    const upwards = /[>≥]/.test(sign);
    const limit = /^[<>]$/.test(sign) ? kind.beside(bound, upwards ? 1 : -1) : bound;
    if (limit === null) throw new QueryError('query-empty-range', `nothing can be \`${value}\``, start, end, kind.examples);
    return upwards ? [plain(limit), null] : [null, plain(limit)];
  }
  const dots = value.indexOf('..');
  const [from, to] = dots < 0 ? [value, value] : [value.slice(0, dots), value.slice(dots + 2)];
  const right = [from, to].every((one) => one === '' || kind.read(one)) && from + to !== '';
  if (!right) {
    throw new QueryError('query-bad-range', `\`${value}\` is neither ${kind.noun} nor a range`, start, end, kind.examples);
  }
  if (from && to && from !== to && !kind.inOrder(from, to)) {
    throw new QueryError('query-reversed-range', `the range \`${value}\` ends before it begins`, start, end, 'write the earlier end first');
  }
  return [plain(from) || null, plain(to) || null];
}
