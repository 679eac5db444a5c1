// The browser's side of the preview: reloads the page when the site was built
// again, exchanges style sheets in place, and shows errors over the page.

const events = new EventSource("{events}");
const PANEL = "offprint-problem";
const KEY = "offprint-scroll";

// A reload keeps the place that the reader was at.
const kept = sessionStorage.getItem(KEY);
if (kept) {
  sessionStorage.removeItem(KEY);
  const { path, y } = JSON.parse(kept);
  if (path === location.pathname) scrollTo(0, y);
}

events.addEventListener("reload", () => {
  sessionStorage.setItem(KEY, JSON.stringify({ path: location.pathname, y: scrollY }));
  location.reload();
});

events.addEventListener("styles", () => {
  hide();
  for (const sheet of document.querySelectorAll('link[rel="stylesheet"]')) {
    const url = new URL(sheet.href);
    url.searchParams.set("at", Date.now());
    sheet.href = url.href;
  }
});

events.addEventListener("problem", (event) => show(event.data));

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
