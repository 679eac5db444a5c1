// Identifiers as readers type and paste them: the twin of
// `src/topics/query/identifier.rs` and of `src/model/id.rs`.

import { REGISTRIES } from './fields.js';
import { asciiLower, byteLength } from './names.js';

/** What separates words, and what opens and closes phrases, for character classes. */
export const SPACES = '\\p{White_Space}\\p{Cc}';
export const QUOTES = '"“”„‟«»＂〝〞〟';
/** What a sentence may write directly behind an identifier. */
export const PUNCTUATION = '.,;?!:>]';

const MAX_RUN = 2048;
const RUN_END = new RegExp(`[${SPACES}${QUOTES}^]`, 'u');
const CONTROL = /\p{Cc}/u;
const WHITE = /\p{White_Space}/u;
const VIEW = /(?:\/abstract|\/full|\/pdf|\/epdf|\/meta|\/html|\.pdf|\.full)$/;

/**
 * The run of text that begins here and may be an identifier, without the punctuation
 * of the sentence it was taken from.
 * @param {string} text
 */
export function identifierRun(text) {
  const near = text.slice(0, MAX_RUN + 1);
  const found = near.search(RUN_END);
  let run = found < 0 ? near : near.slice(0, found);
  if (byteLength(run) > MAX_RUN || (found < 0 && run.length < text.length)) return '';
  let unopened = run.split(')').length - run.split('(').length;
  for (; run !== ''; run = run.slice(0, -1)) {
    const last = run[run.length - 1];
    if (last === ')' && unopened > 0) unopened--;
    else if (!PUNCTUATION.includes(last)) break;
  }
  return run;
}

/**
 * The identifier that a run is; 'wrong' where a registry's name has no identifier of
 * it behind, 'address' for an address that names no paper.
 * @param {string} run
 * @returns {string | null}
 */
export function typedIdentifier(run) {
  if (hasScheme(run)) return ofAddress(run) ?? 'address';
  const colon = run.indexOf(':');
  const name = asciiLower(run.slice(0, Math.max(colon, 0)));
  if (REGISTRIES.includes(name) && colon + 1 < run.length) return newId(name, run.slice(colon + 1)) ?? 'wrong';
  return bareIdentifier(run) ?? ofAddress(run);
}

/**
 * An identifier with a space behind its registry's name, and how long that is.
 * @param {string} text
 * @returns {[id: string, length: number] | null}
 */
export function spacedIdentifier(text) {
  const name = /^(?:arxiv|doi|pmid):/i.exec(text)?.[0];
  if (!name) return null;
  const value = text.slice(name.length).replace(new RegExp(`^[${SPACES}]+`, 'u'), '');
  const run = identifierRun(value);
  const id = /^pmid/i.test(name) ? newId('pmid', run) : bareIdentifier(run);
  return id ? [id, text.length - value.length + run.length] : null;
}

/**
 * The value of `id:`, which may be of any registry.
 * @param {string} text
 */
export function idOfValue(text) {
  const run = trimmed(text);
  const id = typedIdentifier(run);
  if (id !== null) return id === 'wrong' || id === 'address' ? null : id;
  const colon = run.indexOf(':');
  const scheme = asciiLower(trimmed(run.slice(0, Math.max(colon, 0))));
  if (/^[a-z0-9-]{1,20}$/.test(scheme) && scheme !== 'http' && scheme !== 'https') return newId(scheme, run.slice(colon + 1));
  return newId('doi', run) ?? newId('arxiv', run);
}

/** @param {string} text */
function trimmed(text) {
  return text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, '');
}

/**
 * An identifier of a registry in its one spelling.
 * @param {string} scheme
 * @param {string} text
 * @returns {string | null}
 */
function newId(scheme, text) {
  const value = trimmed(text);
  switch (scheme) {
    case 'arxiv': return arxivId(value);
    case 'doi': return doiId(value);
    case 'pmid':
    case 's2corpus': return /^[0-9]{1,20}$/.test(value) ? `${scheme}:${value}` : null;
    default: return value !== '' && byteLength(value) <= 200 && !WHITE.test(value) && !CONTROL.test(value) ? `${scheme}:${value}` : null;
  }
}

/** @param {string} text */
function arxivId(text) {
  const base = trimmed(trimmed(text).replace(/^arxiv:/i, '')).replace(/(.)v[0-9]+$/s, '$1');
  return /^(?:[0-9]{4}\.[0-9]{4,5}|[A-Za-z.-]{1,20}\/[0-9]{7})$/.test(base) ? `arxiv:${base}` : null;
}

/** The longest text in which a DOI is looked for, in bytes. */
const MAX_DOI_ADDRESS = 2000;

/**
 * A text with its percent-encoded characters decoded, however often they were
 * encoded.
 * @param {string} text
 */
