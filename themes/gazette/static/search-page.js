/**
 * The search page: finds papers as the reader types, keeps the query in the
 * address so that a search can be shared, and says so when it cannot search.
 */

import { element } from "./elements.js";
import { fill, more, namedLinks, openSearch, questions, result, tell, writeAddress } from "./search-results.js";

const page = document.getElementById("op-search");
const input = document.getElementById("op-q");
const status = document.getElementById("op-search-status");
const list = document.getElementById("op-search-results");
const bar = document.getElementById("op-search-bar");
const chosenList = document.getElementById("op-search-chosen");
const namedLine = document.getElementById("op-search-named");
const recent = document.getElementById("op-search-recent");
const facetBox = document.getElementById("op-search-facets");
const topics = document.getElementById("op-search-by-topic");
const narrow = document.getElementById("op-search-narrow");
const sheet = document.getElementById("op-search-sheet");
const words = page.dataset;

const PAGE = 20;
const FACETS = ["topic", "venue", "year", "has"];
/** How many values of a facet are shown before the reader asks for the rest. */
const SHOWN_VALUES = 8;
/** Facets whose values have an order of their own, the newest first. */
const IN_ORDER = new Set(["year"]);

const index = questions(status, words);
let limit = PAGE;
let state = readAddress();
/** The facets of which all values are shown. */
const whole = new Set();
/** What the values of facets are called, as far as they were seen. */
const labels = new Map();
/** The box that is to have the focus once it is there. */
let wanted = "";
const sorting = document.getElementById("op-search-sort");

input.value = state.query;
sorting.value = state.sort;
if (hasQuestion()) answer();

// The index is loaded when the box is first used, not before.
input.addEventListener("focus", () => openSearch().catch(() => {}), { once: true });
input.addEventListener("input", () => {
  state.query = input.value;
  limit = PAGE;
  answer();
});
input.form.addEventListener("submit", (event) => {
  event.preventDefault();
  state.query = input.value;
  answer();
});
sorting.addEventListener("change", (event) => {
  state.sort = event.target.value;
  answer();
});
addEventListener("popstate", () => {
  state = readAddress();
  input.value = state.query;
  sorting.value = state.sort;
  answer();
});
// On a phone the keyboard would cover what one came to see.
if (matchMedia("(hover: hover)").matches) input.focus({ preventScroll: true });

// The sheet borrows the facets from beside the results, where a phone has no room.
const home = facetBox.parentElement;
narrow.addEventListener("click", () => {
  sheet.querySelector(".sheet-body").append(facetBox);
  sheet.showModal();
});
sheet.addEventListener("close", () => home.prepend(facetBox));
sheet.addEventListener("click", (event) => {
  // A click beside the sheet is one on it, and on nothing within.
  if (event.target === sheet || event.target.closest("[data-close]")) sheet.close();
});
addEventListener("pagehide", () => sheet.close());

function hasQuestion() {
  return state.query.trim() !== "" || Object.keys(state.filters).length > 0;
}

function answer() {
  keepAddress();
  if (hasQuestion()) {
    const { sort, filters } = state;
    index.ask(state.query, { limit, sort, filters, facets: true, named: true }, show, fail);
  } else {
    index.drop();
    show(null);
  }
}

function show(found) {
  topics.hidden = found !== null && found.total > 0;
  recent.hidden = found !== null;
  const focused = wanted || document.activeElement?.dataset?.value;
  wanted = "";
  facetBox.replaceChildren();
  bar.hidden = found === null || (found.total < 2 && Object.keys(state.filters).length === 0);
  namedLine.hidden = true;
  showChosen();
  if (found === null) {
    list.replaceChildren();
    status.textContent = words.hint;
    if (sheet.open) sheet.close();
    return;
  }
  tell(status, found, state.query, words);
  const items = found.hits.map(result);
  if (found.total > found.hits.length) items.push(more(words.more, showMore));
  fill(list, items);
  const named = namedLinks(found.named);
  namedLine.hidden = named.length === 0;
  namedLine.replaceChildren(...named.map(([link, what]) => {
    const item = element("li");
    item.append(link, " ", element("span", "count", what));
    return item;
  }));
  if (found.facets) showFacets(found.facets);
  showChosen();
  const done = sheet.querySelector("[data-close]");
  done.textContent = (found.total === 1 ? words.showOne : words.showMany).replace("{n}", found.total.toLocaleString(document.documentElement.lang || undefined));
  // The boxes are new; the reader's place among them is not.
  if (focused) facetBox.querySelector(`[data-value="${CSS.escape(focused)}"]`)?.focus();
}

