/**
 * A list that is narrowed down or put in another order: the papers of a topic, venue,
 * author or digest that answer a query, are of a topic or of a year, in place of the
 * list. What is asked is in the address, so that it can be shared.
 */

import { fill, more, openSearch, questions, result, tell, writeAddress } from "./search-results.js";

const PAGE = 50;
/** A longer list is not put in another order here: it would be loaded whole. */
const MOST_ORDERED = 2000;

const form = document.querySelector(".narrow");
const words = form.dataset;
const status = document.querySelector(".narrow + [role='status']");
const bar = document.querySelector(".order");
// What is there while nothing is asked.
const whole = document.querySelectorAll(".list, .pager, .end");
const list = document.createElement("ol");
list.className = "results";
list.hidden = true;
status.after(list);
if (bar) status.after(bar);

/** What the page is a list of. */
const base = {};
for (const hidden of form.querySelectorAll("[type='hidden']")) base[hidden.name] = [hidden.value];

const chips = [...document.querySelectorAll(".chips [data-topic], .chips [data-year], .chips [data-date]")];
const kindOf = (chip) => ["topic", "year", "date"].find((kind) => chip.dataset[kind] !== undefined);
const titles = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true });
const ORDERS = {
  title: (one, other) => titles.compare(one.title, other.title),
  noted: (one, other) => (other.noted ?? -1) - (one.noted ?? -1),
};

const index = questions(status, words);
let limit = PAGE;

/** What is chosen beside the query. */
const chosen = { topic: "", year: "", date: "" };
let order = "date";

const address = new URLSearchParams(location.search);
form.q.value = address.get("q") ?? "";
for (const chip of chips) {
  const kind = kindOf(chip);
  if (address.get(kind) === chip.dataset[kind]) chosen[kind] = chip.dataset[kind];
}
mark();
if (isAsked()) answer();

form.q.addEventListener("focus", () => openSearch().catch(() => {}), { once: true });
form.q.addEventListener("input", () => {
  limit = PAGE;
  answer();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  answer();
});
for (const chip of chips) {
  chip.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const kind = kindOf(chip);
    chosen[kind] = chosen[kind] === chip.dataset[kind] ? "" : chip.dataset[kind];
    limit = PAGE;
    mark();
    answer();
  });
}

// The papers of one page are put in order where they are; those of several are asked for.
if (bar && document.querySelector(".pager")) {
  for (const choice of bar.querySelectorAll("[data-by]")) {
    choice.hidden = false;
    choice.addEventListener("click", (event) => {
      event.preventDefault();
      order = choice.dataset.by;
      for (const other of bar.querySelectorAll("[data-by]")) {
        other.setAttribute(other.localName === "a" ? "aria-current" : "aria-pressed", String(other === choice));
      }
      answer();
    });
  }
}

function isAsked() {
  return form.q.value.trim() !== "" || order !== "date" || Object.values(chosen).some(Boolean);
}

/** Shows which chips are chosen; to assistive technology they are links that are current. */
function mark() {
  for (const chip of chips) {
    const kind = kindOf(chip);
    if (chosen[kind] === chip.dataset[kind]) chip.setAttribute("aria-current", "true");
    else chip.removeAttribute("aria-current");
  }
}

function answer() {
  const query = form.q.value.trim();
  const parameters = new URLSearchParams();
  if (query) parameters.set("q", query);
  for (const [kind, value] of Object.entries(chosen)) if (value) parameters.set(kind, value);
  writeAddress(parameters.size > 0 ? `?${parameters}` : "");
  if (!isAsked()) {
    index.drop();
    status.textContent = "";
    show(true);
    return;
  }
  const filters = { ...base };
  if (chosen.topic) filters.topic = [...(base.topic ?? []), chosen.topic];
  if (chosen.year) filters.year = [chosen.year];
  const asked = chosen.date ? `${query} date:${chosen.date}`.trim() : query;
  const sorted = ORDERS[order];
  const sort = query === "" || sorted ? "date" : "relevance";
  index.ask(asked, { limit: sorted ? MOST_ORDERED : limit, filters, sort, facets: false }, (found) => {
    tell(status, found, query, words);
    const hits = sorted ? found.hits.toSorted(sorted).slice(0, limit) : found.hits;
    const items = hits.map(result);
    if (found.total > hits.length) {
      items.push(more(words.more, () => {
        limit += PAGE;
        answer();
      }));
    }
    fill(list, items);
    show(false);
  }, () => {
    // The list is still right; it is only not narrowed down.
    status.textContent = words.failed;
    show(true);
  });
}

/** Shows the whole list, or what was found of it. */
function show(all) {
  for (const part of whole) part.hidden = !all;
  list.hidden = all;
}
