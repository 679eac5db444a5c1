// Asks the index of a built site, given by its folder, the queries of a file with one JSON text a line,
// and answers each with the papers found and what was said of the query.
import { readFileSync } from 'node:fs';
import { openSite } from '../search/open.mjs';

const [folder, file] = process.argv.slice(2);
const index = await openSite(folder);
for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
  const { hits, total, notes } = await index.search(JSON.parse(line), { limit: 1000, meaning: false });
  if (total !== hits.length) throw new Error(`${line}: ${total} papers, ${hits.length} hits`);
  console.log(JSON.stringify({ papers: hits.map(({ slug }) => slug).sort(), notes }));
}