function showMore() {
  limit += PAGE;
  answer();
}

function fail() {
  list.replaceChildren();
  facetBox.replaceChildren();
  namedLine.hidden = true;
  topics.hidden = false;
  status.textContent = words.failed;
}

/** What a value of a facet is called. */
function labelOf(name, value, label) {
  if (name === "has") return words[`link${value[0].toUpperCase()}${value.slice(1)}`] ?? label;
  return label;
}

/** Values that narrow the answer down, each with how many papers it would leave. */
function showFacets(facets) {
  for (const name of FACETS) {
    const chosen = [state.filters[name] ?? []].flat();
    const values = (facets[name] ?? []).filter((value) => value.count > 0 || chosen.includes(String(value.value)));
    for (const value of values) labels.set(`${name}:${value.value}`, labelOf(name, String(value.value), value.label));
    if (values.length < 2 && chosen.length === 0) continue;
    if (IN_ORDER.has(name)) values.sort((one, other) => Number(other.value) - Number(one.value));
    const group = document.createElement("fieldset");
    group.append(element("legend", "section-title", words[name]));
    // One more line takes no more room than the button for it.
    const all = whole.has(name) || values.length <= SHOWN_VALUES + 1;
    for (const value of values.filter((value, place) => all || place < SHOWN_VALUES || chosen.includes(String(value.value)))) {
      const key = String(value.value);
      const label = element("label", "facet");
      const box = document.createElement("input");
      box.type = "checkbox";
      box.checked = chosen.includes(key);
      box.dataset.value = `${name}:${key}`;
      box.addEventListener("change", () => choose(name, key, box.checked));
      label.append(box, element("span", "", labels.get(`${name}:${key}`)), element("span", "count", value.count.toLocaleString(document.documentElement.lang || undefined)));
      group.append(label);
    }
    if (!all) {
      const rest = element("button", "facet-rest", words.rest.replace("{n}", String(values.length - SHOWN_VALUES)));
      rest.type = "button";
      rest.addEventListener("click", () => {
        whole.add(name);
        wanted = `${name}:${values[SHOWN_VALUES].value}`;
        answer();
      });
      group.append(rest);
    }
    facetBox.append(group);
  }
}

/** What the answer is narrowed down by; each goes with a click. */
function showChosen() {
  const chosen = Object.entries(state.filters).flatMap(([name, values]) => [values].flat().map((value) => [name, value]));
  narrow.textContent = chosen.length > 0 ? `${words.narrow} (${chosen.length})` : words.narrow;
  chosenList.hidden = chosen.length === 0;
  chosenList.replaceChildren(...chosen.map(([name, value]) => {
    const said = labels.get(`${name}:${value}`) ?? value;
    const item = element("li");
    const button = element("button", "chip is-chosen", said);
    button.type = "button";
    button.setAttribute("aria-label", words.drop.replace("{name}", () => said));
    button.addEventListener("click", () => {
      choose(name, value, false);
      (chosenList.querySelector("button") ?? input).focus();
    });
    item.append(button);
    return item;
  }));
}

function choose(facet, value, on) {
  const rest = [state.filters[facet] ?? []].flat().filter((other) => other !== value);
  if (on) rest.push(value);
  if (rest.length > 0) state.filters[facet] = rest;
  else delete state.filters[facet];
  limit = PAGE;
  answer();
}

function readAddress() {
  const parameters = new URLSearchParams(location.search);
  const filters = {};
  for (const name of FACETS) {
    const values = parameters.getAll(name);
    if (values.length > 0) filters[name] = values;
  }
  return { query: parameters.get("q") ?? "", sort: parameters.get("sort") === "date" ? "date" : "relevance", filters };
}

function keepAddress() {
  const parameters = new URLSearchParams();
  if (state.query) parameters.set("q", state.query);
  for (const [name, values] of Object.entries(state.filters)) {
    for (const value of values) parameters.append(name, value);
  }
  if (state.sort === "date") parameters.set("sort", "date");
  const query = parameters.toString();
  writeAddress(query && `?${query}`);
}
