/**
 * References: the papers of a library, as reference managers export them. Of each only
 * its title and its identifiers are read. Files come from anywhere: nothing in them is
 * run, and what makes no sense is left out.
 */

/** The most entries that are read of a file. */
const MOST = 2000;
/** The longest value that is looked at. */
const LONGEST = 2000;

/**
 * @typedef {object} Reference
 * @property {string} title
 * @property {string[]} ids as the search takes them: `arxiv:2403.03507`, `doi:10.1000/x`
 */

/**
 * The papers of a file of BibTeX, RIS, CSL-JSON or Zotero's JSON.
 * @param {string} text
 * @returns {Reference[]}
 */
export function readReferences(text) {
  const plain = text.replace(/^\uFEFF/, "");
  const entries = /^\s*[[{]/.test(plain) ? ofJson(plain) : /^\s*TY {2}-/m.test(plain) ? ofRis(plain) : ofBibtex(plain);
  const seen = new Set();
  return entries.map(sound).filter(({ title, ids }) => {
    const key = ids[0] ?? title;
    if (!key || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** @returns {Reference} */
function sound({ title, texts }) {
  const ids = texts.flatMap((text) => idsIn(text.slice(0, LONGEST)));
  return { title: title.replace(/\s+/g, " ").trim().slice(0, 500), ids: [...new Set(ids)].slice(0, 4) };
}

/** The identifiers in a text: a field of one, or an address. */
function idsIn(text) {
  const ids = [];
  const arxiv = /(?:\bcorr,?\s+abs\/|arxiv[.:/\s]*(?:org\/(?:abs|pdf)\/)?|^)([0-9]{4}\.[0-9]{4,5}|[a-z-]{2,20}(?:\.[a-z]{2})?\/[0-9]{7})(?:v[0-9]+)?(?:\.pdf)?(?![0-9])/i.exec(text);
  if (arxiv) ids.push(`arxiv:${arxiv[1]}`);
  const doi = /(?:^|[/:\s])(10\.[0-9]{4,9}\/[^\s"<>{}^\\]{1,200})/.exec(text);
  if (doi) {
    const value = doi[1].replace(/[.,;]+$/, "").toLowerCase();
    const preprint = /^10\.48550\/arxiv\.(.+)$/.exec(value);
    ids.push(preprint ? `arxiv:${preprint[1]}` : `doi:${value}`);
  }
  return ids;
}

/** Fields that may hold an identifier. */
const ID_FIELDS = ["doi", "eprint", "arxivid", "url", "note", "howpublished", "journal", "archiveid", "extra", "number"];

/** BibTeX and BibLaTeX. */
function ofBibtex(text) {
  const entries = [];
  const start = /@([a-z]+)\s*[{(]/gi;
  for (let found = start.exec(text); found && entries.length < MOST; found = start.exec(text)) {
    if (/^(?:comment|string|preamble)$/i.test(found[1])) continue;
    const { fields, end } = bibtexFields(text, start.lastIndex);
    start.lastIndex = end;
    if (fields.has("title")) entries.push({ title: withoutTex(fields.get("title")), texts: ID_FIELDS.map((name) => fields.get(name)).filter(Boolean) });
  }
  return entries;
}

/** The fields of an entry, from behind its brace. */
function bibtexFields(text, from) {
  const fields = new Map();
  const past = (pattern, at) => {
    pattern.lastIndex = at;
    pattern.exec(text);
    return pattern.lastIndex;
  };
  // What comes before the first comma is its key.
  const end = /[,={}"]/g;
  end.lastIndex = from;
  const key = end.exec(text);
  let at = key?.[0] === "," ? key.index + 1 : from;
  for (;;) {
    at = past(/[\s,]*/y, at);
    const name = /[a-z][\w-]{0,40}/iy;
    name.lastIndex = at;
    const found = name.exec(text);
    if (!found) break;
    const equals = past(/\s*/y, name.lastIndex);
    if (text[equals] !== "=") break;
    const [value, after] = bibtexValue(text, past(/\s*/y, equals + 1));
    if (!fields.has(found[0].toLowerCase())) fields.set(found[0].toLowerCase(), value);
    at = after;
  }
  return { fields, end: at };
}

/** A value and where it ends. One that is not closed ends with the text that is looked at. */
function bibtexValue(text, from) {
  const open = text[from];
  if (open !== "{" && open !== '"') {
    const word = /[^,}\s]*/y;
    word.lastIndex = from;
    return [word.exec(text)[0], word.lastIndex];
  }
  const most = Math.min(text.length, from + 100_000);
  let depth = 0;
  for (let at = from; at < most; at++) {
    const char = text[at];
    if (char === "\\") at += 1;
    else if (char === "{") depth += 1;
    else if (char === "}") depth -= 1;
    if (depth <= 0 && at > from && (open === "{" ? char === "}" : char === '"')) return [text.slice(from + 1, Math.min(at, from + LONGEST)), at + 1];
  }
  return ["", most];
}

/** A title without what TeX needs; accents are left to the comparison of titles. */
function withoutTex(text) {
  return text.replace(/\\[`'^"~=.uvHtcdbrk]\s*\{?\\?([a-zA-Z])\}?/g, "$1").replace(/\\[a-zA-Z]+\s*/g, " ").replace(/[{}$~]/g, (sign) => (sign === "~" ? " " : ""));
}

/** RIS. */
function ofRis(text) {
  const entries = [];
  let entry = null;
  for (const line of text.split(/\r\n?|\n/)) {
    const found = /^([A-Z][A-Z0-9]) {2}- ?(.*)$/.exec(line);
    if (!found) continue;
    const [, tag, value] = found;
    if (tag === "TY") {
      if (entries.length >= MOST) break;
      entry = { title: "", texts: [] };
      entries.push(entry);
    } else if (entry && (tag === "TI" || tag === "T1")) {
      entry.title ||= value.slice(0, LONGEST);
    } else if (entry && ["DO", "UR", "L1", "L2", "M1", "N1", "AN", "JO", "ID"].includes(tag) && entry.texts.length < 20) {
      entry.texts.push(value);
    }
  }
  return entries;
}

/** CSL-JSON, and the JSON that Zotero and Better BibTeX write. */
function ofJson(text) {
  let given = null;
  try {
    given = JSON.parse(text);
  } catch {
    return [];
  }
  const list = Array.isArray(given) ? given : Array.isArray(given?.items) ? given.items : [given];
  const entries = [];
  for (const one of list.slice(0, MOST)) {
    // Zotero's own service puts the fields one level down.
    const item = typeof one?.data === "object" && one.data !== null ? one.data : one;
    if (typeof item !== "object" || item === null || typeof item.title !== "string") continue;
    const texts = ["DOI", "doi", "URL", "url", "note", "extra", "archiveID", "number", "arxiv", "id"].map((name) => item[name]);
    entries.push({ title: item.title.slice(0, LONGEST).replace(/<\/?(?:i|b|sub|sup|span)[^<>]{0,80}>/g, ""), texts: texts.filter((value) => typeof value === "string") });
  }
  return entries;
}

/** A title as two are compared: its letters and digits. */
export function titleKey(title) {
  return title.normalize("NFKD").replace(/[^\p{L}\p{N}]+/gu, "").toLowerCase();
}

/**
 * The paths of the papers that references are, by the site's own search: by identifier,
 * else by title.
 * @param {Reference[]} references
 * @param {{ search: (query: string, options: object) => Promise<{ hits: Array<{ url: string, title: string }> }> }} index
 * @param {(done: number) => boolean} go is told how many were looked up, and says whether to go on
 * @returns {Promise<Map<string, string>>} titles by path
 */
export async function matchReferences(references, index, go) {
  const found = new Map();
  const find = async ({ title, ids }) => {
    for (const id of ids) {
      const { hits } = await index.search(id, { limit: 1, facets: false, meaning: false });
      if (hits.length === 1) return hits[0];
    }
    // Only letters and digits: nothing of a title is meant as a query is.
    const words = title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim().split(" ").slice(0, 12).join(" ");
    const key = titleKey(title);
    if (key.length < 8) return null;
    const { hits } = await index.search(words, { limit: 5, facets: false, meaning: false });
    return hits.find((hit) => titleKey(hit.title) === key) ?? null;
  };
  let done = 0;
  for (const reference of references) {
    const hit = await find(reference);
    if (hit && /^papers\/[^/?#\\]{1,200}\/$/.test(hit.url)) found.set(hit.url, hit.title);
    done += 1;
    if (!go(done)) break;
  }
  return found;
}
