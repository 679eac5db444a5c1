/**
 * The page of saved papers: a reading list with the reader's own notes, tags and
 * order, which can be cited, exported, and carried to another browser.
 */

import { element, hasYear } from "./elements.js";
import { csvOf, gather, keepOnly, nameOf, risOf } from "./facts.js";
import { addressOf, root } from "./root.js";
import { changeShelf, openShelf, sound, soundNote, soundTags } from "./shelf.js";

/** What a file begins with; the first form had no notes, and is read as well. */
const FORMATS = ["offprint-shelf-2", "offprint-shelf-1"];
/** A file that is larger is no list of papers. */
const LARGEST_FILE = 20_000_000;
/** How many authors a line names. */
const AUTHORS = 3;

const page = document.getElementById("op-shelf");
const words = page.dataset;
const list = page.querySelector("ol");
const said = page.querySelector("[role='status']");
const tools = page.querySelector(".shelf-tools");
const tagBar = page.querySelector(".shelf-tags");
const sorting = page.querySelector("select");
const copyButton = page.querySelector("[data-copy]");
/** Every saved paper's facts, as far as they are known. */
const known = new Map();
let tag = "";
/** The paper whose note and tags are open. */
let open = "";

const titles = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true });
const ORDERS = {
  own: () => 0,
  title: ([, one], [, other]) => titles.compare(one.title, other.title),
  year: ([one], [other]) => (known.get(other)?.year ?? "").localeCompare(known.get(one)?.year ?? ""),
};

let begun = false;
try {
  localStorage.setItem(`offprint-try:${root.pathname}`, "1");
  localStorage.removeItem(`offprint-try:${root.pathname}`);
  begun = true;
} catch {
  say(words.full);
}
if (begun) begin();

function begin() {
  for (const part of page.querySelectorAll("[data-later]")) part.hidden = false;
  sorting.addEventListener("change", draw);
  copyButton.addEventListener("click", () => copy());
  page.querySelector("[data-bib]").addEventListener("click", () => save("bib", "application/x-bibtex", bibliography()));
  page.querySelector("[data-ris]").addEventListener("click", () => save("ris", "application/x-research-info-systems", ris()));
  page.querySelector("[data-csv]").addEventListener("click", () => save("csv", "text/csv", csv()));
  page.querySelector("[data-export]").addEventListener("click", exportAll);
  const chosen = page.querySelector("[type='file']");
  page.querySelector("[data-import]").addEventListener("click", () => chosen.click());
  chosen.addEventListener("change", async () => {
    const file = chosen.files[0];
    if (!file) return;
    const given = file.size <= LARGEST_FILE ? shelfOf(await file.text()) : null;
    chosen.value = "";
    if (given) take(given);
    else say(words.bad);
  });
  page.querySelector("[data-forget]").addEventListener("click", forget);
  addEventListener("storage", refresh);
  addEventListener("pageshow", refresh);
  refresh();
}

/** The saved papers, the newest first unless the reader put them in another order. */
function saved() {
  return [...openShelf().saved].reverse();
}

/** Those that are shown, in the order in which they are. */
function shown() {
  const all = saved().filter(([, entry]) => !tag || entry.tags?.includes(tag));
  return all.sort(ORDERS[sorting.value] ?? ORDERS.own);
}

/** Draws what is kept, and asks for what is not known of it. */
function refresh() {
  draw();
  const missing = saved().map(([path]) => path).filter((path) => !known.has(path));
  if (missing.length === 0) return;
  gather(missing, (path, facts) => {
    known.set(path, facts);
    const item = list.querySelector(`[data-path="${CSS.escape(path)}"] .byline`);
    if (item) item.replaceWith(byline(path));
  }).then(() => {
    if (sorting.value === "year") draw();
  });
}

function say(text) {
  said.textContent = text;
}

function alter(act) {
  const kept = changeShelf(act);
  draw();
  if (!kept) say(words.full);
  return kept !== null;
}

