/**
 * A filtered list: the papers of a topic, venue or digest that answer a query, in
 * place of the list. The query is in the address, so that it can be shared.
 */

import { fill, howMany, more, openSearch, result, writeAddress } from "./search-results.js";

const PAGE = 50;

const form = document.querySelector(".narrow");
const words = form.dataset;
const status = document.querySelector(".narrow + [role='status']");
// What stands there while nothing is filtered.
const whole = document.querySelectorAll(".order, .list, .pager");
const list = document.createElement("ol");
list.className = "results";
list.hidden = true;
status.after(list);

const filters = {};
for (const hidden of form.querySelectorAll("[type='hidden']")) filters[hidden.name] = [hidden.value];

let asked = 0;
let limit = PAGE;

form.q.value = new URLSearchParams(location.search).get("q") ?? "";
if (form.q.value) answer();

form.q.addEventListener("focus", () => openSearch().catch(() => {}), { once: true });
form.q.addEventListener("input", () => {
  limit = PAGE;
  answer();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  answer();
});

async function answer() {
  const turn = ++asked;
  const query = form.q.value.trim();
  writeAddress(query && `?q=${encodeURIComponent(query)}`);
  if (query === "") {
    status.textContent = "";
    show(true);
    return;
  }
  const patience = setTimeout(() => {
    if (turn === asked) status.textContent = words.loading;
  }, 150);
  try {
    const index = await openSearch();
    const found = await index.search(query, { limit, filters, facets: false });
    if (turn !== asked) return;
    status.textContent = howMany(found.total, query, words);
    const items = found.hits.map(result);
    if (found.total > found.hits.length) {
      items.push(more(words.more, () => {
        limit += PAGE;
        answer();
      }));
    }
    fill(list, items);
    show(false);
  } catch (error) {
    console.info("search:", error.message);
    if (turn !== asked) return;
    // The list is still right; it is only not filtered.
    status.textContent = words.failed;
    show(true);
  } finally {
    clearTimeout(patience);
  }
}

/** Shows the whole list, or what was found of it. */
function show(all) {
  for (const part of whole) part.hidden = !all;
  list.hidden = all;
}
