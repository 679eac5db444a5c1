// How long a reader waits after a key, in Chromium: the search page of a site is
// typed into, letter by letter, and the time from the key to the painted answer is
// taken. Everything is loaded by a first round; the second is measured. Needs the
// browser tests' packages and a built site:
//
//   npm install --prefix tests/browser
//   node benches/search/keystrokes.mjs SITE/public
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveFolder } from '../../tests/browser/static-server.mjs';
import { rootFile } from '../../tests/search/open.mjs';

const project = resolve(fileURLToPath(import.meta.url), '../../..');
const { chromium } = createRequire(resolve(project, 'tests/browser/package.json'))('playwright-core');

const site = process.argv[2];
if (!site) throw new Error('name the public folder of a built site');
const QUERIES = [
  'low-rank adaptation', 'reinforcement learning robots', 'graph neural networks', 'gaussian process regression', 'visual odometry',
  'diffusion models', 'attention is all you need', 'monte carlo tree search', 'garcia manipulation', 'generalizaton bounds',
];

const { papers } = JSON.parse(readFileSync(resolve(site, 'search', rootFile(site)), 'utf8'));
const server = await serveFolder(site, '/');
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage();
await page.goto(`${server.origin}/search/`);
await page.waitForLoadState('load');

const waits = [];
for (const measured of [false, true]) {
  for (const query of QUERIES) {
    for (let end = 1; end <= query.length; end += 1) {
      const wait = await page.evaluate(async (typed) => {
        const input = document.getElementById('q');
        const list = document.getElementById('search-results');
        // Painted: a frame after the list has changed, and what that frame has to do.
        const painted = new Promise((done) => {
          const observer = new MutationObserver(() => {
            observer.disconnect();
            requestAnimationFrame(() => setTimeout(done));
          });
          observer.observe(list, { childList: true });
        });
        const began = performance.now();
        input.value = typed;
        input.dispatchEvent(new Event('input', { bubbles: true }));
        await painted;
        return performance.now() - began;
      }, query.slice(0, end));
      if (measured) waits.push(wait);
    }
  }
}
await browser.close();
server.close();

waits.sort((one, other) => one - other);
const at = (share) => waits[Math.min(waits.length - 1, Math.floor(share * waits.length))].toFixed(1);
console.log(`${papers} papers, ${waits.length} keys: median ${at(0.5)} ms, 95 % ${at(0.95)} ms, longest ${at(1)} ms`);