function draw() {
  const all = saved();
  const tags = new Map();
  for (const [, entry] of all) for (const own of entry.tags ?? []) tags.set(own, (tags.get(own) ?? 0) + 1);
  if (!tags.has(tag)) tag = "";
  list.replaceChildren(...shown().map(item));
  say(all.length === 0 ? words.none : "");
  tools.hidden = all.length === 0;
  for (const part of page.querySelectorAll("[data-export], [data-forget]")) part.disabled = all.length === 0 && openShelf().read.size === 0;
  sorting.closest("label").hidden = all.length < 2;
  const sorted = [...tags].sort(([one], [other]) => titles.compare(one, other));
  tagBar.hidden = sorted.length === 0;
  tagBar.replaceChildren(...sorted.map(([own, count]) => {
    const button = element("button", "chip", own);
    button.type = "button";
    button.setAttribute("aria-pressed", String(own === tag));
    button.append(" ", element("span", "count", String(count)));
    button.addEventListener("click", () => {
      tag = own === tag ? "" : own;
      draw();
      [...tagBar.children].find((other) => other.firstChild.data === own)?.focus();
    });
    return button;
  }));
}

/** A paper as an item of the list. */
function item([path, entry], place, all) {
  const node = element("li", "card");
  node.dataset.path = path;
  const headline = element("h2", "headline");
  const link = element("a", "", entry.title);
  link.href = addressOf(path);
  headline.append(link);
  node.append(headline, byline(path));
  if (entry.note && open !== path) node.append(element("p", "own-note", entry.note));
  const acts = element("p", "shelf-acts");
  for (const own of entry.tags ?? []) acts.append(element("span", "chip", own), " ");
  const act = (name, label, run) => {
    const button = element("button", "", label);
    button.type = "button";
    button.dataset.act = name;
    button.setAttribute("aria-label", `${label}: ${entry.title}`);
    button.addEventListener("click", run);
    acts.append(button, " ");
    return button;
  };
  act("edit", entry.note || entry.tags ? words.edit : words.annotate, () => edit(path)).setAttribute("aria-expanded", String(open === path));
  if (sorting.value === "own" && !tag && all.length > 1) {
    for (const [name, arrow, by, last] of [["up", "↑", 1, 0], ["down", "↓", -1, all.length - 1]]) {
      const button = act(name, words[name], () => move(path, by));
      button.disabled = place === last;
      button.textContent = arrow;
      button.title = words[name];
    }
  }
  act("remove", words.remove, () => remove(path));
  node.append(acts);
  if (open === path) node.append(form(path, entry));
  return node;
}

/** Who wrote it, where and when it appeared. */
function byline(path) {
  const facts = known.get(path);
  const line = element("p", "byline");
  if (!facts) return line;
  const names = facts.authors.slice(0, AUTHORS).map(nameOf);
  const more = facts.authors.length - names.length;
  const authors = names.join(", ") + (more > 0 ? ` ${words.more.replace("{n}", String(more))}` : "");
  const appeared = hasYear(facts.venue) ? facts.venue : `${facts.venue} ${facts.year}`.trim();
  if (authors) line.append(element("span", "", authors), " ");
  if (appeared) line.append(element("cite", "", appeared), " ");
  if (/^https?:\/\//.test(facts.pdf)) {
    const pdf = element("a", "", "PDF");
    pdf.href = facts.pdf;
    const part = element("span");
    part.append(pdf);
    line.append(part);
  }
  return line;
}

/** Where the reader writes a note and tags. */
function form(path, entry) {
  const node = element("form", "annotate");
  const field = (name, label, box, value) => {
    const whole = element("label", "", label);
    box.name = name;
    box.value = value;
    whole.append(box);
    node.append(whole);
    return box;
  };
  const note = field("note", words.note, document.createElement("textarea"), entry.note ?? "");
  note.rows = 3;
  note.maxLength = 2000;
  field("tags", words.tags, document.createElement("input"), (entry.tags ?? []).join(", ")).maxLength = 500;
  const done = element("button", "", words.done);
  done.type = "submit";
  node.append(done);
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    open = "";
    alter(({ saved }) => {
      const now = saved.get(path);
      if (!now) return;
      now.note = soundNote(node.note.value);
      now.tags = soundTags(node.tags.value.split(","));
    });
    focusOn(path, "edit");
  });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    open = "";
    draw();
    focusOn(path, "edit");
  });
  return node;
}

function focusOn(path, act) {
  const node = list.querySelector(`[data-path="${CSS.escape(path)}"]`);
  (node?.querySelector(`[data-act="${act}"]:not(:disabled)`) ?? node?.querySelector("[data-act]"))?.focus();
}

function edit(path) {
  open = open === path ? "" : path;
  draw();
  if (open) list.querySelector("textarea").focus();
  else focusOn(path, "edit");
}

