/**
 * A made-up site for pictures: a month of digests with authors, venues, links and
 * counts, and papers at the edges of what pages can hold. The same files every time.
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The days that the gallery covers. */
const DAYS = 30;

const METHODS = ["Sparse Attention", "Low-Rank Adapters", "Speculative Decoding", "Mixture of Experts", "Retrieval-Augmented Generation", "Reward Models", "Diffusion Transformers", "State Space Models", "Quantized Inference", "Graph Neural Networks"];
const AIMS = ["Long Documents", "Low-Resource Translation", "Chest X-Ray Reports", "Robot Grasping", "Code Review", "Weather Maps", "Speech in Noise", "Protein Design", "Classroom Tutoring", "Satellite Images"];
const SHAPES = [
  (method, aim) => `${method} for ${aim}`,
  (method, aim) => `Do ${method} Help with ${aim}? A Careful Look`,
  (method, aim) => `Measuring What ${method} Forget About ${aim}`,
];
const OPENINGS = [
  (method, aim) => `In this paper, we show that ${method.toLowerCase()} can be trained for ${aim.toLowerCase()} with a tenth of the usual data.`,
  (method, aim) => `To address this, we propose a benchmark of 4,200 tasks on ${aim.toLowerCase()} that tells ${method.toLowerCase()} from their baselines.`,
  (method, aim) => `Most work on ${aim.toLowerCase()} assumes that every example matters equally. ${method} disagree, and we measure by how much.`,
];
const CLOSINGS = [
  "On three public data sets the error falls by 18 %, and the model answers within 40 ms on a laptop.",
  "The gain holds for models from 125M to 7B parameters. We release the code, the data and all training logs.",
  "A study with twelve practitioners finds that they trust the answers for the right reasons more often than before.",
];
const PEOPLE = ["Ada Apple", "Bruno Birch", "Chiara Cedar", "Dmitri Daisy", "Elif Elder", "Farah Fern", "Goran Grass", "Hana Hazel", "Ines Iris", "Jun Juniper", "Kofi Kale", "Lena Linden"];
const VENUES = ["ICML", "NeurIPS", "ICRA", "Findings of ACL", "", "Journal of Careful Measurement", ""];

/** Papers that a page has to bear: key by slug, front matter and text. */
const EDGES = {
  "fifty-authors": {
    title: "A Shared Task on Everything: Fifty Authors, One Table",
    authors: Array.from({ length: 50 }, (_, n) => `${PEOPLE[n % PEOPLE.length].split(" ")[0]} ${"ABCDEFGHIJ"[n % 10]}. ${PEOPLE[(n * 5 + 1) % PEOPLE.length].split(" ")[1]}${n}`),
    text: "Fifty groups ran one protocol on the same machines. The table has 400 rows, and most differences that earlier papers report vanish in it.",
    extra: 'award = "Best paper"\nids = ["arxiv:2503.01234", "doi:10.5555/gallery.50"]\n[metrics]\ncitations = 714\nupvotes = 96\n[links]\npdf = "https://example.org/fifty.pdf"\ncode = "https://github.com/gallery/fifty"\nproject = "https://example.org/fifty"\n',
  },
  "known-only-by-title": { title: "Known Only by Its Title", authors: [], text: "", extra: "" },
  "a-title-that-needs-room": {
    title: "Towards a Unified, Reproducible and Statistically Sound Evaluation of Instruction-Following Language Models across Two Hundred Languages, Eleven Scripts and Four Kinds of Feedback",
    authors: ["Ada Apple", "Bruno Birch"],
    text: "We evaluate 31 models in 200 languages. Rankings by English alone agree with the rest for the first three places and for no other.",
    extra: 'ids = ["arxiv:2503.02345"]\n',
  },
  "bounds-with-formulas": {
    title: "An $O(n^{3/2})$ Algorithm for $\\\\varepsilon$-Approximate Transport",
    authors: ["Chiara Cedar", "Dmitri Daisy"],
    text: "Optimal transport between $n$ points costs $O(n^3)$ when solved exactly. We give a $(1+\\varepsilon)$-approximation in time $O(n^{3/2} \\log n)$:\n\n$$W_\\varepsilon(\\mu,\\nu) \\le \\min_{\\pi \\in \\Pi(\\mu,\\nu)} \\sum_{i,j} \\pi_{ij}\\, c(x_i, y_j) + \\frac{\\varepsilon}{2}\\,\\lVert \\pi \\rVert_2^2.$$\n\nThe constant is below 12 on every instance that we tried.",
    extra: 'ids = ["arxiv:2503.03456"]\nvenue = "NeurIPS 2024"\n',
  },
  "taken-back": { title: "Superconducting Language Models at Room Temperature", authors: ["Kofi Kale"], text: "The measurements could not be repeated.", extra: "withdrawn = true\n" },
  "from-right-to-left": {
    title: "نماذج اللغة الكبيرة في التعليم: دراسة ميدانية",
    authors: ["ليلى حداد", "عمر نجار"],
    text: "ندرس أثر نماذج اللغة في تعلم الكتابة في اثنتي عشرة مدرسة. يتحسن النص، ولا يتحسن ما يكتبه التلاميذ وحدهم.",
    extra: 'language = "ar"\n',
  },
};

