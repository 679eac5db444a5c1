/**
 * The shelf: what a reader saved and read, and when they were here last. It is kept
 * in this browser and sent nowhere; where the browser keeps nothing, nothing shows.
 */

import { addressOf, root } from "./root.js";
import { factsOf, keepFacts } from "./facts.js";
import { noteRead } from "./taste.js";

const KEY = `offprint:${root.pathname}`;
/** Reading on within so many hours is one visit. */
const VISIT_HOURS = 6;
/** What a shelf holds at most, so that it fits into what browsers keep. */
const MOST = { saved: 1000, read: 10_000, tags: 12 };
const LONGEST = { title: 500, note: 2000, tag: 40 };

/**
 * @typedef {object} Saved a paper that was saved
 * @property {string} title
 * @property {string} at when
 * @property {string} [note] the reader's own words
 * @property {string[]} [tags] the reader's own, sorted
 *
 * @typedef {object} Shelf
 * @property {Map<string, Saved>} saved by the path of the paper, in the reader's order
 * @property {Map<string, string>} read when, by the path of the paper
 * @property {string} newest the newest day of listing that was seen
 * @property {string} since the same, as it was at the end of the last visit
 * @property {number} at when a page was last opened
 */

/**
 * The shelf as it is now: another tab may have changed it. Other sites of the same
 * host can write there too, so only what is sound is taken.
 * @returns {Shelf}
 */
export function openShelf() {
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(KEY));
  } catch {
    // What cannot be read is nothing.
  }
  return sound(kept);
}

/**
 * What of some data is a shelf.
 * @returns {Shelf}
 */