/** Moves a paper by a place. The shelf has the newest last. */
function move(path, by) {
  alter((shelf) => {
    const all = [...shelf.saved];
    const at = all.findIndex(([other]) => other === path);
    const to = at + by;
    if (at < 0 || to < 0 || to >= all.length) return;
    [all[at], all[to]] = [all[to], all[at]];
    shelf.saved = new Map(all);
  });
  focusOn(path, by > 0 ? "up" : "down");
}

function remove(path) {
  const after = list.querySelector(`[data-path="${CSS.escape(path)}"]`)?.nextElementSibling?.dataset.path;
  alter(({ saved }) => saved.delete(path));
  if (after) focusOn(after, "remove");
  else (list.querySelector("button") ?? page.querySelector("[data-import]")).focus();
}

/** The citations of the papers that are shown; says how many are missing. */
function bibliography() {
  return each((facts) => facts?.bibtex && `${facts.bibtex}\n`).join("\n");
}

function ris() {
  return each((facts, [path]) => facts && risOf(facts, facts.url || addressOf(path).href)).join("");
}

function each(write) {
  const papers = shown();
  const written = papers.map((paper) => write(known.get(paper[0]), paper)).filter(Boolean);
  const missing = papers.length - written.length;
  if (missing > 0) say(words.uncited.replace("{n}", String(missing)));
  return written;
}

function csv() {
  const rows = shown().map(([path, { title, at, note, tags }]) => {
    const facts = known.get(path);
    const authors = (facts?.authors ?? []).map(nameOf).join("; ");
    return [title, authors, facts?.venue ?? "", facts?.year ?? "", facts?.doi ?? "", facts?.arxiv ?? "", facts?.url || addressOf(path).href, facts?.pdf ?? "", (tags ?? []).join("; "), note ?? "", at.slice(0, 10)];
  });
  return csvOf([["title", "authors", "venue", "year", "doi", "arxiv", "url", "pdf", "tags", "note", "saved"], ...rows]);
}

async function copy() {
  const text = bibliography();
  if (!text) return;
  const label = copyButton.dataset.label ??= copyButton.textContent;
  try {
    await navigator.clipboard.writeText(text);
    copyButton.textContent = `✓ ${label}`;
    setTimeout(() => { copyButton.textContent = label; }, 2000);
  } catch {
    // A browser that lets nothing be copied lets it be saved.
    save("bib", "application/x-bibtex", text);
  }
}

function save(ending, type, text) {
  if (!text) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  link.download = `saved-papers.${ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href));
}

/** Everything, so that another browser can have it. */
function exportAll() {
  const { saved, read } = openShelf();
  const papers = [...saved].map(([path, entry]) => {
    const facts = known.get(path);
    return [path, { ...entry, url: facts?.url || addressOf(path).href, authors: (facts?.authors ?? []).map(nameOf), venue: facts?.venue ?? "", year: facts?.year ?? "", bibtex: facts?.bibtex ?? "" }];
  });
  const kept = { format: FORMATS[0], site: root.href, saved: Object.fromEntries(papers), read: Object.fromEntries(read) };
  save("json", "application/json", JSON.stringify(kept, null, 2));
}

/** What a file of saved papers holds; what is none of this site is left out. */
function shelfOf(text) {
  try {
    const given = JSON.parse(text);
    return FORMATS.includes(given?.format) ? sound(given) : null;
  } catch {
    return null;
  }
}

/** Adds what a file holds: papers that are not here, and what the reader said of those that are. */
function take(given) {
  let added = 0;
  const kept = alter((shelf) => {
    for (const [path, entry] of given.saved) {
      const own = shelf.saved.get(path);
      if (!own) {
        shelf.saved.set(path, entry);
        added += 1;
        continue;
      }
      own.note ||= entry.note;
      own.tags = soundTags([...(own.tags ?? []), ...(entry.tags ?? [])]);
    }
    for (const [path, at] of given.read) if (!shelf.read.has(path)) shelf.read.set(path, at);
  });
  if (!kept) return;
  refresh();
  say((added === 1 ? words.importedOne : words.imported).replace("{n}", String(added)));
}

function forget() {
  if (!confirm(words.sure)) return;
  alter((shelf) => {
    shelf.saved.clear();
    shelf.read.clear();
    shelf.newest = "";
    shelf.since = "";
  });
  keepOnly(new Set());
}
