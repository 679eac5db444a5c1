/**
 * What the search page, the search box and filtered lists share: the index, which
 * is opened once, and results as cards.
 */

import { element, hasYear, link } from "./elements.js";
import { root } from "./root.js";

// How long a reader types nothing before papers are looked for by meaning.
const PAUSE = 350;

let opening = null;
/** How many authors a line names. */
const NAMED = 3;
/** What cards say, in the language of the site; the search page has it. */
let words = {};

/** Opens the index once; a failure is forgotten, so that the next try is one. */
export function openSearch() {
  opening ??= Promise.all([import("./search/engine.js"), openSearchPage()])
    .then(([{ openIndex }, page]) => {
      words = page.getElementById("op-search-cards")?.dataset ?? {};
      return openIndex(load, page.getElementById("op-search").dataset.index);
    })
    .catch((error) => {
      opening = null;
      throw error;
    });
  return opening;
}

/** The search page, which has the words of the search and the name of the index. */
let searchPage = null;

/** Loads it once; another page asks for it anew, since it names the files of a build. */
export function openSearchPage() {
  searchPage ??= loadPage().catch((error) => {
    searchPage = null;
    throw error;
  });
  return searchPage;
}

async function loadPage() {
  const parse = (text) => new DOMParser().parseFromString(text, "text/html");
  if (document.getElementById("op-search")) return document;
  if (globalThis.offprintOnDisk) return parse((await searchScript()).page);
  const response = await fetch(new URL("search/", root), { cache: "no-cache" });
  if (!response.ok) throw new Error(`search/: ${response.status}`);
  return parse(await response.text());
}

let script = null;

/** The search of a site that is opened from a disk, where browsers load nothing else. */
function searchScript() {
  script ??= new Promise((resolve, reject) => {
    const node = document.createElement("script");
    node.src = new URL("search/index.js", root);
    node.onload = () => resolve(globalThis.offprintSearch);
    node.onerror = () => {
      script = null;
      reject(new Error("search/index.js"));
    };
    document.head.append(node);
  });
  return script;
}

async function load(path) {
  if (globalThis.offprintOnDisk) {
    const text = (await searchScript()).files[path];
    if (text === undefined) throw new Error(path);
    return text;
  }
  const response = await fetch(new URL(`search/${path}`, root));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.text();
}

/**
 * Questions to the index, of which only the last one asked is wanted: an answer
 * that comes late is an answer to something else.
 * @param {HTMLElement} status says that the index is being loaded, where it takes a while
 * @param {DOMStringMap} words
 */
export function questions(status, words) {
  let asked = 0;
  let pause = 0;
  return {
    /** What is on its way is wanted no more. */
    drop() {
      asked += 1;
      clearTimeout(pause);
    },
    /**
     * @param {string} query
     * @param {object} options those of the engine; `named` asks for topics and authors too
     * @param {(found: object) => void} show
     * @param {() => void} fail the index or a part of it could not be loaded
     */
    async ask(query, options, show, fail) {
      const turn = ++asked;
      clearTimeout(pause);
      const patience = setTimeout(() => {
        if (turn === asked) status.textContent = words.loading;
      }, 150);
      try {
        const index = await openSearch();
        const nobody = { topics: [], people: [] };
        const [found, named] = await Promise.all([
          index.search(query, { ...options, meaning: false }),
          // Without them the papers are still an answer.
          options.named ? index.named(query).catch(() => nobody) : nobody,
        ]);
        if (turn !== asked) return;
        // Meaning takes more loading: it is looked for once the reader stops typing.
        if (!found.wanting || found.hits.length > 0) show({ ...found, named });
        if (!found.wanting) return;
        pause = setTimeout(async () => {
          const meant = await index.search(query, options).catch(() => found);
          if (turn === asked) show({ ...meant, named });
        }, PAUSE);
      } catch (error) {
        console.info("search:", error.message);
        if (turn === asked) fail();
      } finally {
        clearTimeout(patience);
      }
    },
  };
}

/**
 * How many were found, in the page's words.
 * @param {number} total
 * @param {string} query
 * @param {DOMStringMap} words
 */
function howMany(total, query, words) {
  if (total === 0) return words.none.replace("{query}", () => query);
  const said = total === 1 ? words.one : words.many;
  return said.replace("{n}", total.toLocaleString(language()));
}

/**
 * What is said above the results: how many there are, what is wrong with the query,
 * and what could not be looked for.
 * @param {HTMLElement} status
 * @param {{ total: number, notes: Array<{ message: string, help: string | null }> }} found
 * @param {string} query
 * @param {DOMStringMap} words
 */
export function tell(status, { total, notes }, query, words) {
  status.textContent = howMany(total, query, words);
  for (const { message, help } of notes) {
    const note = element("span", "note");
    // What stands between backticks is written as it is typed.
    const parts = (help ? `${message}: ${help}` : message).split("`");
    note.append(" ", ...parts.map((part, i) => (i % 2 === 1 ? element("code", "", part) : part)));
    status.append(note);
  }
}

/**
 * Results as items of a list, those that were found by meaning under a heading.
 * @param {{ hits: object[], near: { from: number, to: number } | null }} found
 * @param {DOMStringMap} words
 * @param {(hit: object) => Element} make
 */
