/**
 * The page "For you": new papers, ranked by what the reader saved, read and said here,
 * each with a reason; and all that the ranking goes by, which can be taken back.
 */

import { element, link } from "./elements.js";
import { ask } from "./facts.js";
import { complete, inTurn, isKnown, loadOffer, reasonParts, seedsNow } from "./for-you-data.js";
import { folded, rank } from "./for-you-rank.js";
import { openShelf } from "./shelf.js";
import { changeTaste, forgetTaste, openTaste, signalOf } from "./taste.js";

/** How many papers are shown at first, and how many more at a time. */
const SHOWN = 20;
/** A larger file is no list of references. */
const LARGEST_FILE = 20_000_000;

const page = document.getElementById("op-for-you");
const words = page.dataset;
const list = page.querySelector("ol");
const status = page.querySelector("[role='status']");
const notes = page.querySelector(".for-you-notes");
const select = page.querySelector("select");
const basis = page.querySelector(".basis");
const libraryStatus = page.querySelector("[data-library-status]");
const offers = [...select.options].map((option) => ({ file: option.value, date: option.dataset.date ?? "", name: option.textContent }));

/** What is ranked now: the papers of the chosen files, each once. */
let offered = { papers: [], isLasting: true, width: 64, cut: [] };
/** Whether they are to be loaded, being loaded, or there. */
let state = "waiting";
let shown = SHOWN;
let withMuted = false;
/** Which choice was the last: what is loaded for another comes too late. */
let turn = 0;
/** What was last said by the reader, and how it is taken back. */
let undo = null;
/** Whether files that tell of the library are being looked up. */
let reading = 0;

const number = (n) => n.toLocaleString(document.documentElement.lang || undefined);
const filled = (pattern, fields) => pattern.replace(/\{(\w+)\}/g, (whole, name) => (name in fields ? String(fields[name]) : whole));

begin();

function begin() {
  const since = openShelf().since;
  const fresh = offers.filter(({ date }) => since && date > since);
  const add = (value, text, before) => {
    const option = element("option", "", text);
    option.value = value;
    select.insertBefore(option, before);
  };
  if (fresh.length > 0) add("new", words.new, select.options[0]);
  if (offers.length > 1) add("all", words.all, null);
  select.value = fresh.length > 0 ? "new" : offers[0].file;
  select.addEventListener("change", () => {
    shown = SHOWN;
    load();
  });
  for (const part of page.querySelectorAll("[data-later]")) part.hidden = false;
  page.querySelector("[data-forget]").addEventListener("click", forget);
  beginLibrary();
  basis.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const input = event.target.mute;
    if (mute(input.value)) input.value = "";
  });
  addEventListener("storage", draw);
  addEventListener("pageshow", (event) => {
    if (event.persisted) draw();
  });
  load();
}

/** The files of the choice that is made. */
function chosen() {
  const since = openShelf().since;
  if (select.value === "all") return offers;
  if (select.value === "new") return offers.filter(({ date }) => date > since);
  return offers.filter(({ file }) => file === select.value);
}

/** Loads what is to be ranked, and shows it. */
async function load() {
  const own = ++turn;
  if (!isKnown()) {
    draw();
    return;
  }
  state = "loading";
  status.textContent = words.loading;
  const wanted = chosen();
  const files = await Promise.allSettled(wanted.map(({ file }) => loadOffer(file)));
  if (own !== turn) return;
  state = "there";
  const papers = new Map();
  const cut = [];
  let isLasting = true;
  let width = 64;
  files.forEach(({ value }, n) => {
    if (!value) return;
    for (const paper of value.papers) if (!papers.has(paper.path)) papers.set(paper.path, paper);
    if (value.papers.length < value.total) cut.push(filled(words.cut, { n: number(value.papers.length), total: number(value.total), name: wanted[n].name }));
    ({ isLasting, width } = value);
  });
  for (const { reason } of files) if (reason) console.info("for you:", reason.message);
  offered = { papers: [...papers.values()], isLasting, width, cut };
  if (files.length > 0 && files.every(({ value }) => !value)) {
    list.replaceChildren();
    status.textContent = words.failed;
    return;
  }
  draw();
  // Papers that were saved before their pages were opened are asked for once.
  if (isLasting && await complete(seedsNow(), new Set(papers.keys())) && own === turn) draw();
}