export function sound(kept) {
  const entries = (part) => (typeof part === "object" && part !== null && !Array.isArray(part) ? Object.entries(part) : []);
  const given = typeof kept === "object" && kept !== null ? kept : {};
  const isHere = (path) => /^papers\/[^/?#\\]{1,200}\/$/.test(path) && !/\/\.{1,2}\/$/.test(path);
  const day = (text) => (/^\d{4}-\d\d-\d\d$/.test(text) && text <= today() ? text : "");
  return {
    saved: new Map(entries(given.saved)
      .filter(([path, entry]) => isHere(path) && typeof entry?.title === "string")
      .slice(0, MOST.saved)
      .map(([path, entry]) => [path, soundEntry(entry)])),
    read: new Map(entries(given.read).filter(([path]) => isHere(path)).slice(-MOST.read).map(([path, at]) => [path, moment(at)])),
    newest: day(given.newest),
    since: day(given.since),
    at: Math.min(Number(given.at) || 0, Date.now()),
  };
}

/** @returns {Saved} */
function soundEntry({ title, at, note, tags }) {
  const entry = { title: title.slice(0, LONGEST.title), at: moment(at) };
  const words = soundNote(note);
  if (words) entry.note = words;
  const own = soundTags(tags);
  if (own.length > 0) entry.tags = own;
  return entry;
}

/** When something was, as it is kept; nothing where that is no moment. */
function moment(at) {
  return typeof at === "string" && at.length <= 30 && !Number.isNaN(Date.parse(at)) ? at : "";
}

/** A note as it is kept. */
export function soundNote(note) {
  return typeof note === "string" ? note.trim().slice(0, LONGEST.note) : "";
}

/** Tags as they are kept: each once, in order, none too long. */
export function soundTags(tags) {
  if (!Array.isArray(tags)) return [];
  const own = tags.filter((tag) => typeof tag === "string").map((tag) => tag.replace(/[\s,]+/g, " ").trim().slice(0, LONGEST.tag));
  return [...new Set(own.filter(Boolean))].slice(0, MOST.tags).sort((one, other) => one.localeCompare(other));
}

/** Today, or the day after in the east: no paper was listed later. */
function today() {
  return new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
}

/**
 * Changes the shelf. Gives what it is then, or nothing where the browser does not
 * keep it.
 * @param {(shelf: Shelf) => void} act
 */
export function changeShelf(act) {
  const shelf = openShelf();
  act(shelf);
  if (shelf.saved.size > MOST.saved) return null;
  const { saved, read, ...rest } = shelf;
  try {
    localStorage.setItem(KEY, JSON.stringify({ saved: Object.fromEntries(saved), read: Object.fromEntries(read), ...rest }));
    return shelf;
  } catch {
    return null;
  }
}

/** The path of a page within the site. */
const pathOf = (address) => new URL(address, location.href).pathname.slice(root.pathname.length).replace(/index\.html$/, "");

const cards = [...document.querySelectorAll(".card, .rows > li")];
const shelf = visit();
if (shelf) {
  mark(shelf);
  for (const card of cards) if (card.matches("li")) offerRow(card);
  const paper = document.querySelector("article.paper[data-save]");
  if (paper) noteReading();
  showSaved();
  document.addEventListener("click", onClick);
  // Scripts that draw papers say so.
  document.addEventListener("offprint-papers", showSaved);
  addEventListener("storage", showSaved);
  addEventListener("pageshow", showSaved);
}

/** Notes that the reader is here, and what they see. */
function visit() {
  const days = cards.map((card) => card.dataset.date ?? "").filter((day) => day <= today());
  return changeShelf((shelf) => {
    const now = Date.now();
    if (now - shelf.at > VISIT_HOURS * 3_600_000) shelf.since = shelf.newest;
    shelf.at = now;
    for (const day of days) if (day > shelf.newest) shelf.newest = day;
  });
}

/** The link of a card or a row to its paper. */
function linkOf(card) {
  return card?.querySelector(".headline a, :scope > a") ?? null;
}

/** Marks what was read, and what was listed since the last visit. */
function mark(shelf) {
  for (const card of cards) {
    const link = linkOf(card);
    card.classList.toggle("is-read", link !== null && shelf.read.has(pathOf(link.href)));
  }
  const fresh = cards.filter((card) => shelf.since && card.dataset.date > shelf.since);
  const words = document.body.dataset;
  // A line that is there already, so that nothing moves.
  const line = document.querySelector(".front-head .section-title, .page-head .facts");
  if (!line || !words.new || fresh.length === 0) return;
  for (const card of fresh) {
    const said = document.createElement("span");
    said.className = "hidden";
    said.textContent = `${words.new}: `;
    card.querySelector(".headline").prepend(said);
    card.classList.add("is-new");
  }
  const said = document.createElement("span");
  said.className = "count";
  said.textContent = (fresh.length === 1 ? words.newOne : words.newMany).replace("{n}", String(fresh.length));
  line.append(" ", said);
}

/**
 * A button on a row, in a corner that is kept free for it. Cards and the pages of
 * papers have their own.
 */
function offerRow(row) {
  const label = document.body.dataset.save;
  if (!label || row.querySelector("button.save") || !linkOf(row)) return;
  const button = document.createElement("button");
  button.className = "save";
  button.textContent = label;
  row.append(button);
}

/** The page of a paper is marked as read. */
function noteReading() {
  const path = pathOf(location.href);
  changeShelf(({ read }) => {
    if (!read.has(path)) read.set(path, new Date().toISOString());
  });
  if (openShelf().saved.has(path)) keepFacts(path, factsOf(document));
  if (document.querySelector("article.paper").dataset.meaning) noteRead(path, factsOf(document));
}

/**
 * The paper that a button saves: the one it names, that of the card or row around it, or that of
 * the page.
 */
function paperOf(button) {
  const link = linkOf(button.closest(".card, .rows > li"));
  const path = button.dataset.save ?? pathOf(link ? link.href : location.href);
  const title = link ? link.textContent : document.querySelector("meta[property='og:title']")?.content;
  return { path, title: (title ?? path).trim().slice(0, LONGEST.title), isListed: link !== null };
}

/** Shows on all buttons of the page what is saved. */
function showSaved() {
  const { saved } = openShelf();
  for (const button of document.querySelectorAll("button.save")) {
    const { path, title, isListed } = paperOf(button);
    const is = saved.has(path);
    button.type = "button";
    button.setAttribute("aria-pressed", String(is));
    button.classList.toggle("is-saved", is);
    if (isListed && !button.hasAttribute("aria-label")) button.setAttribute("aria-label", `${button.textContent}: ${title}`);
    button.hidden = false;
    if (!isListed) button.parentElement.hidden = false;
  }
}

async function onClick(event) {
  const button = event.target.closest?.("button.save");
  if (!button) return;
  const { path, title } = paperOf(button);
  let now = false;
  const kept = changeShelf(({ saved }) => {
    if (saved.delete(path)) return;
    now = true;
    saved.set(path, { title, at: new Date().toISOString() });
  });
  showSaved();
  if (!kept) {
    button.removeAttribute("aria-label");
    button.textContent = await wordOfShelf("full");
    return;
  }
  // The page that says all of it is open; later it would have to be fetched.
  if (now && pathOf(location.href) === path) keepFacts(path, factsOf(document));
}

/** A word that the page of saved papers has, and few readers ever see elsewhere. */
async function wordOfShelf(name) {
  const address = addressOf("saved/");
  try {
    const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
    return page.getElementById("op-shelf").dataset[name];
  } catch {
    // That page says it as well, and there is something to be done about it.
    location.assign(address);
    return "";
  }
}