export function results({ hits, near }, words, make = result) {
  const items = hits.map(make);
  const heading = (text) => {
    const item = element("li", "found-heading");
    item.append(element("h2", "section-title", text));
    return item;
  };
  if (!near) return items;
  if (near.to < items.length) items.splice(near.to, 0, heading(words.worded));
  if (near.from < items.length) items.splice(near.from, 0, heading(words.near));
  return items;
}

/** A result as an item of a list, like the cards of the site's own lists. */
export function result(hit) {
  const item = element("li", "card");
  if (hit.withdrawn) item.classList.add("is-withdrawn");
  if (hit.date) item.dataset.date = hit.date;
  const [topic, ...others] = hit.topics;
  if (topic) {
    const kicker = element("p", "kicker");
    kicker.append(link(`topics/${encodeURIComponent(topic.id)}/`, topic.name));
    if (others.length > 0) kicker.append(" ", element("span", "", `+${others.length}`));
    item.append(kicker);
  }
  const headline = element("h3", "headline");
  const title = link(hit.url, "");
  title.append(...marked(hit.title, hit.highlights.title));
  headline.append(title);
  item.append(headline);
  const line = byline(hit);
  if (line) item.append(line);
  if (hit.text) {
    const text = element("p", "standfirst");
    text.append(...marked(hit.text, hit.highlights.text));
    item.append(text);
  }
  const acts = element("p", "acts");
  for (const [address, label] of [[hit.pdf, words.pdf], [hit.code, words.code]]) {
    // An address from an index is an address only where it leads to the web.
    if (!label || !/^https?:\/\//.test(address ?? "")) continue;
    const open = element("a", "", label);
    open.href = address;
    acts.append(open, " ");
  }
  if (words.save) {
    const save = element("button", "save", words.save);
    save.hidden = true;
    acts.append(save);
  }
  if (acts.hasChildNodes()) item.append(acts);
  return item;
}

/** Who wrote it, where and when it appeared, and what else is to be known of it. */
export function byline(hit) {
  const line = element("p", "byline");
  const part = (name, text) => {
    if (text) line.append(element(name, "", text), " ");
  };
  if (hit.withdrawn) part("strong", words.withdrawn);
  // One more name takes no more room than the words for it.
  const named = hit.authorCount <= NAMED + 1 ? hit.authors : hit.authors.slice(0, NAMED);
  part("span", named.join(", ") + (hit.authorCount > named.length && words.etAl ? ` ${words.etAl}` : ""));
  const year = hit.year ? String(hit.year) : "";
  part("cite", hit.venue && hasYear(hit.venue) ? hit.venue : `${hit.venue ?? ""} ${year}`.trim());
  part("em", hit.award);
  if (hit.noted && words.notedMany) part("span", (hit.noted === 1 ? words.notedOne : words.notedMany).replace("{n}", hit.noted.toLocaleString(language())));
  return line.hasChildNodes() ? line : null;
}

/** The language of the page, for numbers. */
const language = () => document.documentElement.lang || undefined;

/** Tells other scripts that papers were drawn. */
function announce() {
  document.dispatchEvent(new Event("offprint-papers"));
}

/**
 * Puts results into a list. Who asked for more of them with the keyboard goes on at
 * the first that is new.
 * @param {Element} list
 * @param {Element[]} items
 */
export function fill(list, items) {
  const before = list.contains(document.activeElement) && document.activeElement.closest(".more") ? list.children.length - 1 : -1;
  list.replaceChildren(...items);
  announce();
  list.children[before]?.querySelector(".headline a")?.focus();
}

let later = 0;

/**
 * Writes a query into the address, so that it can be shared. Browsers allow few such
 * writes in a minute, so it waits until the reader stops typing.
 * @param {string} query with its `?`, or nothing
 */
export function writeAddress(query) {
  clearTimeout(later);
  later = setTimeout(() => {
    try {
      history.replaceState(null, "", query || location.pathname);
    } catch {
      // The search works without.
    }
  }, 250);
}

/** The end of a list that goes on: a button. */
export function more(label, act) {
  const item = element("li", "more");
  const button = element("button", "", label);
  button.type = "button";
  button.addEventListener("click", act);
  item.append(button);
  return item;
}

/**
 * Topics and authors whose names were typed, as links, each with what it is.
 * @param {{ topics: Array<{ id: string, name: string }>, people: Array<{ name: string, url: string, papers: number }> }} named
 * @returns {Array<[link: Element, what: string]>}
 */
export function namedLinks({ topics, people }) {
  return [
    ...topics.map(({ id, name }) => [link(`topics/${encodeURIComponent(id)}/`, name), words.topic]),
    ...people.map(({ name, url, papers }) => [link(url, name), `${words.author} · ${papers.toLocaleString(language())}`]),
  ];
}

/** Text with its matched parts in `<mark>`; never HTML. */
export function marked(text, spans) {
  const parts = [];
  let at = 0;
  for (const [start, end] of spans) {
    if (start > at) parts.push(text.slice(at, start));
    parts.push(element("mark", "", text.slice(start, end)));
    at = end;
  }
  parts.push(text.slice(at));
  return parts;
}
