/**
 * Runs the built sample site in Chromium as readers would use it: reading,
 * searching, sharing; phone and desktop, light and dark, without JavaScript, and
 * with the search index gone. Any console message or failed request is a failure.
 */

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { serveFolder } from "./static-server.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const project = resolve(here, "../..");
const offprint = resolve(process.env.OFFPRINT_BIN ?? join(project, "target/debug/offprint"));
const axe = readFileSync(join(here, "node_modules/axe-core/axe.min.js"), "utf8");

const PHONE = { width: 360, height: 760 };
/** A phone as most readers have it, for what they have to get done on one. */
const HAND = { width: 390, height: 844 };
const TABLET = { width: 768, height: 1024 };
const DESKTOP = { width: 1440, height: 900 };

const folder = mkdtempSync(join(tmpdir(), "offprint-browser-"));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const site = join(folder, "public");
run(["build", "--no-import", "--site", project, "--output", site, "--base-url", "https://example.org/repo/"]);
const server = await serveFolder(site, "/repo/");
const base = `${server.origin}/repo/`;

// The sample has neither authors nor venues; this site has, and years to draw.
const guild = join(folder, "guild");
mkdirSync(join(guild, "content/papers"), { recursive: true });
writeFileSync(join(guild, "offprint.toml"), `[site]\ntitle = "Guild"\nbase_url = "https://example.org/guild/"\n[authors]\nmin_papers = 2\n[feeds]\nauthors = true\n[paginate]\nsize = 20\n[search]\nengine = "sharded"\n`);
for (let n = 0; n < 60; n++) {
  const recent = n >= 40;
  const title = recent ? `Attention and Pruning, Part ${n}` : `Pruning Trees, Part ${n}`;
  writeFileSync(join(guild, `content/papers/part-${n}.md`), `+++\ntitle = "${title}"\ndate = 2025-0${1 + Math.floor(n / 20)}-01\nyear = ${2019 + (n % 6)}\nvenue = "Guild of Gardens${n % 4 === 0 ? ` ${2020 + (n % 6)}` : ""}"\nauthors = ["Ada Apple", { name = "Ada Apple", orcid = "0000-0002-1825-0097" }, "Author ${n % 7}"]\n[metrics]\nupvotes = ${(n * 7) % 11}\n[links]\ncode = "https://github.com/guild/tree-${n % 9}"\n+++\nWe prune large language models with ${recent ? "attention" : "shears"} and measure what is left of them after quantization.\n`);
}
run(["build", "--site", guild]);
const guildServer = await serveFolder(join(guild, "public"), "/guild/");
const GUILD = ["authors/", "authors/ada-apple/", "authors/ada-apple-0097/", "authors/author-3/", "venues/", "venues/guild-of-gardens/", "venues/guild-of-gardens/2022/", "trends/", "saved/", "topics/compression/", "papers/part-1/"].map((path) => `${guildServer.origin}/guild/${path}`);

// A large site has neither sheets nor files beside its papers; this one is as short.
const short = join(folder, "short");
cpSync(guild, short, { recursive: true, filter: (path) => !path.includes("public") });
appendFileSync(join(short, "offprint.toml"), '\n[theme]\npaper_foot = "short"\n');
run(["build", "--site", short]);
const shortServer = await serveFolder(join(short, "public"), "/short/");

let passed = 0;
const failures = [];

/** A test gets a page of its own; whatever the page complains about fails it. */
async function test(name, options, body) {
  if (process.env.OFFPRINT_TESTS && !name.includes(process.env.OFFPRINT_TESTS)) return;
  const context = await browser.newContext({ viewport: DESKTOP, ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => complaints.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("requestfailed", (request) => complaints.push(`failed: ${request.url()} ${request.failure()?.errorText}`));
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });
  try {
    await body(page, complaints);
    assert.deepEqual(complaints, []);
    passed += 1;
    console.log(`ok   ${name}`);
  } catch (error) {
    failures.push(name);
    console.log(`FAIL ${name}\n${error.stack}`);
  } finally {
    await context.close();
  }
}

const PAGES = ["", "papers/", "papers/page/2/", "topics/", "topics/compression/", "digests/", "digests/2025-03-14/", "search/", "about/", "trends/", "map/", "for-you/"];

async function paperAddress(page) {
  await page.goto(`${base}topics/compression/`);
  return page.locator(".card .headline a").first().getAttribute("href");
}

/** What a page has against it: sideways scrolling, or what axe finds. */
async function faults(page, address) {
  await page.goto(address);
  // What is folded away has to be accessible as well.
  await page.evaluate(() => document.querySelectorAll("details").forEach((part) => { part.open = true; }));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  const said = wide > 0 ? [`${wide} pixels too wide`] : [];
  return [...said, ...await violationsOf(page)];
}

async function violationsOf(page, part) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate((part) => globalThis.axe.run(part ?? document), part);
  return violations.map((v) => `${v.id}: ${v.nodes.map((node) => node.target.join(" ")).slice(0, 3).join(", ")}`);
}

for (const [device, viewport] of [["phone", PHONE], ["tablet", TABLET], ["desktop", DESKTOP]]) {
  for (const colorScheme of ["light", "dark"]) {
    await test(`every kind of page is accessible and fits a ${device}, ${colorScheme}`, { viewport, colorScheme, bypassCSP: true }, async (page) => {
      const paper = new URL(await paperAddress(page), `${base}topics/compression/`).href;
      for (const address of [...PAGES.map((path) => base + path), paper, `${paper}cite.html`, ...GUILD]) {
        assert.deepEqual(await faults(page, address), [], address);
      }
    });
  }
}

// The other themes are held to the same: the one that ships beside Gazette, and the one
// that is an example of what the documentation tells.
for (const theme of ["preprint", "programme"]) {
  const copy = join(folder, theme);
  run(["new", copy]);
  const settings = join(copy, "offprint.toml");
  writeFileSync(settings, readFileSync(settings, "utf8").replace("[site]\n", `[site]\ntheme = "${theme}"\n`));
  cpSync(join(guild, "content/papers"), join(copy, "content/papers/guild"), { recursive: true });
  if (theme === "programme") cpSync(join(project, "examples/programme"), join(copy, "themes/programme"), { recursive: true });
  run(["build", "--site", copy, "--base-url", "https://example.org/"]);
  const themed = await serveFolder(join(copy, "public"), "/");
  const pages = ["", "papers/", "topics/", "topics/compression/", "digests/", "digests/2025-03-14/", "search/?q=part", "saved/", "trends/", "authors/", "authors/ada-apple/", "venues/", "about/", "papers/part-1/", "papers/part-1/cite.html"];
  for (const [device, viewport] of [["phone", PHONE], ["tablet", TABLET], ["desktop", DESKTOP]]) {
    for (const colorScheme of ["light", "dark"]) {
      await test(`the theme ${theme} is accessible and fits a ${device}, ${colorScheme}`, { viewport, colorScheme, bypassCSP: true }, async (page) => {
        for (const path of pages) {
          if (path.startsWith("search")) {
            await page.goto(`${themed.origin}/${path}`);
            await page.waitForSelector("#op-search-results .card");
          }
          assert.deepEqual(await faults(page, `${themed.origin}/${path}`), [], path);
        }
      });
    }
  }
  themed.close();
}

for (const [device, viewport] of [["phone", PHONE], ["desktop", DESKTOP]]) {
  await test(`home, topic, paper, search lead on to each other on a ${device}`, { viewport }, async (page) => {
    await page.goto(base);
    await page.locator(".rail a", { hasText: "Model Compression" }).click();
    assert.match(await page.locator("h1").innerText(), /Model Compression/);
    await page.locator(".card .headline a").first().click();
    assert.ok((await page.locator(".abstract").innerText()).length > 80);
    // The key is heard once the page's modules have run.
    await page.waitForLoadState("load");
    await page.keyboard.press("/");
    await page.keyboard.type("low-rank");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#op-search-results .headline");
    const first = await page.locator("#op-search-results .headline").first().innerText();
    assert.match(first, /low.rank/i);
    assert.ok(page.url().endsWith("search/?q=low-rank"));
    await page.locator("#op-search-results .headline a").first().click();
    assert.match(await page.locator("h1").innerText(), /low.rank/i);
  });
}

