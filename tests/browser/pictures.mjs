/**
 * Pictures of the kinds of page, compared with approved ones, so that a change shows
 * what it moved.
 *
 *   node tests/browser/pictures.mjs                 # compares, says what differs
 *   node tests/browser/pictures.mjs --approve       # takes today's pictures as the approved ones
 *   node tests/browser/pictures.mjs --only paper    # those whose name has "paper" in it
 *   node tests/browser/pictures.mjs --to FOLDER     # writes today's pictures there, compares nothing
 *
 * Approved pictures are in `approved/`. Where one differs, today's picture and a
 * picture of the difference are written to `target/pictures`. Text is drawn a little
 * differently by another system's fonts and browser; up to `TOLERANCE` of a picture
 * may differ.
 */

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import pixelmatch from "pixelmatch";
import { chromium } from "playwright-core";
import { PNG } from "pngjs";
import { makeGallery } from "./gallery.mjs";
import { serveFolder } from "./static-server.mjs";

/** The share of a picture's pixels that may differ. */
const TOLERANCE = 0.005;

const KINDS = {
  front: "",
  paper: "papers/work-00/",
  "paper-many-authors": "papers/fifty-authors/",
  "paper-title-only": "papers/known-only-by-title/",
  "paper-long-title": "papers/a-title-that-needs-room/",
  "paper-math": "papers/bounds-with-formulas/",
  "paper-withdrawn": "papers/taken-back/",
  "paper-right-to-left": "papers/from-right-to-left/",
  papers: "papers/",
  topics: "topics/",
  topic: "topics/architectures/",
  digest: "digests/2025-03-14/",
  archive: "digests/",
  author: "authors/ada-apple/",
  authors: "authors/",
  venue: "venues/icml/",
  venues: "venues/",
  trends: "trends/",
  saved: "saved/",
  search: "search/",
  "search-results": "search/?q=sparse+attention",
};

/** A screen: desktop pictures are kept at half size, which is enough to see what moved. */
const SCREENS = {
  phone: { viewport: { width: 390, height: 844 } },
  tablet: { viewport: { width: 768, height: 1024 }, deviceScaleFactor: 0.5 },
  desktop: { viewport: { width: 1440, height: 1100 }, deviceScaleFactor: 0.5 },
};

const here = dirname(fileURLToPath(import.meta.url));
const project = resolve(here, "../..");
const offprint = resolve(process.env.OFFPRINT_BIN ?? join(project, "target/debug/offprint"));
const approved = join(here, "approved");
const value = (name) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined);
const approve = process.argv.includes("--approve");
const only = value("--only") ?? "";
const to = value("--to");
const theme = value("--theme") ?? "gazette";
// Approved are the default theme's light pictures on three screens, and its dark ones on
// two; looking at pages by hand takes all.
const LOOKS = to ? ["phone", "tablet", "desktop"].flatMap((screen) => [[screen, "light"], [screen, "dark"]]) : [["phone", "light"], ["tablet", "light"], ["desktop", "light"], ["phone", "dark"], ["desktop", "dark"]];

const folder = mkdtempSync(join(tmpdir(), "offprint-pictures-"));
const found = to ?? join(project, "target/pictures");
let failed = 0;
try {
  makeGallery(folder, theme);
  const built = spawnSync(offprint, ["build", "--site", folder], { encoding: "utf8" });
  if (built.status !== 0) throw new Error(built.stdout + built.stderr);
  const server = await serveFolder(join(folder, "public"), "/gallery/");
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none", "--disable-lcd-text"] });
  if (!to) rmSync(found, { recursive: true, force: true });
  mkdirSync(found, { recursive: true });
  mkdirSync(approved, { recursive: true });
  const taken = new Set();
  for (const [screen, colorScheme] of LOOKS) {
    const context = await browser.newContext({ ...SCREENS[screen], ...(to ? { deviceScaleFactor: 1 } : {}), colorScheme, reducedMotion: "reduce" });
    const page = await context.newPage();
    for (const [kind, path] of Object.entries(KINDS)) {
      const name = `${kind}-${screen}-${colorScheme}.png`;
      taken.add(name);
      if (!name.includes(only)) continue;
      const answer = await page.goto(`${server.origin}/gallery/${path}`, { waitUntil: "networkidle" });
      if (!answer.ok()) throw new Error(`${path} answers ${answer.status()}`);
      await page.evaluate(() => document.fonts.ready);
      const picture = await page.screenshot({ fullPage: Boolean(to) });
      judge(name, picture);
    }
    await context.close();
  }
  await browser.close();
  server.close();
  if (!to && !approve) {
    for (const name of readdirSync(approved)) {
      if (!taken.has(name)) complain(`${name} is approved, but no page of that kind is looked at any more`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (to) console.log(`pictures are in ${to}`);
else if (approve) console.log("approved");
else if (failed === 0) console.log("every page looks as approved");
else {
  console.log(`${failed} pictures differ; see ${found}. If the change is meant, look at them and run this again with --approve`);
  process.exitCode = 1;
}

/** Compares a picture with the approved one, or takes it as such. */
function judge(name, picture) {
  if (to) return writeFileSync(join(found, name), picture);
  const old = join(approved, name);
  if (approve) return writeFileSync(old, picture);
  if (!existsSync(old)) {
    writeFileSync(join(found, name), picture);
    return complain(`${name} has no approved picture`);
  }
  const [before, now] = [PNG.sync.read(readFileSync(old)), PNG.sync.read(picture)];
  if (before.width !== now.width || before.height !== now.height) {
    writeFileSync(join(found, name), picture);
    return complain(`${name} is ${now.width} × ${now.height}, approved is ${before.width} × ${before.height}`);
  }
  const difference = new PNG({ width: now.width, height: now.height });
  const pixels = pixelmatch(before.data, now.data, difference.data, now.width, now.height, { threshold: 0.2 });
  const share = pixels / (now.width * now.height);
  if (share <= TOLERANCE) return undefined;
  writeFileSync(join(found, name), picture);
  writeFileSync(join(found, name.replace(".png", ".difference.png")), PNG.sync.write(difference));
  return complain(`${name} differs in ${(share * 100).toFixed(1)} % of its pixels`);
}

function complain(text) {
  failed += 1;
  console.log(text);
}