/** Shows the ranking as it is now, and what it goes by. */
function draw() {
  drawBasis();
  const known = isKnown();
  page.querySelector(".shelf-tools").hidden = !known;
  if (!known) {
    list.replaceChildren();
    notes.replaceChildren();
    status.textContent = words.none;
    return;
  }
  // Perhaps the first paper was saved just now, in another tab.
  if (state === "waiting") load();
  if (state !== "there") return;
  const { muted } = openTaste();
  const nothing = { words: [], authors: [], topics: [] };
  const { ranked, hidden } = rank(offered.papers, seedsNow(), { ...offered, muted: withMuted ? nothing : muted });
  list.replaceChildren(...ranked.slice(0, shown).map(item));
  if (ranked.length > shown) list.append(more());
  status.textContent = filled(ranked.length === 1 ? words.rankedOne : words.ranked, { n: number(ranked.length) });
  drawNotes(hidden.length);
  document.dispatchEvent(new Event("offprint-papers"));
}

/** What was left out, and what the reader said last. */
function drawNotes(hidden) {
  const lines = offered.cut.map((text) => element("p", "facts", text));
  const line = (text, label, act) => {
    const node = element("p", "facts", text);
    node.append(" ", button(label, act));
    lines.push(node);
  };
  if (undo) line(undo.said, words.undo, undo.act);
  if (hidden > 0) {
    line(filled(hidden === 1 ? words.hiddenOne : words.hidden, { n: number(hidden) }), words.showHidden, () => {
      withMuted = true;
      draw();
    });
  }
  notes.replaceChildren(...lines);
}

function button(label, act, className = "") {
  const node = element("button", className, label);
  node.type = "button";
  node.addEventListener("click", act);
  return node;
}

/** A paper as an item of the list. */
function item({ paper, because }) {
  const node = element("li", "card");
  node.dataset.path = paper.path;
  if (openShelf().read.has(paper.path)) node.classList.add("is-read");
  if (paper.topics.length > 0) {
    const kicker = element("p", "kicker");
    const [{ id, name }, ...others] = paper.topics;
    kicker.append(link(`topics/${encodeURIComponent(id)}/`, name));
    if (others.length > 0) kicker.append(" ", element("span", "", `+${others.length}`));
    node.append(kicker);
  }
  const headline = element("h2", "headline");
  headline.append(link(paper.path, paper.title));
  node.append(headline);
  const line = element("p", "byline");
  const names = paper.authors.join(", ") + (paper.more > 0 && paper.authors.length > 0 ? ` ${filled(words.andMore, { n: number(paper.more) })}` : "");
  if (names) line.append(element("span", "", names), " ");
  if (paper.venue) line.append(element("cite", "", paper.venue));
  if (line.hasChildNodes()) node.append(line);
  if (paper.text) node.append(element("p", "standfirst", paper.text));
  const why = reason(because);
  if (why) node.append(why);
  node.append(acts(paper));
  return node;
}

/** Why a paper is here. */
function reason(because) {
  const parts = reasonParts(because, words);
  if (!parts) return null;
  const [pattern, hole, path, text] = parts;
  const node = element("p", "reason");
  const [before, after = ""] = pattern.split(hole);
  node.append(before, path ? link(path, text) : element("span", "", text), after);
  return node;
}

/** What can be done about a paper. */
function acts(paper) {
  const node = element("p", "acts");
  const { signals } = openTaste();
  const named = (act, label) => {
    act.setAttribute("aria-label", `${label}: ${paper.title}`);
    return act;
  };
  const save = element("button", "save", words.save);
  save.type = "button";
  save.hidden = true;
  save.dataset.save = paper.path;
  save.dataset.title = paper.title;
  node.append(named(save, words.save), " ");
  const liked = signals.get(paper.path)?.kind === "more";
  const like = named(button(words.more, () => (liked ? takeBack(paper.path) : say("more", paper))), words.more);
  like.dataset.act = "more";
  like.setAttribute("aria-pressed", String(liked));
  const dislike = named(button(words.less, () => say("less", paper)), words.less);
  dislike.dataset.act = "less";
  node.append(like, " ", dislike, " ");
  const mutes = [
    ...paper.topics.map((topic) => [topic.name, () => muteTopic(topic)]),
    ...paper.authors.map((name) => [name, () => muteAuthor(name)]),
  ];
  if (mutes.length === 0) return node;
  const box = element("details", "mute");
  box.append(element("summary", "", words.mute));
  for (const [name, act] of mutes) {
    const chip = button(name, act, "chip");
    chip.setAttribute("aria-label", `${words.muteDo}: ${name}`);
    box.append(chip, " ");
  }
  const both = document.createDocumentFragment();
  both.append(node, box);
  return both;
}

