/**
 * What a page does beyond being read: copy a text, copy or share its address,
 * open the search.
 * What cannot work here is not shown.
 */

import { offerScheme } from "./colours.js";
import "./shelf.js";

const schemes = document.querySelector("button.scheme");
if (schemes) offerScheme(schemes);

if (navigator.clipboard) {
  const cite = document.querySelector(".cite[data-copy]");
  if (cite) offerCopies(cite);
  for (const button of document.querySelectorAll("[data-copy-link]")) {
    show(button);
    copies(button, canonical);
  }
}

// The link leads to the networks that the page names; a device that can share does that.
for (const link of document.querySelectorAll("[data-share]")) {
  const networks = document.getElementById("op-share");
  if (!networks && !navigator.share && !navigator.clipboard) continue;
  show(link);
  link.addEventListener("click", async (event) => {
    if (navigator.share) {
      event.preventDefault();
      // A reader who closes the sheet has not met an error.
      navigator.share({ title: document.title, url: canonical() }).catch(() => {});
    } else if (!networks) {
      event.preventDefault();
      const label = link.textContent;
      try {
        await navigator.clipboard.writeText(canonical());
        link.textContent = `✓ ${label}`;
        setTimeout(() => { link.textContent = label; }, 2000);
      } catch {
        location.hash = "op-content";
      }
    }
  });
}

// What a link to a part that is folded away leads to is unfolded.
for (const link of document.querySelectorAll("a[href='#op-bibtex']")) {
  link.addEventListener("click", () => {
    const part = document.getElementById("op-bibtex")?.closest("details");
    if (part) part.open = true;
  });
}

// A headline that is followed becomes the title of the next page, where browsers show it.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".headline a, .rows > li > a");
  if (link && !event.defaultPrevented && !event.ctrlKey && !event.metaKey) link.style.viewTransitionName = "op-title";
});
addEventListener("pageshow", () => {
  for (const link of document.querySelectorAll(".headline a, .rows > li > a")) link.style.viewTransitionName = "";
});

// On a narrow screen the box of the search is folded into its button.
for (const form of document.querySelectorAll(".masthead .find")) {
  form.addEventListener("submit", (event) => {
    if (form.q.value !== "" || form.q.checkVisibility?.() !== false) return;
    event.preventDefault();
    openFinder(form);
  });
}

// What a page says in short stands in full on a page of its own, and is put in
// its place without leaving this one. Where that fails, the link still leads there.
for (const link of document.querySelectorAll(".unfold a")) {
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    try {
      const answer = await fetch(link.href);
      if (!answer.ok) throw new Error(answer.statusText);
      const sheet = new DOMParser().parseFromString(await answer.text(), "text/html");
      const whole = sheet.querySelector(".cite");
      link.closest(".cite").replaceWith(whole);
      if (navigator.clipboard) offerCopies(whole);
      const heading = whole.querySelector("h2");
      heading.tabIndex = -1;
      heading.focus();
    } catch {
      location.assign(link.href);
    }
  });
}

/**
 * Gives each form of a citation a button that copies it.
 * @param {Element} cite
 */
function offerCopies(cite) {
  for (const text of cite.querySelectorAll("dd, pre")) {
    const name = text.previousElementSibling;
    const value = text.textContent;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = cite.dataset.copy.replace("{what}", name.textContent);
    copies(button, () => value, text);
    if (text.matches("dd")) {
      // A list of definitions may hold nothing between its parts.
      const words = document.createElement("span");
      words.append(...text.childNodes);
      text.append(words, button);
      text.classList.add("has-copy");
    } else {
      text.after(button);
    }
  }
}

/**
 * Shows what works here, and the section around it where that has no more than
 * what needs this script.
 * @param {HTMLButtonElement} button
 */
function show(button) {
  for (let part = button; part && part.tagName !== "ARTICLE"; part = part.parentElement) part.hidden = false;
}

/**
 * Lets a button copy a text. Where the browser refuses, the element that shows
 * the text is selected for the reader to copy.
 * @param {HTMLButtonElement} button
 * @param {() => string} text
 * @param {Element} [shown]
 */
function copies(button, text, shown) {
  const label = button.textContent;
  // Read out when it changes, without the focus moving.
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text());
      button.textContent = `✓ ${label}`;
    } catch {
      if (shown) getSelection().selectAllChildren(shown);
    }
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}

// `/` and Ctrl-K or Cmd-K open the search, unless the reader is typing.
addEventListener("keydown", (event) => {
  // A box in a dialog that was just closed may still have the focus.
  const typing = event.target.closest?.(":is(input, textarea, select, [contenteditable]):not(dialog:not([open]) *)");
  const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
  const chord = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
  if (!(slash || chord)) return;
  const form = document.querySelector(".find");
  if (!form) return;
  event.preventDefault();
  if (document.body.matches(".kind-search")) form.q.select();
  else openFinder(form);
});

/**
 * Opens the search over the page. The box is there at once, so that no letter of
 * a fast reader is lost; what answers comes after it.
 * @param {HTMLFormElement} form the search box of the page
 */
function openFinder(form) {
  let finder = document.querySelector(".finder");
  if (!finder) {
    const box = form.cloneNode(true);
    box.classList.add("find-large");
    box.q.removeAttribute("id");
    box.q.setAttribute("autocomplete", "off");
    box.q.setAttribute("spellcheck", "false");
    finder = document.createElement("dialog");
    finder.className = "finder";
    finder.setAttribute("aria-label", box.q.getAttribute("aria-label"));
    finder.append(box);
    document.body.append(finder);
  }
  if (!finder.dataset.answers) {
    finder.dataset.answers = "soon";
    import("./finder.js").then(({ answerIn }) => answerIn(finder)).catch(() => delete finder.dataset.answers);
  }
  if (!finder.open) finder.showModal();
  finder.querySelector("form").q.select();
}

/** The address to pass on: the published one where the page names it. */
function canonical() {
  const named = document.querySelector("meta[property='og:url']");
  return named ? named.content : location.href.split("#")[0];
}
