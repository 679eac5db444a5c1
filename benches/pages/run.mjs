// A whole site, looked at as the tests look at a sample: axe on every page at three
// widths, light and dark; console messages; bytes of the papers' pages; Lighthouse on
// one page of each of four kinds, the median of three.
//
//   npm install --prefix tests/browser && npm install --prefix benches/pages
//   node benches/pages/run.mjs SITE/public              # everything
//   node benches/pages/run.mjs SITE/public --every 10   # axe on every tenth page
//
// The site has to be built with the base URL `/`, or none. The HTML validator takes
// whole sites too: node tests/browser/validate.mjs SITE/public
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { serveFolder } from '../../tests/browser/static-server.mjs';

const project = resolve(fileURLToPath(import.meta.url), '../../..');
const tests = createRequire(join(project, 'tests/browser/package.json'));
const { chromium } = tests('playwright-core');
const axe = readFileSync(join(project, 'tests/browser/node_modules/axe-core/axe.min.js'), 'utf8');
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

const site = process.argv[2];
if (!site) throw new Error('name the public folder of a built site');
const asked = process.argv.indexOf('--every');
const every = asked > 0 ? Number(process.argv[asked + 1]) : 1;

const pages = readdirSync(site, { recursive: true })
  .filter((path) => /(?:^|\/)(?:index|cite)\.html$/.test(path))
  // Old addresses lead on; they are no pages.
  .filter((path) => !readFileSync(join(site, path), 'utf8').includes('http-equiv="refresh"'))
  .map((path) => path.replace(/index\.html$/, ''))
  .sort();
const papers = pages.filter((path) => /^papers\/(?!page\/)[^/]+\/$/.test(path));

const server = await serveFolder(site, '/');
await bytes();
await everyPage();
await lighthouse();
server.close();

/** What the pages of papers weigh, and all that the first one transfers. */
async function bytes() {
  const sizes = papers.map((path) => readFileSync(join(site, path, 'index.html')).length).sort((a, b) => a - b);
  const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  const page = await browser.newPage();
  const bodies = [];
  page.on('response', (response) => bodies.push(response.body().catch(() => Buffer.alloc(0))));
  await page.goto(`${server.origin}/${papers[0]}`, { waitUntil: 'networkidle' });
  const all = (await Promise.all(bodies)).reduce((sum, body) => sum + gzipSync(body).length, 0);
  await browser.close();
  console.log(`${papers.length} papers: HTML ${(mean / 1000).toFixed(1)} kB on average, ${(sizes.at(-1) / 1000).toFixed(1)} kB at most; all that one transfers ${(all / 1000).toFixed(1)} kB gzip`);
}

async function everyPage() {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  const faults = new Map();
  const fault = (text, where) => faults.set(text, [...(faults.get(text) ?? []), where]);
  let looked = 0;
  for (const width of [360, 768, 1440]) {
    for (const colorScheme of ['light', 'dark']) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
      const page = await context.newPage();
      page.on('console', (message) => fault(`console: ${message.text()}`, page.url()));
      page.on('pageerror', (error) => fault(`error: ${error.message}`, page.url()));
      for (const path of pages.filter((_, n) => n % every === 0)) {
        await page.goto(`${server.origin}/${path}`);
        await page.evaluate(() => document.querySelectorAll('details').forEach((part) => { part.open = true; }));
        if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) fault(`too wide at ${width}`, path);
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => globalThis.axe.run());
        for (const violation of violations) fault(`axe: ${violation.id}`, path);
        looked += 1;
      }
      await context.close();
    }
  }
  await browser.close();
  console.log(`${looked} looks at ${Math.ceil(pages.length / every)} pages: ${faults.size === 0 ? 'nothing found' : ''}`);
  for (const [text, where] of faults) console.log(`  ${text}: ${where.length} times, such as ${where[0]}`);
}

async function lighthouse() {
  const { default: run } = await import('lighthouse');
  const port = 9333;
  const browser = spawn(executablePath, ['--headless=new', '--no-sandbox', '--disable-gpu', `--remote-debugging-port=${port}`, 'about:blank'], { stdio: 'ignore' });
  await new Promise((later) => setTimeout(later, 3_000));
  const topic = pages.find((path) => /^topics\/[^/]+\/$/.test(path));
  for (const path of ['', topic, papers[0], 'search/']) {
    const scores = [];
    for (let n = 0; n < 3; n += 1) {
      const { lhr } = await run(`${server.origin}/${path}`, { port, logLevel: 'error' });
      scores.push(Object.fromEntries(Object.values(lhr.categories).map(({ id, score }) => [id, Math.round(score * 100)])));
    }
    const median = (id) => scores.map((score) => score[id]).sort((a, b) => a - b)[1];
    console.log(`Lighthouse /${path}: ${Object.keys(scores[0]).map((id) => `${id} ${median(id)}`).join(', ')}`);
  }
  browser.kill();
}
