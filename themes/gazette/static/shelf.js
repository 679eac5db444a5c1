/**
 * The shelf: what a reader saved and read, and when they were here last. It is kept
 * in this browser and sent nowhere; where the browser keeps nothing, nothing shows.
 */

import { dayText } from "./dates.js";
import { addressOf, root } from "./root.js";

const KEY = `offprint:${root.pathname}`;
/** Reading on within so many hours is one visit. */
const VISIT_HOURS = 6;
const FORMAT = "offprint-shelf-1";
const LONGEST_TITLE = 500;

/**
 * @typedef {object} Shelf
 * @property {Map<string, { title: string, at: string }>} saved by the path of the paper
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
function open() {
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(KEY));
  } catch {
    // What cannot be read is nothing.
  }
  return sound(kept);
}

/** @returns {Shelf} */
function sound(kept) {
  const entries = (part) => (typeof part === "object" && part !== null && !Array.isArray(part) ? Object.entries(part) : []);
  const given = typeof kept === "object" && kept !== null ? kept : {};
  const isHere = (path) => /^papers\/[^/?#\\]+\/$/.test(path) && !/\/\.{1,2}\/$/.test(path);
  const day = (text) => (/^\d{4}-\d\d-\d\d$/.test(text) && text <= today() ? text : "");
  return {
    saved: new Map(entries(given.saved)
      .filter(([path, entry]) => isHere(path) && typeof entry?.title === "string")
      .map(([path, { title, at }]) => [path, { title: title.slice(0, LONGEST_TITLE), at: String(at) }])),
    read: new Map(entries(given.read).filter(([path]) => isHere(path)).map(([path, at]) => [path, String(at)])),
    newest: day(given.newest),
    since: day(given.since),
    at: Math.min(Number(given.at) || 0, Date.now()),
  };
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
function change(act) {
  const shelf = open();
  act(shelf);
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

const cards = [...document.querySelectorAll(".card, .row")];
const shelf = visit();
if (shelf) {
  mark(shelf);
  const paper = document.querySelector("article.paper[data-save]");
  if (paper) noteReading();
  offerToSave();
  const page = document.getElementById("op-shelf");
  if (page) show(page);
}

/** Notes that the reader is here, and what they see. */
function visit() {
  const days = cards.map((card) => card.dataset.date ?? "").filter((day) => day <= today());
  return change((shelf) => {
    const now = Date.now();
    if (now - shelf.at > VISIT_HOURS * 3_600_000) shelf.since = shelf.newest;
    shelf.at = now;
    for (const day of days) if (day > shelf.newest) shelf.newest = day;
  });
}

/** Marks what was read, and what was listed since the last visit. */
function mark(shelf) {
  for (const card of cards) {
    const link = card.querySelector(".headline a, :scope > a");
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

/** The page of a paper is marked as read. */
function noteReading() {
  const path = pathOf(location.href);
  change(({ read }) => {
    if (!read.has(path)) read.set(path, new Date().toISOString());
  });
}

/** Makes the buttons of cards, and that of the page of a paper, work. */
function offerToSave() {
  for (const button of document.querySelectorAll("button.save[hidden], [hidden] > button.save")) {
    const link = button.closest(".card")?.querySelector(".headline a");
    const path = pathOf(link ? link.href : location.href);
    const title = () => (link ? link.textContent.trim() : document.querySelector("meta[property='og:title']").content);
    button.type = "button";
    if (link) button.setAttribute("aria-label", `${button.textContent}: ${title()}`);
    const say = () => {
      const is = open().saved.has(path);
      button.setAttribute("aria-pressed", String(is));
      button.classList.toggle("is-saved", is);
    };
    button.addEventListener("click", async () => {
      const kept = change(({ saved }) => {
        if (!saved.delete(path)) saved.set(path, { title: title(), at: new Date().toISOString() });
      });
      say();
      if (!kept) {
        button.removeAttribute("aria-label");
        button.textContent = await wordOfShelf("full");
      }
    });
    addEventListener("storage", say);
    addEventListener("pageshow", say);
    say();
    button.hidden = false;
    if (!link) button.parentElement.hidden = false;
  }
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

/** The page of saved papers. */
function show(page) {
  const words = page.dataset;
  const list = page.querySelector("ol");
  const said = page.querySelector("[role='status']");
  const draw = () => {
    const shelf = open();
    const saved = [...shelf.saved].sort(([, one], [, other]) => (one.at < other.at ? 1 : -1));
    list.replaceChildren(...saved.map(([path, { title, at }]) => item(path, title, at)));
    said.textContent = saved.length === 0 ? words.none : "";
    page.querySelector("[data-export]").disabled = saved.length + shelf.read.size === 0;
  };
  const alter = (act) => {
    const kept = change(act);
    draw();
    if (!kept) said.textContent = words.full;
    return kept !== null;
  };

  function item(path, title, at) {
    const entry = document.createElement("li");
    const link = document.createElement("a");
    link.href = addressOf(path);
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
      alter(({ saved }) => saved.delete(path));
      page.querySelector("ol button, [data-import]").focus();
    });
    line.append(remove);
    entry.className = "card";
    entry.append(headline, line);
    return entry;
  }

  page.querySelector("[data-export]").addEventListener("click", () => {
    const { saved, read } = open();
    const kept = { format: FORMAT, site: root.href, saved: Object.fromEntries(saved), read: Object.fromEntries(read) };
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(kept, null, 2)], { type: "application/json" }));
    link.download = "saved-papers.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href));
  });
  const chosen = page.querySelector("[type='file']");
  page.querySelector("[data-import]").addEventListener("click", () => chosen.click());
  chosen.addEventListener("change", async () => {
    const file = chosen.files[0];
    if (!file) return;
    const given = shelfOf(await file.text());
    chosen.value = "";
    if (!given) {
      said.textContent = words.bad;
      return;
    }
    let added = 0;
    const kept = alter(({ saved, read }) => {
      for (const [path, entry] of given.saved) {
        if (saved.has(path)) continue;
        saved.set(path, entry);
        added += 1;
      }
      for (const [path, at] of given.read) if (!read.has(path)) read.set(path, at);
    });
    if (kept) said.textContent = words.imported.replace("{n}", String(added));
  });
  page.querySelector("[data-forget]").addEventListener("click", () => {
    if (!confirm(words.sure)) return;
    alter((shelf) => {
      shelf.saved.clear();
      shelf.read.clear();
      shelf.newest = "";
      shelf.since = "";
    });
  });
  addEventListener("storage", draw);
  addEventListener("pageshow", draw);
  page.querySelector(".shelf-tools").hidden = false;
  draw();
}

/** What a file of saved papers holds; what is none of this site is left out. */
function shelfOf(text) {
  try {
    const given = JSON.parse(text);
    return given?.format === FORMAT ? sound(given) : null;
  } catch {
    return null;
  }
}