await test("the map is moved, coloured, filtered and listed, by mouse and by keys", {}, async (page) => {
  await page.goto(`${base}map/`);
  await page.waitForSelector("#op-map[data-ready]");
  const zoom = () => page.evaluate(() => document.getElementById("op-map").drawing.view.zoom);
  const middle = () => page.evaluate(() => Math.round(document.getElementById("op-map").drawing.view.x));
  const whole = await middle();
  await page.getByRole("button", { name: "Zoom in" }).click();
  assert.ok(await zoom() > 1.5);
  // By keys: the map moves, and says which paper is in its middle.
  await page.locator("#op-map-canvas").focus();
  await page.keyboard.press("ArrowRight");
  assert.ok(await middle() > whole);
  await page.keyboard.press("0");
  assert.equal(await zoom(), 1);
  // By mouse: a paper is told, and its page is a click away.
  const spot = await page.evaluate(() => {
    const { drawing } = document.getElementById("op-map");
    const [tile] = drawing.tiles.loaded;
    const box = document.getElementById("op-map-canvas").getBoundingClientRect();
    const { part, scale } = drawing.view;
    return { x: box.left + (tile.x[0] - part.left) * scale, y: box.top + (tile.y[0] - part.top) * scale };
  });
  await page.mouse.move(spot.x, spot.y);
  await page.waitForSelector("#op-map-caption a");
  await page.mouse.click(spot.x, spot.y);
  // The title of the paper that was pinned comes from the search.
  await page.waitForTimeout(500);
  const title = await page.locator("#op-map-caption a").innerText();
  await page.locator("#op-map-caption a").click();
  assert.equal((await page.locator("h1").innerText()).trim(), title.trim());
  await page.goto(`${base}map/`);
  await page.waitForSelector("#op-map[data-ready]");
  // By a query: what it finds is counted, and listed when the list is opened.
  await page.locator("#op-map-q").fill("quantization");
  await page.waitForFunction(() => /\d/.test(document.getElementById("op-map-status").textContent));
  await page.locator("#op-map-list summary").click();
  await page.waitForSelector("#op-map-list li a");
  const listed = await page.locator("#op-map-list li").count();
  const found = Number((await page.locator("#op-map-status").innerText()).match(/\d+/)[0]);
  assert.ok(found > 0 && found < 122 && listed === Math.min(found, 20), `${listed} of ${found}`);
  await page.waitForURL(/\?q=quantization$/);
  await page.locator("#op-map-q").fill("");
  await page.waitForFunction(() => document.querySelectorAll("#op-map-list li").length === 20);
  await page.locator("#op-map-colour").selectOption("year");
  assert.ok(await page.locator(".map-ramp").isVisible());
  await page.locator("#op-map-colour").selectOption("topic");
  await page.locator(".map-topics button").first().click();
  assert.equal(await page.locator('.map-topics [aria-pressed="true"]').count(), 1);
  await page.locator(".map-topics button").first().click();
  assert.equal(await page.locator('.map-topics [aria-pressed="true"]').count(), 0);
});

await test("a paper's page leads to its place on the map", {}, async (page) => {
  await page.goto(new URL(await paperAddress(page), `${base}topics/compression/`).href);
  const title = await page.locator("h1").innerText();
  await page.locator(".on-map a").click();
  await page.waitForSelector("#op-map-caption a");
  assert.equal((await page.locator("#op-map-caption a").innerText()).trim(), title.trim());
});

await test("a topic's papers can be put in another order", {}, async (page) => {
  await page.goto(`${base}topics/compression/`);
  const titles = () => page.locator(".list .headline").allInnerTexts();
  const before = await titles();
  await page.getByRole("button", { name: "by title" }).click();
  const sorted = await titles();
  assert.deepEqual(sorted, [...before].sort(new Intl.Collator("en", { numeric: true }).compare));
  assert.notDeepEqual(sorted, before);
  await page.getByRole("link", { name: "newest first" }).click();
  assert.deepEqual(await titles(), before);
  await page.goto(`${guildServer.origin}/guild/authors/ada-apple/`);
  await page.getByRole("button", { name: "Most upvoted" }).click();
  // The list has several pages, so it is put in order by the search, which knows all papers.
  await page.waitForFunction(() => /Part (3|14|25|36|47|58)\b/.test(document.querySelector(".results > li")?.innerText ?? ""));
  const noted = await page.locator(".results > li").evaluateAll((items) => items.map((item) => /Part (\d+)/.exec(item.innerText)).filter(Boolean).map(([, part]) => (Number(part) * 7) % 11));
  assert.deepEqual(noted, [...noted].sort((one, other) => other - one));
  assert.ok(noted.length >= 20 && noted[0] > noted[19], String(noted));
});

await test("results come as one types, and the address keeps the query", {}, async (page) => {
  await page.goto(`${base}search/`);
  await page.locator("#op-q").pressSequentially("quantiz");
  await page.waitForSelector("#op-search-results mark");
  await page.waitForURL(/\?q=quantiz$/);
  assert.match(await page.locator("#op-search-status").innerText(), /\d+ papers? found/);
  await page.locator("#op-q").fill("zzzzqqqq");
  await page.waitForFunction(() => /zzzzqqqq/.test(document.getElementById("op-search-status").textContent));
  assert.ok(await page.locator("#op-search-by-topic").isVisible());
});

await test("papers near in meaning come under a heading, once the reader stops typing", {}, async (page) => {
  await page.goto(`${base}search/`);
  await page.locator("#op-q").pressSequentially("~shrinking networks for small devices");
  await page.waitForSelector("#op-search-results .found-heading");
  assert.match(await page.locator("#op-search-results .found-heading").first().innerText(), /near in meaning/i);
  assert.ok((await page.locator("#op-search-results .headline").count()) > 3);
});

await test("a hostile query is only text", {}, async (page) => {
  const query = "</script><img src=x onerror=alert(1)> \"constructor\" __proto__ 🙂 שלום";
  await page.goto(`${base}search/?q=${encodeURIComponent(query)}`);
  await page.waitForFunction(() => document.getElementById("op-search-status").textContent !== "");
  assert.equal(await page.locator("main img").count(), 0);
  await page.locator("#op-q").fill("x".repeat(10_000));
  await page.waitForFunction(() => document.getElementById("op-search-status").textContent.length > 1000);
});

await test("a missing index is said and the topics remain", {}, async (page, complaints) => {
  await page.route("**/search/root.*.json", (route) => route.abort());
  await page.goto(`${base}search/?q=pruning`);
  await page.waitForFunction(() => /could not be loaded/.test(document.getElementById("op-search-status").textContent));
  assert.ok(await page.locator("#op-search-by-topic").isVisible());
  // The browser and the page each say what failed; nothing else may be wrong.
  const others = complaints.filter((line) => !/search\/root\.|search:|Failed to load resource/.test(line));
  assert.deepEqual(others, []);
  complaints.length = 0;
});

for (const [device, viewport] of [["phone", PHONE], ["desktop", DESKTOP]]) {
  await test(`the finder opens anywhere and works by keyboard alone on a ${device}`, { viewport, bypassCSP: true }, async (page) => {
    for (const [address, path] of [[base, ""], [`${guildServer.origin}/guild/`, "authors/"]]) {
      await page.goto(address + path);
      await page.waitForLoadState("load");
      await page.keyboard.press("Control+k");
      await page.keyboard.type("prunning");
      await page.waitForSelector(".found a mark");
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run(".finder"));
      assert.deepEqual(violations.map((v) => v.id), []);
      assert.match(await page.locator(".finder [role='status']").innerText(), /\d+ papers found/);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      const second = await page.locator(".found a").nth(1).innerText();
      assert.equal(await page.evaluate(() => document.activeElement.textContent), second);
      // Who types on is in the box again, at its end.
      await page.keyboard.type(" l");
      await page.keyboard.press("Escape");
      assert.ok(!(await page.locator(".finder").isVisible()));
      await page.keyboard.press("/");
      await page.keyboard.type("pruning");
      await page.waitForTimeout(500);
      await page.keyboard.press("ArrowDown");
      const first = await page.locator(".found a").first().innerText();
      await page.keyboard.press("Enter");
      await page.waitForURL(/papers/);
      assert.equal(await page.locator("h1").innerText(), first);
    }
  });
}

for (const [device, viewport] of [["phone", PHONE], ["desktop", DESKTOP]]) {
  await test(`a network that breaks half-way is said, and works again when it is back on a ${device}`, { viewport }, async (page, complaints) => {
    const guildBase = `${guildServer.origin}/guild/`;
    await page.goto(guildBase);
    await page.keyboard.press("/");
    await page.keyboard.type("part");
    await page.waitForSelector(".found a");
    await page.context().setOffline(true);
    await page.locator(".finder input[name='q']").fill("shears");
    await page.waitForFunction(() => /could not be loaded/.test(document.querySelector(".finder [role='status']").textContent));
    assert.ok(await page.locator(".finder a[href$='/topics/']").isVisible());
    await page.context().setOffline(false);
    await page.locator(".finder input[name='q']").fill("shear");
    await page.waitForSelector(".found a");
    assert.ok(!(await page.locator(".finder a[href$='/topics/']").isVisible()));
    const others = complaints.filter((line) => !/search[:/]|Failed to load resource/.test(line));
    assert.deepEqual(others, []);
    complaints.length = 0;
  });
}

// The queries that all parts of the program agree on, typed by a reader.
const vectors = readFileSync(join(project, "tests/golden/queries.tsv"), "utf8").split("\n")
  .filter((line) => line && !line.startsWith("#")).map((line) => line.split("\t"));
for (const engine of ["elasticlunr", "sharded"]) {
  const shelves = join(folder, `shelves-${engine}`);
  cpSync(join(project, "tests/fixtures/shelves"), shelves, { recursive: true });
  appendFileSync(join(shelves, "offprint.toml"), `\n[search]\nengine = "${engine}"\n`);
  run(["build", "--site", shelves]);
  const shelvesServer = await serveFolder(join(shelves, "public"), "/shelves/");
  const shelvesBase = `${shelvesServer.origin}/shelves/`;
  await test(`the search box, a filtered list and the finder find what the queries ask for, by ${engine}`, {}, async (page) => {
    const found = async (list, status) => {
      // An answer says how many there are.
      await page.waitForFunction(([status]) => /found|Nothing|None/.test(document.querySelector(status).textContent), [status]);
      const slugs = await page.locator(`${list} a[href*="/papers/"]`).evaluateAll((links) => links.map((link) => new URL(link.href).pathname.split("/").at(-2)));
      return { papers: slugs.sort().join(" "), said: await page.locator(status).innerText() };
    };
    const places = {
      "search/": ["#op-q", "#op-search-results .headline", "#op-search-status"],
      "topics/everything/": [".narrow [name='q']", ".results .headline", ".narrow + [role='status']"],
    };
    for (const [path, [box, list, status]] of Object.entries(places)) {
      await page.goto(`${shelvesBase}${path}`);
      for (const [query, wanted] of vectors) {
        await page.locator(box).fill("");
        await page.waitForFunction(([status]) => !/found|Nothing|None/.test(document.querySelector(status).textContent), [status]);
        await page.locator(box).fill(query);
        const { papers, said } = await found(list, status);
        if (wanted.startsWith("!")) assert.ok(said.includes(":"), `${path} ${query}: ${said}`);
        else assert.equal(papers, wanted.split(" ").sort().join(" "), `${path} ${query}: ${said}`);
      }
    }
    await page.goto(shelvesBase);
    await page.keyboard.press("/");
    for (const [query, slug] of [["https://arxiv.org/abs/2403.03507v2", "gradients"], ["10.1016/S0022-2836(98)1", "needles"], ["keyword:“state space”", "gradients"], ["upvotes:>9", "gradients"]]) {
      await page.locator(".finder input[name='q']").fill("");
      await page.locator(".finder input[name='q']").pressSequentially(query);
      await page.waitForFunction(() => document.querySelectorAll(".finder .found a").length === 1);
      assert.match(await page.locator(".finder .found a").first().getAttribute("href"), new RegExp(`papers/${slug}/$`));
    }
    await page.locator(".finder input[name='q']").fill("titel:gradients");
    await page.waitForFunction(() => /titel is not a field: did you mean title:\?/.test(document.querySelector(".finder [role='status']").textContent));
  });
  shelvesServer.close?.();
}