/** The end of a list that goes on. */
function more() {
  const node = element("li", "more");
  node.append(button(words.showMore, () => {
    const first = shown;
    shown += SHOWN;
    draw();
    list.children[first]?.querySelector(".headline a")?.focus();
  }));
  return node;
}

/** Changes what is kept, and ranks anew; the reader's place is kept as well as it can be. */
function change(act, path, name) {
  const place = [...list.children].findIndex((node) => node.dataset.path === path);
  const kept = changeTaste(act);
  draw();
  if (!kept) status.textContent = words.full;
  if (!path) return;
  const node = list.querySelector(`[data-path="${CSS.escape(path)}"]`) ?? list.children[Math.max(0, place)];
  (node?.querySelector(`[data-act="${name}"]`) ?? node?.querySelector(".headline a") ?? select).focus();
}

/** The reader wants more, or less, like a paper. */
function say(kind, paper) {
  const { path, title } = paper;
  undo = { said: filled(kind === "more" ? words.saidMore : words.saidLess, { paper: title }), act: () => takeBack(path) };
  const topics = paper.topics.map(({ id }) => id);
  change(({ signals }) => {
    signals.delete(path);
    signals.set(path, signalOf(kind, { title, meaning: offered.isLasting ? paper.digits : "", topics, authors: paper.authors }));
  }, path, kind);
}

function takeBack(path) {
  undo = null;
  change(({ signals }) => signals.delete(path), path, "more");
}

function muteTopic(topic) {
  undo = { said: filled(words.saidMuted, { name: topic.name }), act: () => unmute("topics", (one) => one.id !== topic.id) };
  change(({ muted }) => {
    if (!muted.topics.some(({ id }) => id === topic.id)) muted.topics.push(topic);
  });
  select.focus();
}

function muteAuthor(name) {
  undo = { said: filled(words.saidMuted, { name }), act: () => unmute("authors", (one) => one !== name) };
  change(({ muted }) => {
    if (!muted.authors.includes(name)) muted.authors.push(name);
  });
  select.focus();
}

function muteWord(word) {
  undo = { said: filled(words.saidMuted, { name: word }), act: () => unmute("words", (one) => one !== word) };
  change(({ muted }) => {
    if (!muted.words.includes(word)) muted.words.push(word);
  });
}

function unmute(part, stays) {
  undo = null;
  withMuted = false;
  change(({ muted }) => {
    muted[part] = muted[part].filter(stays);
  });
}

/** Mutes what was typed: a topic or an author of that name, else a word. */
function mute(text) {
  const own = folded(text);
  if (!own) return false;
  withMuted = false;
  const topic = offered.papers.flatMap(({ topics }) => topics).find(({ name }) => folded(name) === own);
  const author = offered.papers.flatMap(({ authors }) => authors).find((name) => folded(name) === own);
  if (topic) muteTopic(topic);
  else if (author) muteAuthor(author);
  else muteWord(text.trim().slice(0, 120));
  basis.querySelector("input").focus();
  return true;
}

