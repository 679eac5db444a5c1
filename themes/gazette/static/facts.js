/**
 * Facts of saved papers: who wrote them, where and when they appeared, and how to
 * cite them. They are read from the papers' own pages, so nobody but the site is
 * asked, and kept in this browser for when the site cannot be asked.
 */

import { addressOf, root } from "./root.js";

const KEY = `offprint-facts:${root.pathname}`;
const BIBTEX = "application/x-bibtex";
const RIS = "application/x-research-info-systems";
/** The longest text, and the longest citation, that is kept of a paper. */
const LONGEST = { text: 500, citation: 20_000 };
const MOST_AUTHORS = 60;
/** How many pages are asked for at once. */
const AT_ONCE = 6;

/**
 * @typedef {object} Facts
 * @property {string} title
 * @property {string[]} authors
 * @property {string} venue
 * @property {string} kind what RIS calls it
 * @property {string} year
 * @property {string} doi
 * @property {string} arxiv
 * @property {string} pdf
 * @property {string} url the published address of its page
 * @property {string} bibtex
 * @property {string} ris
 */

/**
 * What the page of a paper says of it.
 * @param {Document} page
 * @returns {Facts}
 */
export function factsOf(page) {
  const all = (name) => [...page.querySelectorAll(`meta[name="${name}"]`)].map((tag) => tag.content.slice(0, LONGEST.text));
  const one = (...names) => names.map((name) => all(name)[0] ?? "").find(Boolean) ?? "";
  const journal = one("citation_journal_title");
  const conference = one("citation_conference_title");
  const chapter = one("citation_inbook_title");
  const school = one("citation_dissertation_institution");
  const report = one("citation_technical_report_institution");
  const arxiv = one("citation_arxiv_id");
  const kinds = [[journal, "JOUR"], [conference, "CONF"], [chapter, "CHAP"], [school, "THES"], [report, "RPRT"], [arxiv, "UNPB"]];
  const written = [...page.querySelectorAll("pre")].map((pre) => pre.textContent.trim());
  const canonical = page.querySelector("link[rel='canonical']")?.href ?? "";
  return {
    title: one("citation_title"),
    authors: all("citation_author").slice(0, MOST_AUTHORS),
    venue: journal || conference || chapter || school || report,
    kind: kinds.find(([known]) => known)?.[1] ?? "GEN",
    year: /\d{4}/.exec(one("citation_publication_date"))?.[0] ?? "",
    doi: one("citation_doi"),
    arxiv,
    pdf: one("citation_pdf_url"),
    url: /^https?:/.test(canonical) ? canonical.slice(0, LONGEST.text) : "",
    bibtex: cut(written.find((text) => /^@\w+\{/.test(text))),
    ris: cut(written.find((text) => /^TY {2}- /.test(text))),
  };
}

const cut = (text) => (text && text.length <= LONGEST.citation ? text : "");

/** All facts that are kept, by the paths of papers. */
function openFacts() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    return new Map(Object.entries(kept).flatMap(([path, given]) => {
      const facts = sound(given);
      return facts ? [[path, facts]] : [];
    }));
  } catch {
    return new Map();
  }
}

/** Other sites of the same host can write there too. */
function sound(given) {
  if (typeof given !== "object" || given === null) return null;
  const text = (name, most) => (typeof given[name] === "string" ? given[name].slice(0, most) : "");
  const facts = { authors: Array.isArray(given.authors) ? given.authors.filter((name) => typeof name === "string").slice(0, MOST_AUTHORS) : [] };
  for (const name of ["title", "venue", "kind", "year", "doi", "arxiv", "pdf", "url"]) facts[name] = text(name, LONGEST.text);
  for (const name of ["bibtex", "ris"]) facts[name] = text(name, LONGEST.citation);
  return facts;
}

function write(facts) {
  try {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(facts)));
  } catch {
    // They can be asked for again.
  }
}

/**
 * Keeps the facts of a paper.
 * @param {string} path
 * @param {Facts} facts
 */
export function keepFacts(path, facts) {
  write(openFacts().set(path, facts));
}

/** Forgets the facts of all papers but some. */
export function keepOnly(paths) {
  const facts = openFacts();
  for (const path of facts.keys()) if (!paths.has(path)) facts.delete(path);
  write(facts);
}

/**
 * The facts of papers: those that are kept, and for the rest what their pages say.
 * @param {string[]} paths
 * @param {(path: string, facts: Facts) => void} tell is called for each paper once it is known
 */
export async function gather(paths, tell) {
  const kept = openFacts();
  const waiting = [];
  for (const path of paths) {
    const facts = kept.get(path);
    if (facts?.bibtex) tell(path, facts);
    else waiting.push(path);
  }
  const found = new Map();
  const next = async () => {
    for (let path = waiting.shift(); path; path = waiting.shift()) {
      try {
        const facts = await ask(path);
        found.set(path, facts);
        tell(path, facts);
      } catch {
        // Its title is known; the next visit asks again.
        if (kept.has(path)) tell(path, kept.get(path));
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  if (found.size > 0) write(new Map([...openFacts(), ...found]));
}

/** Asks the page of a paper, and the files beside it for what the page leaves out. */
async function ask(path) {
  const address = addressOf(path);
  const page = new DOMParser().parseFromString(await text(address), "text/html");
  const facts = factsOf(page);
  const beside = async (type) => {
    const link = page.querySelector(`link[rel~="alternate"][type="${type}"]`);
    if (!link) return "";
    const file = new URL(link.getAttribute("href"), address);
    // A file of this very site, and of this paper.
    if (!file.href.startsWith(new URL(path, root).href)) return "";
    return cut((await text(file)).trim());
  };
  facts.bibtex ||= await beside(BIBTEX);
  facts.ris ||= await beside(RIS);
  return facts;
}

async function text(address) {
  if (address.protocol === "file:") throw new Error("a disk is not asked");
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.text();
}

/** A name as people write it: "García, Ana" is Ana García, "李, 明" is 李明. */
export function nameOf(inverted) {
  const [family, given, suffix] = inverted.split(", ");
  if (!given) return inverted;
  if (/^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]+$/u.test(family + given)) return family + given;
  return [given, family, suffix].filter(Boolean).join(" ");
}

/**
 * A paper as RIS: as the site wrote it, or from what its page tells machines.
 * @param {Facts} facts
 * @param {string} url
 */
export function risOf(facts, url) {
  if (facts.ris) return `${facts.ris}\r\n`;
  const lines = [["TY", facts.kind || "GEN"], ...facts.authors.map((name) => ["AU", name]), ["TI", facts.title]];
  const venue = { JOUR: "JO", CONF: "T2", CHAP: "T2", THES: "PB", RPRT: "PB" }[facts.kind];
  if (venue) lines.push([venue, facts.venue]);
  lines.push(["PY", facts.year], ["DO", facts.doi], ["UR", facts.doi ? `https://doi.org/${facts.doi}` : url], ["L1", facts.pdf], ["ER", ""]);
  // A value stays on its line.
  const said = lines.filter(([tag, value]) => value || tag === "ER");
  return said.map(([tag, value]) => `${tag}  - ${value.replace(/\s+/g, " ").trim()}\r\n`).join("");
}

/**
 * Rows as CSV. What a table would take for a formula is text.
 * @param {string[][]} rows
 */
export function csvOf(rows) {
  const cell = (value) => {
    const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}