function decoded(text) {
  for (let last; last !== text;) {
    last = text;
    try {
      text = decodeURIComponent(text.replace(/%(?![\da-f]{2})/gi, '%25'));
    } catch {
      return last;
    }
  }
  return text;
}

/** @param {string} written @returns {string | null} */
function doiId(written) {
  if (byteLength(written) > MAX_DOI_ADDRESS) return null;
  const text = decoded(written);
  const start = text.indexOf('10.');
  if (start < 0 || !/(?:^|[/: ])$/.test(text.slice(0, start))) return null;
  const doi = text.slice(start).replace(/\p{White_Space}+/gu, '').replace(/[.,;]+$/, '').toLowerCase();
  if (!/^10\.[0-9.]{1,20}\/./su.test(doi) || byteLength(doi) > 300 || CONTROL.test(doi)) return null;
  return doi.startsWith('10.48550/arxiv.') ? arxivId(doi.slice(15)) : `doi:${doi}`;
}

/** An identifier that needs nothing before it to be told from a word. @param {string} run */
function bareIdentifier(run) {
  if (run.startsWith('10.')) return /^10\.[0-9]{4}/.test(run) ? newId('doi', run) : null;
  return isAnthology(run) ? newId('acl', run) : newId('arxiv', run);
}

/** `2024.acl-long.1` or `P19-1001`. @param {string} run */
function isAnthology(run) {
  return /^(?:[0-9]{4}\.[A-Za-z0-9]*-[A-Za-z0-9-]*\.[0-9]+|[A-Z][0-9]{2}-[0-9]{4})$/.test(run);
}

/** @param {string} run */
function hasScheme(run) {
  return /^https?:\/\//i.test(run);
}

/**
 * The identifier that an address names, with or without its `https://`.
 * @param {string} run
 * @returns {string | null}
 */
function ofAddress(run) {
  const rest = hasScheme(run) ? run.slice(run.indexOf('//') + 2) : run;
  const slash = rest.indexOf('/');
  if (slash < 0) return null;
  const host = asciiLower(rest.slice(0, slash)).replace(/^www\./, '');
  if (!/\..*[a-z]$/s.test(host)) return null;
  const path = rest.slice(slash + 1);
  const plain = percentDecoded(path.split(/[?#]/, 1)[0]).replace(/\/+$/, '');
  const last = plain.slice(plain.lastIndexOf('/') + 1);
  switch (host) {
    case 'doi.org':
    case 'dx.doi.org':
    case 'doi.acm.org': return newId('doi', plain);
    case 'openreview.net': {
      const question = path.indexOf('?');
      const pair = question < 0 ? undefined : path.slice(question + 1).split(/[&#]/).find((one) => one.startsWith('id='));
      return pair ? newId('openreview', pair.slice(3)) : null;
    }
    case 'aclanthology.org':
    case 'aclweb.org': {
      const id = last.replace(/(?:\.pdf)+$/, '').replace(/(?:\.bib)+$/, '');
      return isAnthology(id) ? newId('acl', id) : null;
    }
    case 'pubmed.ncbi.nlm.nih.gov': return newId('pmid', last);
    case 'ncbi.nlm.nih.gov': return plain.startsWith('pubmed/') ? newId('pmid', plain.slice(7)) : null;
    case 'semanticscholar.org': return /^[0-9a-f]{40}$/i.test(last) ? newId('s2', last) : null;
    case 'nature.com': return plain.startsWith('articles/') ? newId('doi', `10.1038/${plain.slice(9)}`) : null;
    case 'arxiv.org':
    case 'ar5iv.org':
    case 'alphaxiv.org':
    case 'huggingface.co': return ofPreprint(plain);
    default: return host.endsWith('.arxiv.org') ? ofPreprint(plain) : ofPublisher(plain);
  }
}

/** @param {string} path */
function ofPreprint(path) {
  const id = /^(?:abs|pdf|html|format|e-print|src|papers|overview)\/(.*)$/s.exec(path)?.[1];
  return id === undefined ? null : newId('arxiv', id.replace(/\.pdf$/, ''));
}

/** The DOI within the path of a publisher's address. @param {string} path */
function ofPublisher(path) {
  const at = path.startsWith('10.') ? 0 : path.indexOf('/10.') + 1;
  if (at === 0 && !path.startsWith('10.')) return null;
  let doi = path.slice(at);
  while (VIEW.test(doi)) doi = doi.replace(VIEW, '');
  if (doi.startsWith('10.1101/')) doi = doi.replace(/v[0-9]+$/, '');
  return bareIdentifier(doi);
}

/** @param {string} text */
function percentDecoded(text) {
  try {
    return decodeURIComponent(text.replace(/%(?![0-9a-f]{2})/gi, '%25'));
  } catch {
    return text;
  }
}
