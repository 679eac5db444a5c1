/**
 * The shelf: what a reader saved and read, and when they were here last. It is kept
 * in this browser and sent nowhere; where the browser keeps nothing, nothing shows.
 */

import { dayText } from "./dates.js";

/** The root of the site; this module stands in it. */
const root = new URL("./", import.meta.url);
const KEY = `offprint:${root.pathname}`;
/** Reading on within so many hours is one visit. */
const VISIT_HOURS = 6;
const FORMAT = "offprint-shelf-1";

/**
 * @typedef {object} Shelf
 * @property {Record<string, { title: string, at: string }>} saved by the path of the paper
 * @property {Record<string, string>} read when, by the path of the paper
 * @property {string} [newest] the newest day of listing that was seen
 * @property {string} [since] the same, as it was at the end of the last visit
 * @property {number} [at] when a page was last opened
 */

/** @returns {Shelf | null} nothing where the browser keeps nothing */
function open() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    // A storage that is full or forbidden says so when it is written to.
    localStorage.setItem(KEY, JSON.stringify(kept));
    return { ...kept, saved: kept.saved ?? {}, read: kept.read ?? {} };
  } catch {
    return null;
  }
}

/** @param {Shelf} shelf */
function keep(shelf) {
  try {
    localStorage.setItem(KEY, JSON.stringify(shelf));
  } catch {
    // A full storage keeps what it has.
  }
}

/** The path of a page within the site. */
const pathOf = (address) => new URL(address, location.href).pathname.slice(root.pathname.length);

const shelf = open();
if (shelf) {
  const cards = [...document.querySelectorAll(".card")];
  visit(cards);
  for (const card of cards) {
    const link = card.querySelector(".headline a");
    card.classList.toggle("is-read", link !== null && pathOf(link.href) in shelf.read);
  }
  const paper = document.querySelector("article.paper[data-save]");
  if (paper) offerToSave(paper);
  const page = document.getElementById("shelf");
  if (page) show(page);
}

/** Marks what was listed since the last visit. */
function visit(cards) {
  const now = Date.now();
  if (now - (shelf.at ?? 0) > VISIT_HOURS * 3_600_000) shelf.since = shelf.newest;
  shelf.at = now;
  const fresh = cards.filter((card) => shelf.since && card.dataset.date > shelf.since);
  for (const card of cards) {
    if (card.dataset.date && !(shelf.newest >= card.dataset.date)) shelf.newest = card.dataset.date;
  }
  keep(shelf);
  const words = document.body.dataset;
  // A line that is there already, so that nothing moves.
  const line = document.querySelector(".front-head .section-title, .page-head .facts");
  if (!line || !words.new || fresh.length === 0) return;
  for (const card of fresh) {
    const mark = document.createElement("span");
    mark.className = "hidden";
    mark.textContent = `${words.new}: `;
    card.querySelector(".headline").prepend(mark);
    card.classList.add("is-new");
  }
  const said = document.createElement("span");
  said.className = "count";
  said.textContent = (fresh.length === 1 ? words.newOne : words.newMany).replace("{n}", String(fresh.length));
  line.append(" ", said);
}

/** A button on the page of a paper, which is marked as read. */
function offerToSave(paper) {
  const path = pathOf(location.href);
  shelf.read[path] ??= new Date().toISOString();
  keep(shelf);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "save";
  const say = () => {
    const is = path in shelf.saved;
    button.textContent = is ? `✓ ${paper.dataset.saved}` : paper.dataset.save;
    button.setAttribute("aria-pressed", String(is));
  };
  button.addEventListener("click", () => {
    Object.assign(shelf, open() ?? {});
    if (path in shelf.saved) delete shelf.saved[path];
    else shelf.saved[path] = { title: document.querySelector("meta[property='og:title']").content, at: new Date().toISOString() };
    keep(shelf);
    say();
  });
  say();
  // Within a line that is there, so that nothing moves.
  paper.querySelector(".paper-head .facts").append(button);
}

/** The page of saved papers. */
function show(page) {
  const words = page.dataset;
  const list = page.querySelector("ol");
  const said = page.querySelector("[role='status']");
  const draw = () => {
    const saved = Object.entries(shelf.saved).sort(([, one], [, other]) => (one.at < other.at ? 1 : -1));
    list.replaceChildren(...saved.map(([path, { title, at }]) => item(path, title, at)));
    said.textContent = saved.length === 0 ? words.none : "";
    page.querySelector("[data-export]").disabled = saved.length === 0 && Object.keys(shelf.read).length === 0;
  };

  function item(path, title, at) {
    const entry = document.createElement("li");
    const link = document.createElement("a");
    link.href = new URL(path, root);
    link.textContent = title;
    const headline = document.createElement("h2");
    headline.className = "headline";
    headline.append(link);
    const line = document.createElement("p");
    line.className = "byline";
    const day = new Date(at);
    if (!Number.isNaN(day.getTime())) line.append(`${words.on} ${dayText(day)} `);
    const remove = document.createElement("button");
    remove.type = "button";
    remove.textContent = words.remove;
    remove.setAttribute("aria-label", `${words.remove}: ${title}`);
    remove.addEventListener("click", () => {
      delete shelf.saved[path];
      keep(shelf);
      draw();
      page.querySelector("ol button, [data-import]").focus();
    });
    line.append(remove);
    entry.className = "card";
    entry.append(headline, line);
    return entry;
  }

  page.querySelector("[data-export]").addEventListener("click", () => {
    const { saved, read } = shelf;
    const text = JSON.stringify({ format: FORMAT, site: root.href, saved, read }, null, 2);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = "saved-papers.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href));
  });
  const chosen = page.querySelector("[type='file']");
  page.querySelector("[data-import]").addEventListener("click", () => chosen.click());
  chosen.addEventListener("change", async () => {
    const file = chosen.files[0];
    if (!file) return;
    const before = Object.keys(shelf.saved).length;
    const took = take(await file.text());
    keep(shelf);
    draw();
    const n = Object.keys(shelf.saved).length - before;
    said.textContent = took ? words.imported.replace("{n}", String(n)) : words.bad;
    chosen.value = "";
  });
  page.querySelector("[data-forget]").addEventListener("click", () => {
    Object.assign(shelf, { saved: {}, read: {}, newest: undefined, since: undefined });
    keep(shelf);
    draw();
  });
  page.querySelector(".shelf-tools").hidden = false;
  draw();
}

/** Takes what a file of saved papers holds; what is none of this site is left out. */
function take(text) {
  let given;
  try {
    given = JSON.parse(text);
  } catch {
    return false;
  }
  if (given?.format !== FORMAT || typeof given.saved !== "object" || given.saved === null) return false;
  const isHere = (path) => /^papers\/[^/?#\\]+\/$/.test(path);
  for (const [path, entry] of Object.entries(given.saved)) {
    if (!isHere(path) || typeof entry?.title !== "string") continue;
    shelf.saved[path] ??= { title: entry.title.slice(0, 500), at: String(entry.at) };
  }
  for (const [path, at] of Object.entries(given.read ?? {})) {
    if (isHere(path)) shelf.read[path] ??= String(at);
  }
  return true;
}