await test("a topic, a venue's year and a whole digest are filtered in place", {}, async (page) => {
  const filter = async (address, query) => {
    await page.goto(address);
    await page.locator(".narrow [name='q']").pressSequentially(query);
    await page.waitForSelector(".results .headline");
    assert.ok(!(await page.locator(".list").isVisible()));
    return page.locator(".results .headline").allInnerTexts();
  };
  // Both are on the second page of the digest.
  const scans = await filter(`${base}digests/2025-03-14/`, "title:MRI");
  assert.equal(scans.length, 2);
  assert.ok(scans.every((title) => /MRI/.test(title)));
  await page.waitForURL(/\?q=title%3AMRI$/);
  await page.reload();
  await page.waitForSelector(".results .headline mark");
  await page.locator(".narrow [name='q']").fill("");
  await page.waitForSelector(".list .headline");
  assert.ok(!(await page.locator(".results").isVisible()));
  const pruned = await filter(`${base}topics/compression/`, "pruning");
  const others = await filter(`${base}topics/compression/`, "pruning -title:pruning");
  assert.ok(pruned.length > others.length && others.length > 0, `${pruned.length}, ${others.length}`);
  assert.ok(others.every((title) => !/pruning/i.test(title)));
  // An author of few papers has none.
  await page.goto(`${guildServer.origin}/guild/authors/author-3/`);
  assert.equal(await page.locator(".narrow").count(), 0);
  const guildYear = await filter(`${guildServer.origin}/guild/venues/guild-of-gardens/2022/`, "part 15");
  assert.equal(guildYear[0], "Pruning Trees, Part 15");
  assert.ok(guildYear.length <= 15);
  // It appeared there in 2022, and says itself that it is of 2021.
  assert.deepEqual((await filter(`${guildServer.origin}/guild/venues/guild-of-gardens/2022/`, "\"part 20\"")).slice(0, 1), ["Pruning Trees, Part 20"]);
  // Nothing of another year: this paper is of 2020.
  await page.locator(".narrow [name='q']").fill("\"part 13\"");
  await page.waitForFunction(() => !/Part 15/.test(document.querySelector(".results .headline")?.textContent ?? ""));
  assert.ok((await page.locator(".results .headline").allInnerTexts()).every((title) => !/Part 13/.test(title)));
});

await test("a search is narrowed on a phone with two clicks", { viewport: HAND, bypassCSP: true }, async (page) => {
  const guild = `${guildServer.origin}/guild/search/?q=pruning`;
  for (const address of [`${base}search/?q=model`, guild]) {
    await page.goto(address);
    await page.waitForSelector("#op-search-results .headline");
    const before = await page.locator("#op-search-status").innerText();
    assert.ok(!(await page.locator("#op-search-facets").isVisible()));
    await page.getByRole("button", { name: "Filter" }).click();
    assert.deepEqual(await violationsOf(page, "#op-search-sheet"), []);
    await page.locator("#op-search-sheet .facet").nth(1).click();
    await page.waitForFunction((before) => document.getElementById("op-search-status").textContent !== before, before);
    assert.match(await page.locator("#op-search-sheet [data-close]").innerText(), /^Show \d+ papers?$/);
    await page.locator("#op-search-sheet [data-close]").click();
    assert.ok(!(await page.locator("#op-search-sheet").isVisible()));
    assert.ok(await page.locator("#op-search-results .headline").first().isVisible());
    assert.equal(await page.getByRole("button", { name: "Filter (1)" }).count(), 1);
    // What narrows it is said above the results, and goes with a click.
    await page.getByRole("button", { name: /^Remove filter: / }).click();
    await page.waitForFunction((before) => document.getElementById("op-search-status").textContent === before, before);
  }
  // Years stand in their order, and not by their counts.
  await page.goto(guild);
  await page.getByRole("button", { name: "Filter" }).click();
  const years = await page.locator("#op-search-sheet input[data-value^='year:']").evaluateAll((boxes) => boxes.map((box) => Number(box.dataset.value.slice(5))));
  assert.deepEqual(years, [...years].sort((one, other) => other - one));
  assert.ok(years.length >= 5);
  await page.keyboard.press("Escape");
  assert.ok(!(await page.locator("#op-search-sheet").isVisible()));
});

await test("the search begins with the newest papers, and offers topics and authors by name", {}, async (page) => {
  for (const [address, who] of [[`${guildServer.origin}/guild/`, "Ada Apple"]]) {
    await page.goto(`${address}search/`);
    assert.equal(await page.locator("#op-search-recent .card").count(), 8);
    await page.locator("#op-q").fill("compress");
    await page.waitForSelector("#op-search-named a");
    assert.ok(!(await page.locator("#op-search-recent").isVisible()));
    assert.match(await page.locator("#op-search-named").innerText(), /Model Compression/);
    // What asks for more than words is no name.
    await page.locator("#op-q").fill("title:compress");
    await page.waitForFunction(() => document.getElementById("op-search-named").hidden);
    await page.goto(`${address}topics/`);
    await page.waitForLoadState("load");
    await page.keyboard.press("/");
    await page.waitForSelector(".found a");
    assert.equal(await page.locator(".found a").count(), 8);
    await page.locator(".found a").first().click();
    await page.waitForURL(/papers\/part-/);
    await page.waitForLoadState("load");
    await page.keyboard.press("/");
    await page.keyboard.type("ada app");
    await page.waitForSelector(".found .place a");
    assert.match(await page.locator(".found .place").first().innerText(), new RegExp(who));
    await page.locator(".found .place a").first().click();
    await page.waitForURL(/authors\/ada-apple/);
    assert.equal(await page.locator("h1").innerText(), who);
  }
});

await test("a result says as much as a card", {}, async (page) => {
  await page.goto(`${guildServer.origin}/guild/search/?q=part`);
  await page.waitForSelector("#op-search-results .card");
  const first = page.locator("#op-search-results .card", { hasText: "Part 45" }).first();
  await page.locator("#op-q").fill('"part 45"');
  await first.waitFor();
  const text = await first.innerText();
  assert.match(text, /Ada Apple/);
  assert.match(text, /Guild of Gardens/);
  assert.match(text, /\d+ upvotes?/);
  assert.match(await first.getByRole("link", { name: /^Code/ }).getAttribute("href"), /^https:\/\/github\.com\/guild\//);
  await first.getByRole("button", { name: /^Save/ }).click();
  assert.equal(await first.locator("button.save").getAttribute("aria-pressed"), "true");
});

await test("going back brings the results back", {}, async (page) => {
  await page.goto(`${base}search/`);
  await page.locator("#op-q").pressSequentially("pruning");
  await page.waitForSelector("#op-search-results mark");
  const before = await page.locator("#op-search-results .headline").allInnerTexts();
  await page.waitForURL(/\?q=pruning$/);
  await page.locator("#op-search-results .headline a").nth(2).click();
  await page.waitForURL(/papers/);
  await page.goBack();
  await page.waitForSelector("#op-search-results mark");
  assert.deepEqual(await page.locator("#op-search-results .headline").allInnerTexts(), before);
  assert.equal(await page.locator("#op-q").inputValue(), "pruning");
});

await test("facets say names, and keep the reader's place", {}, async (page) => {
  await page.goto(`${base}search/?q=language+model`);
  const facet = page.locator("#op-search-facets label", { hasText: "Model Compression" });
  await facet.waitFor();
  await facet.locator("input").focus();
  await page.keyboard.press("Space");
  await page.waitForURL(/topic=compression/);
  await page.waitForFunction(() => document.activeElement.dataset.value === "topic:compression" && document.activeElement.checked);
});

await test("scripts that are not the site's own do not run", {}, async (page, complaints) => {
  await page.goto(base);
  const ran = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "globalThis.ran = true";
    document.head.append(script);
    return globalThis.ran ?? false;
  });
  assert.equal(ran, false);
  assert.ok(complaints.every((line) => /Content Security Policy/.test(line)) && complaints.length > 0);
  complaints.length = 0;
});

