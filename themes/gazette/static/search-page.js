/**
 * The search page: finds papers as the reader types, keeps the query in the
 * address so that a search can be shared, and says so when it cannot search.
 */

import { element, fill, more, openSearch, questions, results, tell, writeAddress } from "./search-results.js";

const page = document.getElementById("op-search");
const input = document.getElementById("op-q");
const status = document.getElementById("op-search-status");
const list = document.getElementById("op-search-results");
const facetBox = document.getElementById("op-search-facets");
const topics = document.getElementById("op-search-by-topic");
const words = page.dataset;

const PAGE = 20;
const FACETS = ["topic", "venue", "year", "has"];
const SHOWN_VALUES = 8;

const index = questions(status, words);
let limit = PAGE;
let state = readAddress();

input.value = state.query;
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
document.getElementById("op-search-sort").addEventListener("change", (event) => {
  state.sort = event.target.value;
  answer();
});
addEventListener("popstate", () => {
  state = readAddress();
  input.value = state.query;
  answer();
});
input.focus({ preventScroll: true });

function hasQuestion() {
  return state.query.trim() !== "" || Object.keys(state.filters).length > 0;
}

function answer() {
  keepAddress();
  if (hasQuestion()) {
    const { sort, filters } = state;
    index.ask(state.query, { limit, sort, filters, facets: true }, show, fail);
  } else {
    index.drop();
    show(null);
  }
}

function show(found) {
  topics.hidden = found !== null && found.total > 0;
  const focused = document.activeElement?.dataset?.value;
  facetBox.replaceChildren();
  document.getElementById("op-search-order").hidden = found === null || found.total < 2;
  if (found === null) {
    list.replaceChildren();
    status.textContent = words.hint;
    return;
  }
  tell(status, found, state.query, words);
  const items = results(found, words);
  if (found.total > found.hits.length) items.push(more(words.more, showMore));
  fill(list, items);
  if (found.facets) showFacets(found.facets);
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
  topics.hidden = false;
  status.textContent = words.failed;
}

/** Values that narrow the answer down, each with how many papers it would leave. */
function showFacets(facets) {
  for (const name of FACETS) {
    const chosen = [state.filters[name] ?? []].flat();
    const values = (facets[name] ?? []).filter((value) => value.count > 0 || chosen.includes(String(value.value)));
    if (values.length < 2 && chosen.length === 0) continue;
    const group = document.createElement("fieldset");
    group.append(element("legend", "section-title", words[name]));
    for (const value of values.slice(0, SHOWN_VALUES)) {
      const key = String(value.value);
      const label = element("label", "facet");
      const box = document.createElement("input");
      box.type = "checkbox";
      box.checked = chosen.includes(key);
      box.dataset.value = `${name}:${key}`;
      box.addEventListener("change", () => choose(name, key, box.checked));
      label.append(box, element("span", "", value.label), element("span", "count", String(value.count)));
      group.append(label);
    }
    facetBox.append(group);
  }
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
