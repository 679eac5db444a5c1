/**
 * The search page: finds papers as the reader types, keeps the query in the
 * address so that a search can be shared, and says so when it cannot search.
 */

const page = document.getElementById("search");
const input = document.getElementById("q");
const status = document.getElementById("search-status");
const list = document.getElementById("search-results");
const facetBox = document.getElementById("search-facets");
const topics = document.getElementById("search-by-topic");
const words = page.dataset;

const PAGE = 20;
const FACETS = ["topic", "venue", "year", "has"];
const SHOWN_VALUES = 8;

let opening = null;
let asked = 0;
let limit = PAGE;
let state = readAddress();

input.value = state.query;
if (hasQuestion()) answer();

// The index is loaded when the box is first used, not before.
input.addEventListener("focus", () => open().catch(() => {}), { once: true });
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
document.getElementById("search-sort").addEventListener("change", (event) => {
  state.sort = event.target.value;
  answer();
});
addEventListener("popstate", () => {
  state = readAddress();
  input.value = state.query;
  answer();
});
input.focus({ preventScroll: true });

/** Opens the index once; a failure is forgotten, so that the next try is one. */
function open() {
  opening ??= import("./search/engine.js")
    .then(({ openIndex }) => openIndex(load))
    .catch((error) => {
      opening = null;
      throw error;
    });
  return opening;
}

async function load(path) {
  const response = await fetch(new URL(`search/${path}`, import.meta.url));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.text();
}

function hasQuestion() {
  return state.query.trim() !== "" || Object.keys(state.filters).length > 0;
}

async function answer() {
  const turn = ++asked;
  writeAddress();
  if (!hasQuestion()) return show(null);
  const patience = setTimeout(() => {
    if (turn === asked) status.textContent = words.loading;
  }, 150);
  try {
    const index = await open();
    const found = await index.search(state.query, { limit, sort: state.sort, filters: state.filters, facets: true });
    // An answer that comes late is an answer to something else.
    if (turn === asked) show(found);
  } catch (error) {
    console.info("search:", error.message);
    if (turn === asked) fail();
  } finally {
    clearTimeout(patience);
  }
}

function show(found) {
  topics.hidden = found !== null && found.total > 0;
  facetBox.replaceChildren();
  document.getElementById("search-order").hidden = found === null || found.total < 2;
  if (found === null) {
    list.replaceChildren();
    status.textContent = words.hint;
    return;
  }
  const said = found.total === 1 ? words.one : words.many;
  status.textContent = found.total === 0
    ? words.none.replace("{query}", state.query)
    : said.replace("{n}", found.total.toLocaleString(document.documentElement.lang));
  list.replaceChildren(...found.hits.map(result));
  if (found.total > found.hits.length) list.append(moreButton());
  if (found.facets) showFacets(found.facets);
}

function fail() {
  list.replaceChildren();
  facetBox.replaceChildren();
  topics.hidden = false;
  status.textContent = words.failed;
}

function result(hit) {
  const item = element("li", "card");
  if (hit.topics.length > 0) {
    const kicker = element("p", "kicker");
    for (const topic of hit.topics) kicker.append(link(`../topics/${encodeURIComponent(topic.id)}/`, topic.name));
    item.append(kicker);
  }
  const headline = element("h3", "headline");
  const title = link(`../${hit.url}`, "");
  title.append(...marked(hit.title, hit.highlights.title));
  headline.append(title);
  item.append(headline);
  const authors = hit.authors.join(", ") + (hit.authorCount > hit.authors.length ? " …" : "");
  const byline = [authors, hit.venue, hit.date ?? hit.year].filter(Boolean).join(" · ");
  if (byline) item.append(element("p", "byline", byline));
  if (hit.text) {
    const text = element("p", "standfirst");
    text.append(...marked(hit.text, hit.highlights.text));
    item.append(text);
  }
  return item;
}

function moreButton() {
  const item = element("li", "more");
  const button = element("button", "", words.more);
  button.type = "button";
  button.addEventListener("click", () => {
    limit += PAGE;
    answer();
  });
  item.append(button);
  return item;
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
      box.addEventListener("change", () => choose(name, key, box.checked));
      label.append(box, element("span", "", value.name ?? key), element("span", "count", String(value.count)));
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

function writeAddress() {
  const parameters = new URLSearchParams();
  if (state.query) parameters.set("q", state.query);
  for (const [name, values] of Object.entries(state.filters)) {
    for (const value of values) parameters.append(name, value);
  }
  if (state.sort === "date") parameters.set("sort", "date");
  const query = parameters.toString();
  history.replaceState(null, "", query ? `?${query}` : location.pathname);
}

/** Text with its matched parts in `<mark>`; never HTML. */
function marked(text, spans) {
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

function element(name, className, text) {
  const node = document.createElement(name);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}

function link(href, text) {
  const node = document.createElement("a");
  node.href = href;
  node.textContent = text;
  return node;
}