/** What the ranking goes by, with a way back for each. */
function drawBasis() {
  const taste = openTaste();
  const of = (kind) => [...taste.signals].filter(([, signal]) => signal.kind === kind).reverse();
  const shelf = openShelf();
  const counts = basis.querySelector("[data-counts]");
  const [before, after = ""] = filled(words.counts, { saved: number(shelf.saved.size), read: number(of("read").length), library: number(of("library").length) }).split("|");
  const saved = link("saved/", before);
  counts.replaceChildren(saved, after);
  const chips = (name, all) => {
    const part = basis.querySelector(`[data-part="${name}"]`);
    part.hidden = all.length === 0;
    part.querySelector("ul").replaceChildren(...all.map(([text, act]) => {
      const node = element("li");
      const chip = button(text, () => {
        act();
        (part.querySelector("button") ?? basis.querySelector("input")).focus();
      }, "chip is-chosen");
      chip.setAttribute("aria-label", filled(words.remove, { name: text }));
      node.append(chip);
      return node;
    }));
  };
  const drop = (path) => () => {
    undo = null;
    change(({ signals }) => signals.delete(path));
  };
  chips("more", of("more").map(([path, { title }]) => [title, drop(path)]));
  chips("less", of("less").map(([path, { title }]) => [title, drop(path)]));
  const { muted } = taste;
  chips("muted", [
    ...muted.topics.map(({ id, name }) => [name, () => unmute("topics", (one) => one.id !== id)]),
    ...muted.authors.map((name) => [name, () => unmute("authors", (one) => one !== name)]),
    ...muted.words.map((word) => [word, () => unmute("words", (one) => one !== word)]),
  ]);
  const known = document.getElementById("op-for-you-known");
  const names = new Set(offered.papers.flatMap(({ topics }) => topics.map(({ name }) => name)));
  known.replaceChildren(...[...names].sort().map((name) => {
    const option = element("option");
    option.value = name;
    return option;
  }));
  const dropping = page.querySelector("[data-drop-library]");
  if (dropping) dropping.hidden = of("library").length === 0;
  page.querySelector("[data-forget]").disabled = taste.signals.size === 0 && muted.words.length + muted.authors.length + muted.topics.length === 0;
}

/** The file of a reader's library: chosen, or dropped anywhere on the page. */
function beginLibrary() {
  const library = page.querySelector(".library");
  if (!library) return;
  const box = library.querySelector("[type='file']");
  library.querySelector("[data-choose]").addEventListener("click", () => box.click());
  box.addEventListener("change", async () => {
    const [file] = box.files;
    if (file) await take(file);
    box.value = "";
  });
  library.querySelector("[data-drop-library]").addEventListener("click", () => {
    reading += 1;
    libraryStatus.textContent = "";
    change(({ signals }) => {
      for (const [path, { kind }] of [...signals]) if (kind === "library") signals.delete(path);
    });
    library.querySelector("[data-choose]").focus();
  });
  addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    library.classList.add("is-over");
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) library.classList.remove("is-over");
  });
  addEventListener("drop", (event) => {
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    library.classList.remove("is-over");
    library.scrollIntoView({ block: "nearest" });
    take(file);
  });
}

/** Looks the papers of a library up on this site. */
async function take(file) {
  const own = ++reading;
  const tell = (text) => {
    if (own === reading) libraryStatus.textContent = text;
  };
  if (file.size > LARGEST_FILE) {
    tell(words.libraryBad);
    return;
  }
  try {
    const [{ readReferences, matchReferences }, { openSearch }] = await Promise.all([import("./references.js"), import("./search-results.js")]);
    const references = readReferences(await file.text());
    if (references.length === 0) {
      tell(words.libraryBad);
      return;
    }
    const progress = (done) => tell(filled(words.libraryProgress, { n: number(done), total: number(references.length) }));
    progress(0);
    const found = await matchReferences(references, await openSearch(), (done) => {
      progress(done);
      return own === reading;
    });
    if (own !== reading) return;
    await keepLibrary(found);
    tell(filled(words.libraryFound, { n: number(found.size), total: number(references.length) }));
  } catch (error) {
    console.info("library:", error.message);
    tell(words.failed);
  }
}

/** Keeps the papers of a library that the site has, with what their pages say of them. */
async function keepLibrary(found) {
  const signals = new Map();
  for (const [path, title] of found) signals.set(path, signalOf("library", { title, meaning: "", topics: [], authors: [] }));
  const here = new Map(offered.papers.map((paper) => [paper.path, paper]));
  if (!globalThis.offprintOnDisk) {
    const waiting = [...found.keys()].filter((path) => !here.has(path)).slice(0, 500);
    await inTurn(waiting, async (path) => {
      const facts = await ask(path);
      signals.set(path, signalOf("library", { ...facts, title: found.get(path) }));
    });
  }
  change((taste) => {
    for (const [path, signal] of signals) {
      const known = taste.signals.get(path);
      if (!known || known.kind === "read" || known.kind === "library") taste.signals.set(path, signal);
    }
  });
}

function forget() {
  if (!confirm(words.sure)) return;
  forgetTaste();
  undo = null;
  withMuted = false;
  libraryStatus?.replaceChildren();
  draw();
  status.focus?.();
}