/** Sites that open from a disk: the sample, and a thousand papers where they are there. */
const onDisk = [["the sample", project, "2025-03-14", "low-rank", /low.rank/i]];
const corpus = resolve(project, "../shared/corpora/papers-1k.jsonl");
if (existsSync(corpus)) {
  const thousand = join(folder, "thousand");
  run(["new", thousand, "--empty"]);
  run(["import", corpus, "--date", "2025-01-01", "--site", thousand]);
  onDisk.push(["a thousand papers", thousand, "papers-1k", "language", /language/i]);
} else if (process.env.OFFPRINT_REQUIRE_SHARED) {
  throw new Error(`${corpus} is not there`);
} else {
  console.log("skipped: a thousand papers from a disk; the shared corpus is not there");
}
for (const [name, source, digest, query, wanted] of onDisk) {
  const disk = join(folder, `disk-${name.replaceAll(" ", "-")}`);
  run(["build", "--no-import", "--portable", "--site", source, "--output", disk]);
  const home = pathToFileURL(join(disk, "index.html")).href;

  await test(`${name} opens from a disk: reading, searching, filtering, saving, citing`, {}, async (page) => {
    await page.goto(home);
    await page.waitForLoadState("load");
    // The finder, over any page.
    await page.keyboard.press("/");
    await page.keyboard.type(query);
    await page.locator("dialog .found a").first().waitFor();
    assert.match(await page.locator("dialog .found a").first().innerText(), wanted);
    // The search page, with its facets.
    await page.keyboard.press("Enter");
    await page.waitForSelector("#op-search-results .headline");
    assert.ok(page.url().includes(`search/index.html?q=${query}`), page.url());
    await page.waitForSelector("#op-search-facets input");
    await page.locator("#op-search-results .headline a").first().click();
    await page.waitForSelector(".abstract");
    // A paper is kept, and the shelf leads back to it.
    const title = await page.locator("h1").innerText();
    await page.locator("button.save").first().click();
    assert.ok((await page.locator(".cite").first().innerText()).length > 20);
    await page.goto(new URL("saved/index.html", home).href);
    await page.locator(".headline a, .shelf a, main a").filter({ hasText: title.slice(0, 20) }).first().click();
    await page.waitForSelector(".abstract");
    // New papers are ranked by it.
    await page.goto(new URL("for-you/index.html", home).href);
    await page.waitForSelector("#op-for-you .results .headline");
    assert.match(await page.locator("#op-for-you .reason").first().innerText(), /Because you saved/);
    // A list is filtered in place.
    await page.goto(new URL(`digests/${digest}/index.html`, home).href);
    await page.locator(".narrow [name='q']").pressSequentially(query);
    await page.waitForSelector(".results .headline");
    assert.match(await page.locator(".results .headline").first().innerText(), wanted);
  });

  await test(`every link of ${name} leads to a file on the disk`, {}, async (page) => {
    const seen = new Set();
    const waiting = [home];
    while (waiting.length > 0 && seen.size < 60) {
      const address = waiting.shift();
      if (seen.has(address)) continue;
      seen.add(address);
      await page.goto(address);
      const links = await page.evaluate(() => [...document.querySelectorAll("a[href], form[action]")].map((node) => node.href || node.action));
      for (const link of links.filter((link) => link.startsWith("file:"))) {
        const file = fileURLToPath(link.replace(/[?#].*$/, ""));
        assert.ok(statSync(file).isFile(), `${address}: ${link}`);
        if (file.endsWith(".html")) waiting.push(link.replace(/[?#].*$/, ""));
      }
    }
  });
}

await test("papers are saved, marked as read, and carried to another browser", {}, async (page) => {
  const address = `${guildServer.origin}/guild/`;
  await page.goto(`${address}papers/part-1/`);
  const save = page.getByRole("button", { name: "Save", exact: true });
  await save.click();
  assert.equal(await page.locator(".save").getAttribute("aria-pressed"), "true");
  await page.goto(`${address}saved/`);
  assert.deepEqual(await page.locator("#op-shelf .headline").allInnerTexts(), ["Pruning Trees, Part 1"]);
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Back up to a file" }).click();
  const file = await (await downloading).path();
  await page.goto(`${address}venues/guild-of-gardens/2020/`);
  assert.equal(await page.locator(".rows > .is-read").count(), 1);
  await page.goto(`${address}saved/`);
  page.once("dialog", (dialog) => dialog.accept());
  await page.getByRole("button", { name: "Clear all" }).click();
  assert.equal(await page.locator("#op-shelf .headline").count(), 0);
  // What is none of this site is left out of what is read.
  const foreign = join(folder, "foreign.json");
  const kept = JSON.parse(readFileSync(file, "utf8"));
  kept.saved["//evil.example/"] = { title: "x", at: "" };
  kept.saved["papers/part-2/"] = { title: "<img src=x onerror=alert(1)>", at: "soon" };
  writeFileSync(foreign, JSON.stringify(kept));
  await page.locator("[type='file']").setInputFiles(foreign);
  await page.waitForFunction(() => document.querySelectorAll("#op-shelf .headline").length === 2);
  assert.match(await page.locator("#op-shelf [role='status']").innerText(), /2 papers added/);
  assert.equal(await page.locator("#op-shelf img").count(), 0);
  writeFileSync(foreign, "no shelf");
  await page.locator("[type='file']").setInputFiles(foreign);
  await page.waitForFunction(() => /no saved papers/.test(document.querySelector("#op-shelf [role='status']").textContent));
  await page.getByRole("button", { name: "Remove: Pruning Trees, Part 1" }).click();
  assert.equal(await page.locator("#op-shelf .headline").count(), 1);
});

await test("whatever stands in the browser's storage, the shelf works", {}, async (page) => {
  const address = `${guildServer.origin}/guild/`;
  await page.goto(address);
  for (const kept of ["null", "[]", "7", "{", '{"saved":{"papers/a/":null,"papers/../":{"title":"x"}},"read":"x","newest":"9999-01-01","at":1e99}', '{"__proto__":{"saved":1},"saved":[1]}']) {
    await page.evaluate((text) => localStorage.setItem("offprint:/guild/", text), kept);
    await page.goto(`${address}papers/part-3/`);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.goto(`${address}saved/`);
    assert.deepEqual(await page.locator("#op-shelf .headline").allInnerTexts(), ["Pruning Trees, Part 3"], kept);
  }
  // A browser that keeps nothing more says so, in the words of the page of saved papers.
  const full = await page.context().newPage();
  await full.goto(`${address}papers/part-5/`);
  await full.evaluate(() => { Storage.prototype.setItem = () => { throw new Error("full"); }; });
  await full.getByRole("button", { name: "Save", exact: true }).click();
  await full.getByRole("button", { name: "This browser cannot save any more." }).waitFor();
  await full.close();
  // Two tabs do not undo each other.
  const other = await page.context().newPage();
  await other.goto(`${address}papers/part-4/`);
  await other.getByRole("button", { name: "Save", exact: true }).click();
  await page.waitForFunction(() => document.querySelectorAll("#op-shelf .headline").length === 2);
  await page.getByRole("button", { name: "Remove: Pruning Trees, Part 3" }).click();
  assert.deepEqual(await page.locator("#op-shelf .headline").allInnerTexts(), ["Pruning Trees, Part 4"]);
});

/** Saves the first papers of a topic from its list. */
async function saveFive(page, topic = "compression") {
  await page.goto(`${base}topics/${topic}/`);
  for (let n = 0; n < 5; n++) await page.locator(".card button.save").nth(n).click();
  return page.locator(".card .headline a").evaluateAll((links) => links.slice(0, 5).map((link) => link.textContent));
}

const ranked = (page) => page.locator("#op-for-you .results .headline").allInnerTexts();
const isRanked = (page) => page.waitForSelector("#op-for-you .results .headline");

await test("nothing is recommended to those who saved nothing, and nothing is loaded for it", {}, async (page) => {
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.addInitScript(() => {
    globalThis.shifts = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) globalThis.shifts += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(base);
  await page.waitForLoadState("networkidle");
  assert.ok(!(await page.locator("#op-for-you-front").isVisible()));
  assert.equal(await page.evaluate(() => globalThis.shifts), 0);
  await page.goto(`${base}for-you/`);
  await page.waitForFunction(() => /Press Save on a few papers/.test(document.querySelector("#op-for-you [role='status']").textContent));
  assert.ok(!(await page.locator(".shelf-tools").isVisible()));
  assert.deepEqual(asked.filter((url) => /for-you\/.*\.json/.test(url)), []);
});

await test("new papers are ranked by what was saved, each with a reason, and the reader corrects it", { bypassCSP: true }, async (page) => {
  const requests = [];
  page.on("request", (request) => requests.push(new URL(request.url()).host));
  const saved = await saveFive(page);
  await page.goto(`${base}for-you/`);
  await isRanked(page);
  const before = await ranked(page);
  assert.equal(before.length, 20);
  assert.deepEqual(before.filter((title) => saved.includes(title)), []);
  // Of 122 papers ten or so are left of the topic; most of them come first.
  const topics = await page.locator("#op-for-you .results .card").evaluateAll((cards) => cards.slice(0, 8).map((card) => card.querySelector(".mute")?.textContent ?? ""));
  assert.ok(topics.filter((names) => /Model Compression/.test(names)).length >= 4, topics.join(" | "));
  assert.match(await page.locator(".reason").first().innerText(), /^Because you saved /);
  assert.ok(saved.includes(await page.locator(".reason a").first().innerText()));
  assert.deepEqual([...new Set(requests)], [new URL(base).host]);
  // Less like the first.
  await page.getByRole("button", { name: `Less like this: ${before[0]}` }).click();
  assert.ok(!(await ranked(page)).includes(before[0]));
  assert.equal(await page.evaluate(() => document.activeElement.closest(".card") !== null), true);
  await page.reload();
  await isRanked(page);
  assert.ok(!(await ranked(page)).includes(before[0]));
  await page.getByRole("button", { name: `Remove: ${before[0]}` }).click();
  assert.deepEqual(await ranked(page), before);
  // It can be taken back at once, too.
  await page.getByRole("button", { name: `Less like this: ${before[1]}` }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  assert.deepEqual(await ranked(page), before);
  // More like a paper from far down: others like it come up, and it stays.
  const last = before.at(-1);
  await page.getByRole("button", { name: `More like this: ${last}` }).click();
  assert.equal(await page.getByRole("button", { name: `More like this: ${last}` }).getAttribute("aria-pressed"), "true");
  assert.notDeepEqual(await ranked(page), before);
  await page.getByRole("button", { name: `More like this: ${last}` }).click();
  assert.deepEqual(await ranked(page), before);
  assert.deepEqual(await violationsOf(page), []);
});

await test("muted topics and words hide papers, which are counted and can be shown", {}, async (page) => {
  await saveFive(page);
  await page.goto(`${base}for-you/`);
  await isRanked(page);
  const before = await ranked(page);
  const card = page.locator("#op-for-you .card").first();
  const topic = await card.locator(".kicker a").first().innerText();
  await card.locator(".mute summary").click();
  await card.getByRole("button", { name: `Mute: ${topic}` }).click();
  const hidden = page.locator(".for-you-notes", { hasText: /\d+ papers are hidden/ });
  await hidden.waitFor();
  const left = await page.locator("#op-for-you .results .mute").evaluateAll((boxes) => boxes.map((box) => box.textContent));
  assert.ok(left.every((names) => !names.includes(topic)), left.join(" | "));
  await page.getByRole("button", { name: "Show anyway" }).click();
  assert.deepEqual(await ranked(page), before);
  await page.getByRole("button", { name: `Remove: ${topic}` }).click();
  assert.deepEqual(await ranked(page), before);
  await page.locator(".mute-form input").fill("LARGE language");
  await page.keyboard.press("Enter");
  assert.ok((await ranked(page)).every((title) => !/\blarge language\b/i.test(title)));
  assert.notDeepEqual(await ranked(page), before);
  // A word is a whole word.
  await page.getByRole("button", { name: "Remove: LARGE language" }).click();
  await page.locator(".mute-form input").fill("langua");
  await page.keyboard.press("Enter");
  assert.deepEqual(await ranked(page), before);
  page.once("dialog", (dialog) => dialog.accept());
  await page.getByRole("button", { name: "Clear preferences" }).click();
  assert.deepEqual(await ranked(page), before);
  assert.equal(await page.locator(".basis .chip").count(), 0);
});

await test("a library is matched by identifier and title, and what makes no sense in it harms nothing", {}, async (page) => {
  const exported = spawnSync(offprint, ["export", "--format", "csl-json", "--site", project], { encoding: "utf8", maxBuffer: 1 << 28 });
  const items = JSON.parse(exported.stdout);
  const withId = items.filter(({ URL: url }) => /arxiv\.org/.test(url ?? "")).slice(0, 4);
  assert.equal(withId.length, 4);
  const byTitle = items.filter(({ title }) => /^[A-Za-z ,:-]{30,90}$/.test(title)).slice(10, 13);
  const entries = [
    ...withId.map(({ URL: url }, n) => `@article{a${n}, title = {Another Title ${n}}, eprint = {${/(\d{4}\.\d{4,5})/.exec(url)[1]}}}`),
    ...byTitle.map(({ title }, n) => `@misc{b${n},\n  title = "{${title.toUpperCase()}}",\n  year = 2020\n}`),
    "@article{c, title = {A Paper That No Site Has Ever Seen}, doi = {10.1000/nothing}}",
    "@article{d, title = {<img src=x onerror=alert(1)> OR topic:compression}, url = {javascript:alert(1)}}",
    "@article{e, title = {never closed",
  ];
  const library = join(folder, "library.bib");
  writeFileSync(library, entries.join("\n\n"));
  await page.goto(`${base}for-you/`);
  const said = page.locator("[data-library-status]");
  const chosen = page.locator(".library [type='file']");
  await chosen.setInputFiles(library);
  await page.waitForFunction(() => /of \d+ papers are on this site/.test(document.querySelector("[data-library-status]").textContent));
  assert.match(await said.innerText(), /^7 of 9 papers are on this site/);
  await isRanked(page);
  assert.match(await page.locator(".reason").first().innerText(), /is in your library/);
  assert.match(await page.locator(".basis [data-counts]").innerText(), /7 from your library/);
  assert.equal(await page.locator("#op-for-you img").count(), 0);
  // The same as RIS and as Zotero's JSON, whatever the file is called.
  await page.getByRole("button", { name: "Remove the library" }).click();
  assert.match(await page.locator(".basis [data-counts]").innerText(), /0 from your library/);
  writeFileSync(library, withId.map(({ URL: url, title }) => `TY  - UNPB\r\nTI  - ${title}\r\nUR  - ${url}\r\nER  - \r\n`).join(""));
  await chosen.setInputFiles(library);
  await page.waitForFunction(() => /^4 of 4/.test(document.querySelector("[data-library-status]").textContent));
  writeFileSync(library, JSON.stringify({ items: [...byTitle.map(({ title }) => ({ title })), null, { title: { a: 1 } }, 7] }));
  await chosen.setInputFiles(library);
  await page.waitForFunction(() => /^3 of 3/.test(document.querySelector("[data-library-status]").textContent));
  for (const text of ["", "\u0000\u0001", "[".repeat(100_000), "@a{".repeat(100_000), "{}", "TY  - X"]) {
    writeFileSync(library, text);
    await chosen.setInputFiles(library);
    await page.waitForFunction(() => /No papers could be read/.test(document.querySelector("[data-library-status]").textContent));
    writeFileSync(library, JSON.stringify(byTitle));
    await chosen.setInputFiles(library);
    await page.waitForFunction(() => /^3 of 3/.test(document.querySelector("[data-library-status]").textContent));
  }
});

await test("what the ranking goes by is backed up with the saved papers, and cleared with them", { acceptDownloads: true }, async (page) => {
  await saveFive(page);
  await page.goto(`${base}for-you/`);
  await isRanked(page);
  const first = (await ranked(page))[0];
  await page.getByRole("button", { name: `Less like this: ${first}` }).click();
  await page.locator(".mute-form input").fill("diffusion");
  await page.keyboard.press("Enter");
  const before = await ranked(page);
  const kept = () => page.evaluate(() => localStorage.getItem("offprint-taste:/repo/"));
  const taste = JSON.parse(await kept());
  await page.locator(".shelf-files a").click();
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Back up to a file" }).click();
  const file = join(folder, "taste.json");
  writeFileSync(file, readFileSync(await (await downloading).path()));
  page.once("dialog", (dialog) => dialog.accept());
  await page.getByRole("button", { name: "Clear all" }).click();
  assert.equal(await kept(), null);
  // A file from elsewhere may hold anything.
  const given = JSON.parse(readFileSync(file, "utf8"));
  given.taste.signals["//evil.example/"] = { kind: "more", title: "x", row: "A", topics: [], authors: [] };
  given.taste.signals["papers/x/"] = { kind: "constructor", title: 7 };
  given.taste.muted.words.push(7, null, "");
  writeFileSync(file, JSON.stringify(given));
  await page.locator("[type='file']").setInputFiles(file);
  await page.waitForFunction(() => /5 papers added/.test(document.querySelector("#op-shelf [role='status']").textContent));
  assert.deepEqual(JSON.parse(await kept()), taste);
  await page.goto(`${base}for-you/`);
  await isRanked(page);
  assert.deepEqual(await ranked(page), before);
  // Other sites of the same host can write there too.
  for (const text of ["null", "[]", "{", '{"signals":{"papers/a/":null,"papers/../":{"kind":"more"}},"muted":7}', '{"signals":[1],"muted":{"words":{"a":1},"topics":[null,{"id":7}]}}']) {
    await page.evaluate((text) => localStorage.setItem("offprint-taste:/repo/", text), text);
    await page.reload();
    await isRanked(page);
  }
});

await test("the front page has three papers for those who saved something", {}, async (page) => {
  const saved = await saveFive(page);
  await page.goto(base);
  await page.locator("#op-for-you-front li a").first().waitFor();
  const titles = await page.locator("#op-for-you-front li a").allInnerTexts();
  assert.equal(titles.length, 3);
  assert.ok(titles.every((title) => !saved.includes(title)));
  assert.match(await page.locator("#op-for-you-front small").first().innerText(), /^Because you saved /);
  await page.goto(`${base}for-you/`);
  await isRanked(page);
  assert.deepEqual((await ranked(page)).slice(0, 3), titles);
});

// Three days of papers, of which a reader has seen the first.
const week = join(folder, "week");
run(["new", week, "--empty"]);
for (const [day, titles] of [
  ["2025-03-12", ["Robots Grasp Objects by Touch", "Protein Folding with Transformers", "Robots Fold Laundry at Home"]],
  ["2025-03-13", ["Robots Walk on Rough Terrain", "Speech Recognition for Dialects"]],
  ["2025-03-14", ["Robot Arms Learn from Demonstration", "Enzyme Design with Diffusion", "Translating Rare Languages"]],
]) {
  writeFileSync(join(week, `content/digests/${day}.jsonl`), titles.map((title) => JSON.stringify({ title, abstract: `We present ${title.toLowerCase()}. It works well in our experiments.`, authors: ["Ada Apple", `Bea ${title.split(" ")[0]}`] })).join("\n"));
}
run(["build", "--site", week]);
const weekServer = await serveFolder(join(week, "public"), "/week/");

await test("what came since the last visit is ranked together", {}, async (page) => {
  const address = `${weekServer.origin}/week/for-you/`;
  await page.goto(address);
  const shelf = { saved: { "papers/robots-grasp-objects-by-touch/": { title: "Robots Grasp Objects by Touch", at: "" } }, read: {}, newest: "2025-03-14", since: "2025-03-12", at: Date.now() };
  await page.evaluate((text) => localStorage.setItem("offprint:/week/", text), JSON.stringify(shelf));
  await page.reload();
  await isRanked(page);
  assert.equal(await page.locator("select").inputValue(), "new");
  const found = await ranked(page);
  assert.equal(found.length, 5);
  assert.deepEqual(found.slice(0, 2).sort(), ["Robot Arms Learn from Demonstration", "Robots Walk on Rough Terrain"]);
  await page.locator("select").selectOption("2025-03-12.json");
  await page.waitForFunction(() => document.querySelectorAll("#op-for-you .results .headline").length === 2);
  assert.deepEqual(await ranked(page), ["Robots Fold Laundry at Home", "Protein Folding with Transformers"]);
  await page.locator("select").selectOption("all");
  await page.waitForFunction(() => document.querySelectorAll("#op-for-you .results .headline").length === 7);
});

await test("papers that cannot be loaded are said to be", {}, async (page, complaints) => {
  await saveFive(page);
  await page.route("**/for-you/*.json", (route) => route.abort());
  await page.goto(`${base}for-you/`);
  await page.waitForFunction(() => /could not be loaded/.test(document.querySelector("#op-for-you [role='status']").textContent));
  assert.deepEqual(complaints.filter((line) => !/for-you\/|for you:|Failed to load resource/.test(line)), []);
  complaints.length = 0;
});

for (const [device, viewport] of [["phone", PHONE], ["desktop", DESKTOP]]) {
  for (const colorScheme of ["light", "dark"]) {
    await test(`recommended papers are accessible and fit a ${device}, ${colorScheme}`, { viewport, colorScheme, bypassCSP: true }, async (page) => {
      await saveFive(page);
      await page.goto(`${base}for-you/`);
      await isRanked(page);
      await page.getByRole("button", { name: /^Less like this/ }).nth(3).click();
      await page.getByRole("button", { name: /^More like this/ }).nth(2).click();
      await page.locator(".mute-form input").fill("diffusion");
      await page.keyboard.press("Enter");
      await page.evaluate(() => document.querySelectorAll("details").forEach((part) => { part.open = true; }));
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth) <= 0);
      assert.deepEqual(await violationsOf(page), []);
      if (process.env.OFFPRINT_PICTURES) await page.screenshot({ path: join(process.env.OFFPRINT_PICTURES, `for-you-${device}-${colorScheme}.png`), fullPage: true });
      await page.goto(base);
      await page.locator("#op-for-you-front").scrollIntoViewIfNeeded();
      await page.locator("#op-for-you-front li a").first().waitFor();
      assert.deepEqual(await violationsOf(page, "#op-for-you-front"), []);
      if (process.env.OFFPRINT_PICTURES) await page.screenshot({ path: join(process.env.OFFPRINT_PICTURES, `front-${device}-${colorScheme}.png`) });
    });
  }
}

await test("five papers are saved from a list with five clicks, and cited with two", { viewport: HAND, permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
  for (const [address, list] of [[base, "topics/compression/"], [`${guildServer.origin}/guild/`, "venues/guild-of-gardens/"], [`${shortServer.origin}/short/`, "topics/compression/"]]) {
    await page.goto(`${address}${list}`);
    await page.waitForSelector("button.save");
    for (let n = 0; n < 5; n += 1) await page.locator(".list button.save").nth(n).click();
    assert.equal(await page.locator(".list button.save[aria-pressed='true']").count(), 5);
    await page.locator(".colophon a[href$='saved/']").click();
    await page.waitForFunction(() => document.querySelectorAll("#op-shelf .byline > *").length >= 5);
    await page.waitForLoadState("networkidle");
    await page.getByRole("button", { name: "Copy BibTeX" }).click();
    await page.getByRole("button", { name: "✓ Copy BibTeX" }).waitFor();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(text.match(/^@/gm).length, 5, text);
    // In the order of the list, each with a key of its own.
    assert.equal(new Set(text.match(/^@\w+\{[^,]+/gm)).size, 5, text);
  }
});

await test("saved papers have notes, tags and an order, and leave as files", { viewport: HAND, bypassCSP: true, acceptDownloads: true }, async (page) => {
  const address = `${shortServer.origin}/short/`;
  await page.goto(`${address}papers/`);
  for (const n of [1, 2, 3]) await page.locator(".list button.save").nth(n).click();
  await page.goto(`${address}saved/`);
  const titles = () => page.locator("#op-shelf .headline").allInnerTexts();
  const before = await titles();
  assert.equal(before.length, 3);
  await page.getByRole("button", { name: `Add note or tags: ${before[0]}` }).click();
  await page.getByRole("textbox", { name: "Note" }).fill("=cmd|' /C calc'!A0 <img src=x onerror=alert(1)>\nRead, \"again\".");
  await page.getByRole("textbox", { name: /^Tags/ }).fill("garden,  garden, to  read");
  await page.getByRole("button", { name: "Done" }).click();
  assert.match(await page.locator(".own-note").innerText(), /<img src=x/);
  assert.equal(await page.locator("#op-shelf img").count(), 0);
  assert.deepEqual(await page.locator(".shelf-tags .chip").evaluateAll((chips) => chips.map((chip) => chip.firstChild.data)), ["garden", "to read"]);
  assert.deepEqual(await violationsOf(page), []);
  await page.getByRole("button", { name: `Move down: ${before[0]}` }).click();
  assert.deepEqual(await titles(), [before[1], before[0], before[2]]);
  await page.reload();
  assert.deepEqual(await titles(), [before[1], before[0], before[2]]);
  await page.waitForLoadState("networkidle");
  const saved = async (name) => {
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name, exact: true }).click();
    const download = await downloading;
    return readFileSync(await download.path(), "utf8");
  };
  assert.equal((await saved(".bib")).match(/^@/gm).length, 3);
  const ris = await saved(".ris");
  assert.equal(ris.match(/^TY {2}- /gm).length, 3, ris);
  assert.equal(ris.match(/^ER {2}- /gm).length, 3, ris);
  assert.match(ris, /^AU {2}- Apple, Ada\r$/m);
  const csv = await saved("CSV");
  assert.match(csv, /"'=cmd\|/);
  assert.match(csv, /Read, ""again""\./);
  // A tag shows its papers alone, and what is exported then is what is shown.
  await page.locator(".shelf-tags .chip").first().click();
  assert.deepEqual(await titles(), [before[0]]);
  assert.equal((await saved(".bib")).match(/^@/gm).length, 1);
  const file = join(folder, "shelf.json");
  writeFileSync(file, await saved("Back up to a file"));
  page.once("dialog", (dialog) => dialog.accept());
  await page.getByRole("button", { name: "Clear all" }).click();
  assert.deepEqual(await titles(), []);
  assert.equal(await page.evaluate(() => JSON.stringify(localStorage).includes("Apple")), false);
  const given = JSON.parse(readFileSync(file, "utf8"));
  const [path] = Object.keys(given.saved);
  given.saved[path].bibtex = "\\write18{rm -rf /}";
  given.saved["papers/part-9/"] = { title: "x".repeat(10_000), at: "never", note: "n".repeat(100_000), tags: Array(1000).fill(0).map((_, n) => `tag ${n}`) };
  writeFileSync(file, JSON.stringify(given));
  await page.locator("[type='file']").setInputFiles(file);
  await page.waitForFunction(() => document.querySelectorAll("#op-shelf .headline").length === 4);
  assert.match(await page.locator(".own-note").first().innerText(), /Read, "again"|n{100}/);
  await page.waitForLoadState("networkidle");
  const kept = await page.evaluate(() => Object.values(localStorage).join(""));
  assert.ok(kept.length < 20_000 && !kept.includes("write18"), `${kept.length}`);
});

await test("what came since the last visit is marked, and nothing moves for it", {}, async (page) => {
  const address = `${guildServer.origin}/guild/topics/compression/`;
  await page.goto(address);
  assert.equal(await page.locator(".is-new").count(), 0);
  const before = await page.locator(".card").nth(5).boundingBox();
  await page.evaluate(() => {
    const key = Object.keys(localStorage).find((name) => name.startsWith("offprint:"));
    localStorage.setItem(key, JSON.stringify({ ...JSON.parse(localStorage.getItem(key)), newest: "2025-02-01", at: 0 }));
  });
  await page.goto(address);
  await page.waitForSelector(".is-new");
  assert.equal(await page.locator(".is-new").count(), 20);
  assert.match(await page.locator(".page-head .facts").innerText(), /20 papers here are new/);
  assert.deepEqual(await page.locator(".card").nth(5).boundingBox(), before);
});

await test("a paper unfolds its citations in place, and each can be copied", { permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
  await page.goto(`${guildServer.origin}/guild/papers/part-1/`);
  await page.getByRole("link", { name: "APA, MLA, Chicago, IEEE, RIS, CSL JSON" }).click();
  await page.waitForSelector(".references dd");
  assert.match(page.url(), /papers\/part-1\/$/);
  assert.equal(await page.locator(".references dt").count(), 4);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Cite");
  await page.evaluate(() => document.querySelectorAll(".cite details").forEach((part) => { part.open = true; }));
  for (const [form, begins] of [["APA", /Pruning Trees, Part 1/], ["BibTeX", /^@/], ["IEEE", /“Pruning Trees, Part 1/]]) {
    await page.getByRole("button", { name: `Copy ${form}` }).click();
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), begins, form);
  }
  await page.getByRole("button", { name: "Copy RIS" }).click();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^TY {2}- /);
  // Where the sheet cannot be had, its link leads to it.
  await page.goto(`${guildServer.origin}/guild/papers/part-2/`);
  await page.evaluate(() => { globalThis.fetch = () => Promise.reject(new Error("no network")); });
  await page.locator(".unfold a").click();
  await page.waitForURL(/papers\/part-2\/cite\.html$/);
});

await test("a paper's sheet says everything without JavaScript", { javaScriptEnabled: false }, async (page) => {
  await page.goto(`${guildServer.origin}/guild/papers/part-1/`);
  await page.locator(".unfold a").click();
  for (const form of ["APA", "MLA", "Chicago", "IEEE", "BibTeX", "RIS", "CSL JSON"]) {
    await page.locator("dt, summary", { hasText: form }).first().waitFor();
  }
});

await test("scripts of the settings run, and those in a page do not", {}, async (page, complaints) => {
  const counted = join(folder, "counted");
  mkdirSync(join(counted, "content/papers"), { recursive: true });
  mkdirSync(join(counted, "static"), { recursive: true });
  writeFileSync(join(counted, "static/own.js"), "document.body.dataset.own = import.meta.url;\n");
  writeFileSync(join(counted, "content/papers/gears.md"), '+++\ntitle = "Gears"\n+++\nThey turn by $\\begin{cases} a & b \\\\ c & d \\end{cases}$.\n');
  writeFileSync(join(counted, "offprint.toml"), `[[script]]
src = "https://count.test/c.js"
data-site = "a b"
[[script]]
src = "https://talk.test/t.js"
place = "end"
pages = ["paper"]
target = "talk"
[[script]]
src = "own.js"
type = "module"
`);
  run(["build", "--site", counted]);
  const script = (body) => ({ contentType: "text/javascript", body });
  await page.route("https://count.test/c.js", (route) => route.fulfill(script("fetch('https://count.test/event', { method: 'POST', body: document.currentScript.dataset.site }).then((answer) => answer.text());")));
  const events = [];
  await page.route("https://count.test/event", (route) => {
    events.push(route.request().postData());
    return route.fulfill({ headers: { "access-control-allow-origin": "*" }, body: "ok" });
  });
  await page.route("https://talk.test/t.js", (route) => route.fulfill(script("const frame = document.createElement('iframe'); frame.src = 'https://talk.test/frame'; document.getElementById('talk').append(frame);")));
  await page.route("https://talk.test/frame", (route) => route.fulfill({ contentType: "text/html", body: "<p>Well said." }));
  const host = await serveFolder(join(counted, "public"), "/");
  try {
    await page.goto(`${host.origin}/papers/gears/`);
    await page.frameLocator("#talk iframe").getByText("Well said.").waitFor();
    await page.waitForFunction(() => document.body.dataset.own);
    assert.deepEqual(events, ["a b"]);
    assert.deepEqual(complaints, []);
    // What is written into the page, or comes from elsewhere, does not run.
    await page.evaluate(() => {
      for (const set of [(s) => (s.textContent = "document.body.dataset.bad = 1"), (s) => (s.src = "https://other.test/x.js")]) {
        const script = document.createElement("script");
        set(script);
        document.body.append(script);
      }
    });
    await page.waitForTimeout(200);
    assert.equal(await page.evaluate(() => document.body.dataset.bad), undefined);
    assert.equal(complaints.filter((text) => text.includes("Content Security Policy")).length, 2, complaints.join("\n"));
    complaints.length = 0;
  } finally {
    host.close();
  }
});

await test("five papers are saved from a list in five clicks on a phone", { viewport: HAND }, async (page) => {
  await page.goto(`${guildServer.origin}/guild/topics/compression/`);
  await page.waitForSelector(".card .save:not([hidden])");
  const titles = [];
  for (let n = 0; n < 5; n += 1) {
    const card = page.locator(".list .card").nth(n);
    titles.push(await card.locator(".headline").innerText());
    await card.locator(".save").click();
    assert.equal(await card.locator(".save").getAttribute("aria-pressed"), "true");
  }
  await page.goto(`${guildServer.origin}/guild/saved/`);
  assert.deepEqual((await page.locator("#op-shelf .headline").allInnerTexts()).sort(), titles.sort());
});

await test("a PDF is one click from a list on a phone", { viewport: HAND }, async (page) => {
  await page.route("https://arxiv.org/**", (route) => route.fulfill({ contentType: "text/html", body: "<title>PDF" }));
  await page.goto(`${base}topics/compression/`);
  await page.locator(".list .card .acts a", { hasText: "PDF" }).first().click();
  await page.waitForURL(/^https:\/\/arxiv\.org\/pdf\//);
});

await test("the most noted papers of a topic are one click away on a phone, of all its pages", { viewport: HAND }, async (page) => {
  await page.goto(`${guildServer.origin}/guild/topics/compression/`);
  await page.getByRole("button", { name: "Most upvoted" }).click();
  await page.waitForSelector(".results .headline");
  const parts = await page.locator(".results .headline").allInnerTexts();
  const upvotes = parts.map((title) => (Number(/\d+$/.exec(title)[0]) * 7) % 11);
  assert.ok(upvotes.length >= 40, String(upvotes.length));
  assert.deepEqual(upvotes, [...upvotes].sort((one, other) => other - one));
  await page.getByRole("link", { name: "newest first" }).click();
  await page.waitForSelector(".list .headline");
  // Of one page they are put in order where they are.
  await page.goto(`${guildServer.origin}/guild/venues/guild-of-gardens/2022/`);
  await page.getByRole("button", { name: "Most upvoted" }).click();
  assert.ok(await page.locator(".rows > li").first().isVisible());
});

await test("today's papers on a topic are two clicks away on a phone", { viewport: HAND }, async (page) => {
  await page.goto(base);
  const chip = page.locator(".chips a").first();
  const wanted = Number((await chip.locator(".count").innerText()).replace(/\D/g, ""));
  await chip.click();
  await page.waitForURL(/digests\/2025-03-14\/\?topic=/);
  await page.waitForFunction((n) => new RegExp(`^${n} papers? found`).test(document.querySelector(".narrow + [role='status']").textContent), wanted);
  assert.ok(!(await page.locator(".list").isVisible()));
  // The same chip on the page of the day shows all papers again.
  await page.locator(".chips a[aria-current]").click();
  await page.waitForSelector(".list .headline");
  assert.equal(new URL(page.url()).search === "" || (await page.waitForURL(/2025-03-14\/$/), true), true);
});

await test("a year of a topic narrows it down in place", {}, async (page) => {
  await page.goto(`${guildServer.origin}/guild/topics/compression/`);
  await page.locator(".chips a", { hasText: "2021" }).click();
  await page.waitForFunction(() => /^10 papers found/.test(document.querySelector(".narrow + [role='status']").textContent));
  await page.waitForURL(/\?year=2021$/);
});

await test("a phone's masthead is one row, with the sections and the search behind buttons", { viewport: HAND }, async (page) => {
  for (const path of ["", "topics/", "papers/part-1/"]) {
    await page.goto(`${guildServer.origin}/guild/${path}`);
    const name = await page.locator(".nameplate").boundingBox();
    const menu = await page.locator(".masthead > .menu").boundingBox();
    assert.ok(name.y + name.height <= 60 && menu.y + menu.height <= 60, path);
    assert.ok(menu.width >= 44 && menu.height >= 44);
    assert.ok(!(await page.locator(".sections").isVisible()));
    await page.locator(".masthead > .menu").click();
    assert.ok(await page.locator(".sections a").first().isVisible());
    await page.keyboard.press("Escape");
    await page.waitForLoadState("load");
    await page.locator(".masthead .find button").click();
    assert.ok(await page.locator(".finder input").isVisible());
    await page.keyboard.press("Escape");
    // Something to read is on the first screen.
    const text = await page.locator("main .headline, main h1").first().boundingBox();
    assert.ok(text.y < 500, `${path} ${text.y}`);
  }
});

await test("colours are chosen, kept, and there before anything is painted", { colorScheme: "light" }, async (page) => {
  const address = `${guildServer.origin}/guild/`;
  const sheet = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.goto(address);
  const light = await sheet();
  await page.getByRole("button", { name: "Dark", exact: true }).click();
  const dark = await sheet();
  assert.notEqual(dark, light);
  assert.equal(await page.locator("meta[name='theme-color']").getAttribute("content"), dark);
  // The choice is made before the body is there.
  await page.addInitScript(() => {
    const watch = new MutationObserver(() => {
      if (!document.body) return;
      globalThis.schemeAtFirst = document.documentElement.dataset.scheme;
      watch.disconnect();
    });
    watch.observe(document, { childList: true, subtree: true });
  });
  await page.goto(`${address}papers/part-2/`);
  assert.equal(await page.evaluate(() => globalThis.schemeAtFirst), "dark");
  assert.equal(await sheet(), dark);
  await page.getByRole("button", { name: "System", exact: true }).click();
  assert.equal(await sheet(), light);
  await page.emulateMedia({ colorScheme: "dark" });
  assert.equal(await sheet(), dark);
});

await test("the typeface is there, is preloaded once, and moves nothing", {}, async (page) => {
  const fonts = [];
  page.on("response", (response) => {
    if (/\.woff2$/.test(response.url())) fonts.push(response.url().split("/").at(-1));
  });
  await page.goto(`${base}topics/compression/`);
  await page.evaluate(() => document.fonts.ready);
  assert.ok(fonts.includes("serif-regular.woff2"));
  assert.equal(new Set(fonts).size, fonts.length, fonts.join());
  await page.reload();
  assert.ok(await page.evaluate(() => [...document.fonts].some((face) => face.family.includes("Offprint Serif") && face.status === "loaded")));
  const shift = await page.evaluate(() => new Promise((done) => {
    let sum = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) sum += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(sum), 300);
  }));
  assert.ok(shift < 0.001, String(shift));
  await page.emulateMedia({ media: "print" });
});

await test("everything can be read without JavaScript", { javaScriptEnabled: false }, async (page) => {
  await page.goto(`${base}topics/compression/`);
  assert.ok((await page.locator(".card").count()) > 3);
  // The search's button alone does something then.
  assert.equal(await page.locator("button:visible").count(), 1);
  await page.goto(`${base}search/`);
  assert.match(await page.locator("noscript").innerText(), /JavaScript/);
});

await test("a topic's address alone tells a chat what it is", { javaScriptEnabled: false }, async (page) => {
  await page.goto(`${base}topics/compression/`);
  const meta = (name) => page.locator(`meta[property="${name}"]`).getAttribute("content");
  assert.equal(await meta("og:title"), "Model Compression");
  assert.equal(await meta("og:url"), "https://example.org/repo/topics/compression/");
  assert.match(await meta("og:description"), /pruning/);
  assert.ok((await meta("og:site_name")).length > 0);
  for (const file of ["feed.xml", "feed.json", "papers.bib", "papers.ris", "papers.json"]) {
    assert.equal(await page.locator(`aside a[href$="topics/compression/${file}"]`).count(), 1, file);
  }
});

await test("an edit, an error and its mending show in the preview", {}, async (page, complaints) => {
  const copy = join(folder, "edited");
  run(["new", copy]);
  const { address, stop } = await startPreview(copy);
  try {
    await page.goto(`${address}about/`);
    const about = join(copy, "content/about.md");
    writeFileSync(about, readFileSync(about, "utf8").replace('title = "About"', 'title = "Edited by hand"'));
    await page.waitForFunction(() => document.querySelector("h1").textContent === "Edited by hand");
    const paper = readdirSync(join(copy, "content/papers/2025")).sort()[0];
    const source = join(copy, "content/papers/2025", paper);
    await page.goto(`${address}papers/${paper.replace(/\.md$/, "/")}`);
    writeFileSync(source, readFileSync(source, "utf8").replace(/^title = .*$/m, 'title = "A paper renamed"'));
    await page.waitForFunction(() => document.querySelector("h1").textContent === "A paper renamed");
    const topic = join(copy, "content/topics/compression.md");
    mkdirSync(dirname(topic), { recursive: true });
    await page.goto(`${address}topics/compression/`);
    writeFileSync(topic, '+++\nname = "Smaller models"\nmatch = "pruning"\n+++\nWritten while looking.\n');
    await page.waitForFunction(() => document.querySelector("h1").textContent === "Smaller models");
    assert.match(await page.locator(".introduction").innerText(), /Written while looking/);
    await page.goto(`${address}about/`);
    cpSync(join(project, "themes/gazette/templates/page.html"), join(copy, "templates/page.html"), { recursive: true });
    const template = join(copy, "templates/page.html");
    const good = readFileSync(template, "utf8").replace('{% extends "base.html" %}', '{% extends "theme/gazette/base.html" %}');
    writeFileSync(template, good.replace("{{ title }}", "{{ title }}!"));
    await page.waitForFunction(() => document.querySelector("h1").textContent === "Edited by hand!");
    writeFileSync(template, good.replace("{{ title }}", "{{ titel }}"));
    await page.waitForSelector("#offprint-problem");
    assert.match(await page.locator("#offprint-problem pre").innerText(), /templates\/page\.html:\d+/);
    writeFileSync(template, good.replace("{{ title }}", "{{ title }}?"));
    await page.waitForFunction(() => document.querySelector("h1").textContent === "Edited by hand?");
    assert.equal(await page.locator("#offprint-problem").count(), 0);
    cpSync(join(project, "themes/gazette/static/style.css"), join(copy, "static/style.css"), { recursive: true });
    writeFileSync(join(copy, "static/style.css"), "h1 { color: rgb(1, 2, 3); }");
    await page.waitForFunction(() => getComputedStyle(document.querySelector("h1")).color === "rgb(1, 2, 3)");
  } finally {
    await stop();
    // The stream of events ends with the preview, and the browser may say so.
    complaints.length = 0;
  }
});

// With workers as desktop browsers have them, and as phones do that have none.
for (const [kind, workers] of [["one connection for all tabs", true], ["a connection of each tab that is seen", false]]) {
  await test(`the preview stays quick over many visits and tabs: ${kind}`, {}, async (first, complaints) => {
    const copy = join(folder, `tabs-${workers}`);
    mkdirSync(join(copy, "content"), { recursive: true });
    writeFileSync(join(copy, "offprint.toml"), '[site]\ntitle = "Tabs"\n');
    const about = join(copy, "content/about.md");
    const write = (title) => writeFileSync(about, `+++\ntitle = "${title}"\n+++\nText.\n`);
    write("First");
    writeFileSync(join(copy, "content/other.md"), '+++\ntitle = "Other"\n+++\nText.\n');
    let preview = await startPreview(copy);
    const port = new URL(preview.address).port;
    const context = first.context();
    if (!workers) await context.addInitScript(() => { delete globalThis.SharedWorker; });
    // A page that is still loading hears of nothing yet.
    const shows = (page, title) => page.waitForFunction((text) => document.readyState === "complete" && document.querySelector("h1")?.textContent === text, title, { timeout: 10_000 });
    const mark = () => document.querySelector('script[src*="live.js"]')?.src;
    try {
      // Fifty visits in one tab, some of them by going back.
      for (let n = 0; n < 50; n += 1) {
        const start = Date.now();
        if (n % 5 === 4) await first.goBack({ timeout: 10_000 });
        else await first.goto(`${preview.address}${n % 2 ? "about/" : "other/"}`, { timeout: 10_000 });
        assert.ok(Date.now() - start < 8_000, `visit ${n} took ${Date.now() - start} ms`);
      }
      // A page that was gone back to is current as well.
      await first.goto(`${preview.address}about/`);
      await first.goto(`${preview.address}other/`);
      const before = await first.evaluate(mark);
      write("While away");
      await first.waitForFunction((old) => {
        const now = document.querySelector('script[src*="live.js"]')?.src;
        return document.readyState === "complete" && now && now !== old;
      }, before);
      await first.goBack();
      await shows(first, "While away");
      // Without workers, a browser that shows ten tabs at once has too few connections.
      const tabs = [first];
      for (let n = 1; n < (workers ? 10 : 4); n += 1) {
        const tab = await context.newPage();
        const start = Date.now();
        await tab.goto(`${preview.address}about/`, { timeout: 10_000 });
        assert.ok(Date.now() - start < 3_000, `tab ${n} took ${Date.now() - start} ms`);
        tabs.push(tab);
      }
      write("Second");
      await Promise.all(tabs.map((tab) => shows(tab, "Second")));
      // The server goes and comes back, at the same address, with something new.
      await preview.stop();
      write("Third");
      preview = await startPreview(copy, port);
      assert.equal(new URL(preview.address).port, port);
      await Promise.all(tabs.map((tab) => shows(tab, "Third")));
      write("Fourth");
      await Promise.all(tabs.map((tab) => shows(tab, "Fourth")));
      // An error shows in all tabs, and goes from all of them.
      writeFileSync(about, "+++\ntitle =\n+++\n");
      await Promise.all(tabs.map((tab) => tab.waitForSelector("#offprint-problem")));
      write("Fifth");
      await Promise.all(tabs.map((tab) => shows(tab, "Fifth")));
      // The site gets another base path; the tabs go with it.
      writeFileSync(join(copy, "offprint.toml"), '[site]\ntitle = "Tabs"\nbase_url = "https://example.org/repo/"\n');
      await Promise.all(tabs.map((tab) => tab.waitForURL("**/repo/about/")));
      await Promise.all(tabs.map((tab) => shows(tab, "Fifth")));
    } finally {
      await preview.stop();
      // Requests that a page had begun when it was left, and the server that was away.
      complaints.length = 0;
    }
  });
}

if (process.env.OFFPRINT_SCREENSHOT) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, deviceScaleFactor: 1 });
  await page.goto(base);
  await page.screenshot({ path: process.env.OFFPRINT_SCREENSHOT });
}

