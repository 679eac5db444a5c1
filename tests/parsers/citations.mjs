// Reads citations back with citation-js from npm and compares them with what
// was to be written: BibTeX, RIS and CSL-JSON.
//
//   npm install --prefix tests/parsers
//   node tests/parsers/citations.mjs FOLDER
//
// FOLDER holds the files that the test of the thousand papers writes where
// OFFPRINT_CITATIONS names it. Exits with 1 if a format has a difference.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const { Cite } = require('@citation-js/core')
require('@citation-js/plugin-bibtex')
require('@citation-js/plugin-ris')
require('@citation-js/plugin-csl')

const folder = process.argv[2]
const read = name => readFileSync(join(folder, name), 'utf8')
const wanted = JSON.parse(read('wanted.json'))

// citation-js gives rich titles as HTML.
const plain = text => (text ?? '')
  .replace(/<\/?(?:i|b|span|sup|sub)(?: [^>]*)?>/g, '')
  .replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&')
  .replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/[–—]/g, '-')
  .replace(/\s+/g, ' ').normalize('NFC').trim()

const words = name => plain(name).replace(/,/g, ' ').split(/\s+/).filter(Boolean).sort().join(' ')
const whole = name => name.literal ?? ['given', 'dropping-particle', 'non-dropping-particle', 'family', 'suffix']
  .map(part => name[part]).filter(Boolean).join(' ')

let good = true
function compare (what, found) {
  let wrong = 0
  wanted.forEach((paper, at) => {
    const item = found[at] ?? {}
    const authors = (item.author ?? []).map(whole).map(words).join('|')
    // RIS has one field for the year of a conference, which is read as its date.
    const year = (item.issued ?? item['event-date'])?.['date-parts']?.[0]?.[0]
    const same = plain(item.title) === plain(paper.title) &&
      authors === paper.authors.map(words).join('|') && year === paper.year
    if (!same && ++wrong <= 5) {
      console.log(`${what}: ${paper.key}\n  wanted ${paper.title} ${paper.authors} ${paper.year}\n  found  ${item.title} ${authors} ${year}`)
    }
  })
  console.log(`${what}: ${wanted.length - wrong} of ${wanted.length} intact, ${found.length} found`)
  good &&= wrong === 0 && found.length === wanted.length
}

compare('citation-js BibTeX', new Cite(read('papers.bib'), { forceType: '@bibtex/text' }).data)
compare('citation-js RIS', new Cite(read('papers.ris'), { forceType: '@ris/file' }).data)
compare('citation-js CSL-JSON', new Cite(read('papers.json')).data)
process.exit(good ? 0 : 1)
