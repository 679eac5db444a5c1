// Answers, for each text of a line as JSON, its words and their other forms, as the
// search box sees them. `tests/text_twin.rs` compares.
import { createInterface } from 'node:readline';
import { meaningWords, otherForms } from '../../themes/gazette/static/search/meaning.js';

for await (const line of createInterface({ input: process.stdin })) {
  const words = meaningWords(JSON.parse(line));
  process.stdout.write(`${JSON.stringify([words, words.map(otherForms)])}\n`);
}
