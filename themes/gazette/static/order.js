/**
 * Puts the papers of a page in another order: newest first, by title, most
 * noted. The page comes newest first; its buttons are hidden until they work.
 */

const bar = document.querySelector(".order");
const list = document.querySelector(".list");
const cards = [...(list?.querySelectorAll(":scope > :is(.card, li)") ?? [])];
const titles = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true });

const title = (card) => (card.querySelector(".headline") ?? card.querySelector("a")).textContent.trim();
// A card carries its count itself, a row on its link.
const count = (card) => (card.dataset.noted ? card : card.querySelector("[data-noted]"))?.dataset.noted;
const noted = (card) => Number(count(card) ?? -1);

// The cards were read newest first, and the sort keeps equals as they were.
const ORDERS = {
  date: () => 0,
  title: (one, other) => titles.compare(title(one), title(other)),
  noted: (one, other) => noted(other) - noted(one),
};

// Lists of several pages are put in order by the search, which has all of them.
const isWhole = !document.querySelector(".pager") || !document.querySelector(".narrow");

if (bar && isWhole && cards.length > 1) {
  const choices = [...bar.querySelectorAll("[data-by]")];
  for (const choice of choices) {
    choice.hidden = choice.dataset.by === "noted" && !cards.some(count);
    choice.addEventListener("click", (event) => {
      event.preventDefault();
      list.append(...cards.toSorted(ORDERS[choice.dataset.by]));
      for (const other of choices) {
        const state = other.localName === "a" ? "aria-current" : "aria-pressed";
        other.setAttribute(state, String(other === choice));
      }
    });
  }
}
