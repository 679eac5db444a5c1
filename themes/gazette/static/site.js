/**
 * What a page does beyond being read: copy a text, copy or share its address.
 * Every button is hidden until it is known to work.
 */

for (const button of document.querySelectorAll("[data-copy], [data-copy-link]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  const label = button.textContent;
  button.addEventListener("click", async () => {
    const source = button.dataset.copy && document.getElementById(button.dataset.copy);
    const text = source ? source.textContent : canonical();
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = `✓ ${label}`;
    } catch {
      if (source) getSelection().selectAllChildren(source);
    }
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}

for (const button of document.querySelectorAll("[data-share]")) {
  if (!navigator.share) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    // A reader who closes the sheet has not met an error.
    navigator.share({ title: document.title, url: canonical() }).catch(() => {});
  });
}

// `/` and Ctrl-K or Cmd-K lead to the search box, unless the reader is typing.
addEventListener("keydown", (event) => {
  const box = document.getElementById("q");
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
  const chord = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
  if (!box || !(slash || chord)) return;
  event.preventDefault();
  box.focus();
  box.select();
});

/** The address to pass on: the published one where the page names it. */
function canonical() {
  const named = document.querySelector("meta[property='og:url']");
  return named ? named.content : location.href.split("#")[0];
}