/** Writes the site into `folder`, for `theme`. */
export function makeGallery(folder, theme = "gazette") {
  const put = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  put("offprint.toml", `[site]\ntitle = "The Gallery"\ndescription = "Made-up papers, looked at from all sides."\nbase_url = "https://example.org/gallery/"\ntheme = "${theme}"\ncurator = "The Hanging Committee"\n[authors]\nmin_papers = 2\n`);
  const days = Array.from({ length: DAYS }, (_, n) => new Date(Date.UTC(2025, 1, 13 + n)).toISOString().slice(0, 10));
  const listed = new Map(days.map((day) => [day, []]));
  const paper = (slug, day, head, text) => {
    listed.get(day).push(slug);
    put(`content/papers/${slug}.md`, `+++\n${head}+++\n${text}\n`);
  };
  let count = 0;
  for (const [turn, shape] of SHAPES.entries()) {
    for (const [n, method] of METHODS.entries()) {
      for (const offset of [0, 3]) {
        const aim = AIMS[(n + turn + offset) % AIMS.length];
        const day = days[(count * 7) % DAYS];
        const authors = Array.from({ length: 1 + ((count * 3) % 5) }, (_, k) => PEOPLE[(count + k * k + k) % PEOPLE.length]);
        const venue = VENUES[count % VENUES.length];
        const year = 2020 + (count % 5);
        const head = `title = ${JSON.stringify(shape(method, aim))}\nids = ["arxiv:25${String(2 + (count % 2)).padStart(2, "0")}.${String(10000 + count)}"]\nauthors = ${JSON.stringify(authors)}\ndate = ${day}\npublished = ${year}-0${1 + (count % 9)}-11\ndigests = ["${day}"]\n${venue ? `venue = "${venue} ${year}"\n` : ""}[metrics]\nupvotes = ${(count * 13) % 41}\n${count % 3 === 0 ? `[links]\npdf = "https://example.org/${count}.pdf"\ncode = "https://github.com/gallery/tree-${count}"\n` : ""}`;
        paper(`work-${String(count).padStart(2, "0")}`, day, head, `${OPENINGS[count % 3](method, aim)} ${CLOSINGS[(count + turn) % 3]}`);
        count += 1;
      }
    }
  }
  const last = days[DAYS - 1];
  for (const [slug, edge] of Object.entries(EDGES)) {
    const authors = edge.authors.length > 0 ? `authors = ${JSON.stringify(edge.authors)}\n` : "";
    paper(slug, last, `title = "${edge.title}"\n${authors}date = ${last}\ndigests = ["${last}"]\n${edge.extra}`, edge.text);
  }
  for (const [day, slugs] of listed) put(`content/digests/${day}.md`, `+++\ndate = ${day}\npapers = ${JSON.stringify(slugs)}\n+++\n`);
}
