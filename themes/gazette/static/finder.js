/**
 * The finder: the search over any page. It begins with the newest papers; results come
 * as one types, with the topics and authors of that name; arrow keys walk through them, Enter in the box leads to the search page with all of them.
 */

import { element, link } from "./elements.js";
import { root } from "./root.js";
import { byline, marked, namedLinks, openSearch, openSearchPage, questions, tell } from "./search-results.js";

const SHOWN = 8;

/**
 * Answers what is typed into the finder.
 * @param {HTMLDialogElement} finder with its form
 */
export async function answerIn(finder) {
  const form = finder.querySelector("form");
  const input = form.q;
  const status = element("p", "facts");
  status.setAttribute("role", "status");
  const list = element("ol", "found");
  const topics = element("p", "facts");
  topics.hidden = true;
  finder.append(status, list, topics);
  let words = null;
  let index = null;

  input.addEventListener("input", answer);
  finder.addEventListener("keydown", walk);
  // A click beside the finder is one on it, and on nothing within.
  finder.addEventListener("click", (event) => {
    if (event.target === finder) finder.close();
  });
  // A page that comes back from the browser's cache comes back without it.
  addEventListener("pagehide", () => finder.close());
  openSearch().catch(() => {});
  try {
    words = await wordsOf();
  } catch {
    // Without its words it is a box that leads to the search page.
    return;
  }
  index = questions(status, words);
  topics.append(link("topics/", words.topics));
  answer();

  function answer() {
    const query = input.value;
    if (index === null) return;
    if (query.trim() === "") {
      index.drop();
      list.replaceChildren(...words.recent.map((item) => item.cloneNode(true)));
      topics.hidden = true;
      status.textContent = words.hint;
      return;
    }
    index.ask(query, { limit: SHOWN, facets: false, named: true }, (found) => {
      const { total, hits } = found;
      tell(status, found, query, words);
      list.replaceChildren(...namedLinks(found.named).map(place), ...hits.map(line));
      topics.hidden = total > 0;
      if (total > hits.length) list.append(all(query));
    }, () => {
      list.replaceChildren();
      status.textContent = words.failed;
      topics.hidden = false;
    });
  }

  function all(query) {
    const item = element("li", "more");
    item.append(link(`search/?q=${encodeURIComponent(query)}`, words.more));
    return item;
  }

  function walk(event) {
    // Keys of an input method choose among its candidates.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") {
      // Browsers take the first one to empty the box.
      event.preventDefault();
      finder.close();
      return;
    }
    const stops = [input, ...list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
      if (next) {
        event.preventDefault();
        next.focus();
      }
    } else if (at > 0 && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && event.key !== " ") {
      // Who types on goes on typing.
      input.focus();
      input.setSelectionRange(input.value.length, input.value.length);
    }
  }
}

/** A result on a line or two. */
function line(hit) {
  const item = element("li");
  const title = link(hit.url, "");
  title.append(...marked(hit.title, hit.highlights.title));
  item.append(title);
  const by = byline(hit);
  if (by) item.append(by);
  return item;
}

/** A topic or an author on a line. */
function place([address, what]) {
  const item = element("li", "place");
  item.append(address, " ", element("span", "count", what));
  return item;
}

/** What the search page says and how; it has the words in the site's language. */
async function wordsOf() {
  const page = await openSearchPage();
  const recent = [...page.querySelectorAll("#op-search-recent .card")].slice(0, SHOWN).flatMap((card) => {
    const title = card.querySelector(".headline a");
    if (!title) return [];
    const item = element("li");
    // Its address counts from the search page.
    item.append(link(new URL(title.getAttribute("href"), new URL("search/", root)).href, title.textContent));
    const by = card.querySelector(".byline");
    if (by) item.append(document.importNode(by, true));
    return [item];
  });
  return { ...page.getElementById("op-search").dataset, topics: page.getElementById("op-search-topics").textContent, recent };
}
