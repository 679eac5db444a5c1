// The browser's side of the preview: reloads the page when it changes, replaces style
// sheets in place, and shows errors on top of the page.
//
// A browser opens at most six connections to a host, so all tabs share one, which is
// held by a worker (hub.js).

const own = new URL(import.meta.url).searchParams;
const PAGE = own.get("page");
const BASE = own.get("base");
const EVENTS = "/__offprint/events";
const HUB = "/__offprint/hub.js";
const PANEL = "offprint-problem";
const PLACE = "offprint-scroll";
const RELOADED = "offprint-reloaded";

let state = own.get("state");
let styles = Number(own.get("styles"));
let stop = () => {};

// A reload keeps the scroll position.
const kept = sessionStorage.getItem(PLACE);
if (kept) {
  sessionStorage.removeItem(PLACE);
  const { path, y } = JSON.parse(kept);
  if (path === location.pathname) scrollTo(0, y);
}

// A page in the back-forward cache stops listening, and checks again when restored.
addEventListener("pageshow", (event) => {
  if (event.persisted) start();
});
addEventListener("pagehide", () => stop());
start();

function start() {
  stop();
  stop = globalThis.SharedWorker ? share() : listen();
}

/** Listens to the shared worker. Returns a function that stops. */
function share() {
  let end;
  try {
    const worker = new SharedWorker(HUB);
    worker.port.onmessage = (event) => learn(JSON.parse(event.data));
    worker.onerror = () => {
      if (end === goodbye) stop = end = listen();
    };
    function goodbye() {
      worker.port.postMessage("goodbye");
      worker.port.close();
    }
    end = goodbye;
    return () => {
      end();
      end = () => {};
    };
  } catch {
    return listen();
  }
}

/** Without shared workers, a tab listens by itself while it is visible. */
function listen() {
  let source;
  const close = () => {
    source?.close();
    source = undefined;
  };
  const turn = () => {
    if (document.visibilityState === "hidden") return close();
    if (source && source.readyState !== EventSource.CLOSED) return;
    source = new EventSource(EVENTS);
    source.onmessage = (event) => learn(JSON.parse(event.data));
  };
  document.addEventListener("visibilitychange", turn);
  turn();
  return () => {
    document.removeEventListener("visibilitychange", turn);
    close();
  };
}

function learn(shown) {
  if (shown.problem !== null) return show(shown.problem);
  hide();
  if (shown.state !== state) {
    state = shown.state;
    lookAgain(shown);
  }
  if (shown.styles === styles) return;
  styles = shown.styles;
  for (const sheet of document.querySelectorAll('link[rel="stylesheet"]')) {
    const url = new URL(sheet.href);
    url.searchParams.set("at", Date.now());
    sheet.href = url.href;
  }
}

/** Checks whether this page has changed. */
async function lookAgain({ base }) {
  const isMoved = base !== BASE && location.pathname.startsWith(BASE);
  const path = isMoved ? base + location.pathname.slice(BASE.length) : location.pathname;
  try {
    const answer = await fetch(path + location.search, { method: "HEAD", cache: "no-store" });
    const page = answer.headers.get("x-offprint-page");
    if (isMoved || (page !== null && page !== PAGE)) reload({ page: `${page}`, base });
  } catch {
    // The preview is gone; we reconnect when it is back.
  }
}

function reload({ page, base }) {
  // Reload at most once per state, even if the page still differs afterwards.
  if (sessionStorage.getItem(RELOADED) === location.pathname + page) return;
  sessionStorage.setItem(RELOADED, location.pathname + page);
  sessionStorage.setItem(PLACE, JSON.stringify({ path: location.pathname, y: scrollY }));
  if (base !== BASE && location.pathname.startsWith(BASE)) {
    location.replace(base + location.pathname.slice(BASE.length) + location.search);
  } else {
    location.reload();
  }
}

function hide() {
  document.getElementById(PANEL)?.remove();
}

function show(text) {
  hide();
  const panel = document.createElement("div");
  panel.id = PANEL;
  panel.setAttribute("role", "alert");
  Object.assign(panel.style, {
    position: "fixed", inset: "0", zIndex: "2147483647", overflow: "auto", padding: "2rem",
    background: "rgb(22 21 19)", color: "#ece7dc",
  });
  const title = document.createElement("h1");
  title.textContent = "The site has errors";
  Object.assign(title.style, { font: "700 1.25rem/1.4 sans-serif", margin: "0 0 1rem", color: "#e9a08f" });
  const report = document.createElement("pre");
  report.textContent = text;
  Object.assign(report.style, { font: "0.875rem/1.5 monospace", whiteSpace: "pre-wrap", margin: "0", border: "0" });
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "Look at the last good page";
  Object.assign(close.style, { font: "1rem/1.4 sans-serif", marginTop: "1.5rem", padding: "0.75rem 1rem", color: "inherit", background: "none", border: "1px solid" });
  close.addEventListener("click", hide);
  panel.append(title, report, close);
  document.body.append(panel);
}
