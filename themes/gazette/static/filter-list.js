/**
 * A filtered list: the papers of a topic, venue or digest that answer a query, in
 * place of the list. The query is in the address, so that it can be shared.
 */

import { fill, more, openSearch, questions, results, tell, writeAddress } from "./search-results.js";

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

const index = questions(status, words);
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

function answer() {
  const query = form.q.value.trim();
  writeAddress(query && `?q=${encodeURIComponent(query)}`);
  if (query === "") {
    index.drop();
    status.textContent = "";
    show(true);
    return;
  }
  index.ask(query, { limit, filters, facets: false }, (found) => {
    tell(status, found, query, words);
    const items = results(found, words);
    if (found.total > found.hits.length) {
      items.push(more(words.more, () => {
        limit += PAGE;
        answer();
      }));
    }
    fill(list, items);
    show(false);
  }, () => {
    // The list is still right; it is only not filtered.
    status.textContent = words.failed;
    show(true);
  });
}

/** Shows the whole list, or what was found of it. */
function show(all) {
  for (const part of whole) part.hidden = !all;
  list.hidden = all;
}