await browser.close();
server.close();
guildServer.close();
shortServer.close();
rmSync(folder, { recursive: true, force: true });
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length === 0 ? 0 : 1);

function run(args) {
  const done = spawnSync(offprint, args, { encoding: "utf8" });
  assert.equal(done.status, 0, done.stdout + done.stderr);
}

/** Starts the preview of a site, and gives its address and the way to stop it. */
async function startPreview(site, port = "0") {
  const preview = spawn(offprint, ["serve", "--site", site, "--port", port], { stdio: ["ignore", "pipe", "inherit"] });
  const address = await new Promise((found, failed) => {
    preview.stdout.on("data", (text) => {
      const match = /serving at (\S+)/.exec(text);
      if (match) found(match[1]);
    });
    preview.on("exit", () => failed(new Error("the preview ended")));
  });
  await until(async () => (await fetch(`${address}about/`)).status === 200);
  const stop = async () => {
    preview.kill("SIGINT");
    await new Promise((ended) => (preview.exitCode === null ? preview.on("exit", ended) : ended()));
    assert.equal(preview.exitCode, 0);
  };
  return { address, stop };
}

async function until(condition) {
  for (let n = 0; n < 100; n += 1) {
    if (await condition().catch(() => false)) return;
    await new Promise((later) => setTimeout(later, 100));
  }
  throw new Error("waited in vain");
}
