// Search over the sections of the documentation. The index is a list of sections, written
// by `scripts/docs`; it is loaded when somebody first uses the box.

const form = document.querySelector(".docs-search");
const box = form?.querySelector("input");
const count = form?.querySelector(".docs-count");
const list = form?.querySelector(".docs-results");

let sections;

/** The sections: `page`, `title`, `path`, `heading`, `id`, `text`, and `words`, all in lower case. */
async function load() {
  const answer = await fetch(`${form.dataset.root}docs-index.json`);
  if (!answer.ok) throw new Error(`${answer.status}`);
  const rows = await answer.json();
  return rows.map((row) => ({ ...row, words: [row.title, row.heading, row.text].map((text) => text.toLowerCase()) }));
}

/** How well a section answers: every word has to be in it; headings count more than text. */
function score({ words: [title, heading, text] }, query) {
  let sum = 0;
  for (const word of query) {
    const found = 4 * heading.includes(word) + 3 * title.includes(word) + text.includes(word);
    if (found === 0) return 0;
    sum += found;
  }
  return sum;
}

/** The words around the first one that was found. */
function excerpt(text, query) {
  const at = Math.max(0, Math.min(...query.map((word) => text.toLowerCase().indexOf(word)).filter((n) => n >= 0), text.length));
  const from = at === text.length ? 0 : Math.max(0, text.lastIndexOf(" ", Math.max(0, at - 50)));
  return `${from > 0 ? "… " : ""}${text.slice(from, from + 160).trim()} …`;
}

function show(found, query) {
  list.replaceChildren(
    ...found.slice(0, 20).map((section) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `${form.dataset.root}${section.path}${section.id ? `#${section.id}` : ""}`;
      link.textContent = section.heading ? `${section.title}: ${section.heading}` : section.title;
      const text = document.createElement("small");
      text.textContent = excerpt(section.text, query);
      item.append(link, text);
      return item;
    }),
  );
}

async function answer() {
  const query = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  if (query.length === 0) {
    count.textContent = "";
    list.replaceChildren();
    return;
  }
  try {
    sections ??= await load();
  } catch {
    count.textContent = "The search cannot be loaded; all pages are listed below.";
    return;
  }
  const found = sections
    .map((section) => ({ section, score: score(section, query) }))
    .filter((row) => row.score > 0)
    .sort((a, b) => b.score - a.score)
    .map((row) => row.section);
  count.textContent = found.length === 1 ? "1 section" : `${found.length} sections`;
  show(found, query);
}

if (form) {
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  box.addEventListener("input", answer);
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) {
    box.value = asked;
    answer();
  }
}
