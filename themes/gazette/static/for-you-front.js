/**
 * The front page's block "For you": three papers of the newest digest, for those who
 * saved something. For all others it stays hidden, and nothing is loaded.
 */

import { openShelf } from "./shelf.js";
import { openTaste } from "./taste.js";

const SHOWN = 3;

const block = document.getElementById("op-for-you-front");
if (block && (openShelf().saved.size > 0 || [...openTaste().signals.values()].some(({ kind }) => kind === "more" || kind === "library"))) offer();

/** Shows the block; its papers come when it is nearly in view. */
function offer() {
  block.hidden = false;
  const watch = new IntersectionObserver((seen) => {
    if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
    watch.disconnect();
    fill().catch((error) => {
      console.info("for you:", error.message);
      block.hidden = true;
    });
  }, { rootMargin: "200px" });
  watch.observe(block);
}

async function fill() {
  const [{ loadOffer, reasonParts, seedsNow }, { rank }, { element, link }] = await Promise.all([import("./for-you-data.js"), import("./for-you-rank.js"), import("./elements.js")]);
  const { papers, isLasting, width } = await loadOffer(block.dataset.file);
  const { read } = openShelf();
  const { ranked } = rank(papers, seedsNow(), { muted: openTaste().muted, isLasting, width });
  const best = ranked.filter(({ paper, score }) => score > 0 && !read.has(paper.path)).slice(0, SHOWN);
  if (best.length === 0) {
    block.hidden = true;
    return;
  }
  block.querySelector("ul").replaceChildren(...best.map(({ paper, because }) => {
    const item = element("li");
    item.append(link(paper.path, paper.title));
    const parts = reasonParts(because, block.dataset);
    if (parts) item.append(" ", element("small", "", parts[0].replace(parts[1], () => parts[3])));
    return item;
  }));
}
