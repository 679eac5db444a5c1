/**
 * The page of the map: draws the papers, lets readers move, colour and filter them, and
 * lists those in view. Where that does not work, the picture stays.
 */

import { Drawing } from "./map/draw.js";
import { Tiles } from "./map/tiles.js";
import { View, steer } from "./map/view.js";
import { element } from "./elements.js";
import { addressOf, root as siteRoot } from "./root.js";
import { byline, openSearch, writeAddress } from "./search-results.js";

const page = document.getElementById("op-map");
const canvas = document.getElementById("op-map-canvas");
const caption = document.getElementById("op-map-caption");
const status = document.getElementById("op-map-status");
const list = document.getElementById("op-map-list");
const count = document.getElementById("op-map-count");
const legend = document.getElementById("op-map-legend");
const colour = document.getElementById("op-map-colour");
const box = document.getElementById("op-map-q");
const words = page.dataset;

/** A tile is loaded when it is so wide on the screen; the first view is at least so. */
const WIDE = 330;
const FIRST = 700;
const LISTED = 20;
const NEAR = 10;

const language = document.documentElement.lang || undefined;

start().catch((error) => {
  console.info("map:", error.message);
  status.textContent = words.failed;
});

async function start() {
  const folder = new URL("map/", siteRoot);
  const load = async (name) => {
    const answer = await fetch(new URL(name, folder));
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return answer;
  };
  const root = await (await load(words.root)).json();
  if (root.format !== 1) throw new Error(`map of format ${root.format}`);
  const tiles = new Tiles(root, async (name) => new Uint8Array(await (await load(name)).arrayBuffer()));
  const view = new View(root.side);
  page.querySelector(".map-picture")?.remove();
  for (const part of [canvas, legend, list, document.getElementById("op-map-keys"), page.querySelector(".map-tools")]) part.hidden = false;
  const drawing = new Drawing(canvas, tiles, view);
  let waiting = false;
  let settle = 0;
  let asked = 0;
  let pinned = false;

  function draw() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      drawing.draw();
    });
  }

  function moved() {
    if (!drawing.moves) {
      drawing.moves = true;
      drawing.fit();
    }
    draw();
    clearTimeout(settle);
    settle = setTimeout(settled, 120);
  }

  function settled() {
    drawing.moves = false;
    drawing.fit();
    draw();
    const wide = Math.max(view.whole, FIRST);
    tiles.want(view.part, (root.side / wide) * WIDE, draw).then(listed, fail);
    if (drawing.showsMiddle) look(drawing.nearest(view.width / 2, view.height / 2, 80));
  }

  function fail(error) {
    console.info("map:", error.message);
    status.textContent = words.failed;
  }

  /** Shows which paper it is. */
  async function look(paper) {
    const turn = ++asked;
    drawing.marked = paper;
    canvas.classList.toggle("is-over", paper !== null);
    draw();
    if (paper === null) {
      caption.hidden = true;
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 90));
    if (turn !== asked) return;
    try {
      const [card] = await cards([paper.number]);
      if (turn !== asked) return;
      caption.replaceChildren(...said(card));
      caption.hidden = false;
    } catch (error) {
      fail(error);
    }
  }

  async function cards(numbers) {
    const index = await openSearch();
    return index.container.cards(numbers);
  }

  function said(card) {
    const title = document.createElement("a");
    title.href = addressOf(card.url).href;
    title.textContent = card.title;
    const by = byline(card);
    return by ? [title, by] : [title];
  }

  /** Lists the papers in view, those in the middle first. */
  async function listed() {
    if (!list.open) return;
    const { part } = view;
    const found = [];
    drawing.each(part, (x, y, number) => found.push({ number, apart: (x - view.x) ** 2 + (y - view.y) ** 2 }));
    found.sort((a, b) => a.apart - b.apart);
    count.textContent = words.inView.replace("{n}", found.length.toLocaleString(language));
    const turn = ++listing;
    const shown = await cards(found.slice(0, LISTED).map(({ number }) => number));
    if (turn !== listing) return;
    list.querySelector("ol").replaceChildren(...shown.map((card) => {
      const item = element("li", "row");
      const [title, by] = said(card);
      item.append(title);
      if (by) item.append(element("small", "", by.textContent));
      return item;
    }));
    if (found.length > LISTED) count.append(` ${words.more}`);
  }
  let listing = 0;

  async function filter() {
    const query = box.value.trim();
    writeAddress(query ? `?q=${encodeURIComponent(query)}` : "");
    const turn = ++filtering;
    if (query === "") {
      drawing.found = null;
      status.textContent = "";
      moved();
      return;
    }
    const patience = setTimeout(() => { status.textContent = words.loading; }, 150);
    try {
      const index = await openSearch();
      const [{ ranking }] = await Promise.all([index.ranked(query), tiles.whole(() => {})]);
      if (turn !== filtering) return;
      const found = new Uint8Array(index.size);
      for (const paper of ranking.papers) found[paper] = 1;
      drawing.found = found;
      status.textContent = words.matches.replace("{n}", ranking.papers.length.toLocaleString(language));
      moved();
    } catch (error) {
      if (turn === filtering) fail(error);
    } finally {
      clearTimeout(patience);
    }
  }
  let filtering = 0;

  steer(canvas, view, {
    moved,
    over(x, y) {
      if (!pinned) look(drawing.nearest(x, y, NEAR));
    },
    left() {
      if (!pinned && !drawing.showsMiddle) look(null);
    },
    chosen(x, y) {
      const paper = drawing.nearest(x, y, 2 * NEAR);
      pinned = paper !== null;
      look(paper);
    },
    opened() {
      const link = caption.querySelector("a");
      if (!caption.hidden && link) link.click();
    },
    closed() {
      pinned = false;
      look(null);
    },
  });
  canvas.addEventListener("focus", () => {
    drawing.showsMiddle = canvas.matches(":focus-visible");
    moved();
  });
  canvas.addEventListener("blur", () => {
    drawing.showsMiddle = false;
    draw();
  });
  canvas.addEventListener("keydown", () => {
    drawing.showsMiddle = true;
    pinned = false;
  });
  canvas.addEventListener("pointerdown", () => { drawing.showsMiddle = false; });
  for (const [id, act] of [["in", () => view.step(true)], ["out", () => view.step(false)], ["whole", () => view.all()]]) {
    document.getElementById(`op-map-${id}`).addEventListener("click", () => {
      act();
      moved();
    });
  }
  colour.addEventListener("change", coloured);
  for (const button of legend.querySelectorAll("button")) {
    button.addEventListener("click", () => {
      const shade = Number(button.dataset.shade);
      drawing.only = drawing.only === shade ? null : shade;
      for (const other of legend.querySelectorAll("button")) {
        other.setAttribute("aria-pressed", String(Number(other.dataset.shade) === drawing.only));
      }
      moved();
    });
  }
  let pause = 0;
  box.addEventListener("focus", () => openSearch().catch(() => {}), { once: true });
  box.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(filter, 160);
  });
  box.form.addEventListener("submit", (event) => {
    event.preventDefault();
    filter();
  });
  list.addEventListener("toggle", () => listed().catch(fail));

  function coloured() {
    drawing.mode = ["topic", "year", "count"].indexOf(colour.value);
    const isTopic = drawing.mode === 0;
    if (!isTopic) drawing.only = null;
    legend.querySelector(".map-topics").hidden = !isTopic;
    const ramp = legend.querySelector(".map-ramp");
    ramp.hidden = isTopic;
    const [low, high] = ramp.querySelectorAll("span");
    const { years } = root;
    low.textContent = drawing.mode === 1 ? String(years[0]) : "0";
    high.textContent = drawing.mode === 1 ? String(years.at(-1)) : "2,000+";
    draw();
  }

  const fit = () => {
    drawing.fit();
    moved();
  };
  new ResizeObserver(fit).observe(canvas);
  const recolour = () => {
    drawing.colours();
    draw();
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
  new MutationObserver(recolour).observe(document.documentElement, { attributeFilter: ["data-scheme"] });
  document.fonts?.ready.then(() => {
    drawing.set.key = "";
    draw();
  });

  /** Goes to the paper that the address names. */
  async function go() {
    const asked = new URLSearchParams(location.search).get("paper") ?? "";
    if (!/^\d{1,9}$/.test(asked)) return;
    await tiles.whole(() => {});
    const spot = tiles.find(Number(asked));
    if (!spot) return;
    const { x, y } = spot;
    // So near that some forty papers are in view.
    view.show(x, y, Math.sqrt(root.papers / 40));
    pinned = true;
    await look({ x, y, number: Number(asked) });
  }

  drawing.fit();
  await tiles.want(view.part, (root.side / Math.max(view.whole, FIRST)) * WIDE, draw);
  box.value = new URLSearchParams(location.search).get("q") ?? "";
  if (box.value) filter();
  await go();
  moved();
  page.dataset.ready = "";
  // What tests and benches look at.
  page.drawing = drawing;
}
