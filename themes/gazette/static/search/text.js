// The tokenizer in the browser: the twin of the one the site was built with.
// `docs/text.md` specifies both; a golden file and random text hold them together.

/** The longest token, in characters. */
const MAX_TOKEN = 40;

/** The most words of a compound that is joined. */
const MAX_JOINED = 4;

// Scripts without spaces between words, as ranges of a character class.
const UNSPACED = '\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005-\\u3007\\u3040-\\u312f'
  + '\\u31a0-\\u31bf\\u31f0-\\u31ff\\u3400-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff\\u{20000}-\\u{3ffff}';
const LETTER = '[\\p{Alphabetic}\\p{N}\\p{M}]';
// Boxed letters, U+1F100 to U+1F1FF, are emoji to readers.
const W = `(?![${UNSPACED}\\u{1f100}-\\u{1f1ff}])${LETTER}`;
const WORD = `[a-z](?:\\+\\+|#)(?![+#])|(?:${W})+(?:'(?:${W})+)*`;
const COMPOUND = `(?:\\.net(?!${W})|${WORD})(?:[-_./:@&^]?(?:${WORD}))*`;
// Two dots are passed over first: `..net` is no platform.
const RUNS = new RegExp(`((?:(?=[${UNSPACED}])${LETTER})+)|\\.\\.+|${COMPOUND}`, 'gu');
const WORDS = new RegExp(`^\\.net(?!${W})|${WORD}`, 'gu');

// What folding leaves out: diacritics, and what is invisible.
const DROPPED = new RegExp(
  '[\\u00ad\\u061c\\u0640\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufe00-\\ufe0f\\ufeff'
  + '\\u{e0000}-\\u{e0fff}]|(?=\\p{M})[\\u0300-\\u074f\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f]',
  'gu',
);
/** @type {Record<string, string>} */
const PLAIN = {
  ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th', ø: 'o', ł: 'l', đ: 'd', ð: 'd', ħ: 'h', ŧ: 't', ı: 'i', ŋ: 'n', ς: 'σ',
};
for (const c of '\u2018\u2019\u02b9\u02ba\u02bb\u02bc\u02bd\u02be\u02bf') PLAIN[c] = "'";
for (const c of '\u05be\u2010\u2011\u2012\u2013\u2212') PLAIN[c] = '-';
const UNPLAIN = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'g');

/**
 * One spelling for all the ways to write the same letters.
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
  return text
    .replace(/[\u2120\u2122]/g, ' ')
    .normalize('NFKD')
    .replace(DROPPED, '')
    .toLowerCase()
    .replace(UNPLAIN, (c) => PLAIN[c])
    .normalize('NFC');
}

/**
 * The tokens of a text with their positions. A joined compound follows its words
 * and has the position of the first.
 * @param {string} text
 * @returns {Array<[position: number, token: string]>}
 */
export function positionedTokens(text) {
  /** @type {Array<[number, string]>} */
  const found = [];
  let position = 0;
  for (const match of fold(text).matchAll(RUNS)) {
    const run = match[0];
    if (match[1]) {
      const chars = [...run];
      if (chars.length === 1) found.push([position++, run]);
      for (let i = 1; i < chars.length; i++) found.push([position++, chars[i - 1] + chars[i]]);
      continue;
    }
    const words = (run.match(WORDS) ?? []).map((word) => cut(word.replace(/'s$/, '').replaceAll("'", '')));
    const joined = words.join('');
    const first = position;
    for (const word of words) found.push([position++, word]);
    if (words.length > 1 && words.length <= MAX_JOINED && cut(joined) === joined) found.push([first, joined]);
  }
  return found;
}

/**
 * The tokens of a text, in order, stop words included.
 * @param {string} text
 * @returns {string[]}
 */
export function tokens(text) {
  return positionedTokens(text).map(([, token]) => token);
}

/** @param {string} word */
function cut(word) {
  return word.length > MAX_TOKEN ? [...word].slice(0, MAX_TOKEN).join('') : word;
}

// Plurals the rules do not know, and words that only look inflected.
const IRREGULAR = new Map(
  ('agreed agre analysis analyz appendices appendix atlas atlas axes axis axis axis canvas canvas chaos chaos '
    + 'children child corpora corpus criteria criterion embed embed flies fly focussed focus focussing focus gases '
    + 'gas guaranteed guarante indices index iris iris lens lens locale locale matrices matrix mice mouse morale '
    + 'morale news news onus onus opus opus paste paste pasted paste pasting paste phenomena phenomenon plus plus '
    + 'queued queue queuing queue rationale rationale relus relu silicone silicone suite suite this this thus thus '
    + 'tied tie tried try tries try united united vertices vertex women woman')
    .match(/\w+ \w+/g)
    ?.map((pair) => /** @type {[string, string]} */ (pair.split(' '))),
);

// One short syllable, as of "us(e)" and "cod(e)"; and a vowel with a consonant after it.
const SHORT = /^[^aeiouy]*[aeiouy][^aeiouywx]$/;
const CLOSED = /[aeiouy][^aeiouy]/;

/**
 * What a word's inflected forms have in common.
 * @param {string} word a folded token
 * @returns {string}
 */
export function stem(word) {
  if (!/^[a-z]{4,}$/.test(word)) return word;
  const singular = /(?:s|ia|...[iu])s$/.test(word) ? word : word.replace(/s$/, '');
  const irregular = IRREGULAR.get(word) ?? IRREGULAR.get(singular);
  if (irregular) return irregular;
  if (singular.endsWith('isation')) return singular.slice(0, -7) + 'ization';
  if (/.[^e]eses$/.test(word)) return word.slice(0, -4) + 'esis';
  let base = singular.replace(/ing$|([^e])ed$/, '$1');
  if (base.length < 2 || !/[aeiouy]/.test(base)) base = singular;
  if (base === singular) base = withoutSilentE(base);
  else if (base.length > 3 && /([^aeiouyflsz])\1$/.test(base)) base = base.slice(0, -1);
  else if (SHORT.test(base)) return base + 'e';
  else base = withoutSilentE(base);
  if (/..[^aeiou]y$/.test(base)) return base.slice(0, -1) + 'i';
  if (base !== singular && /.[^aeiouy][iy]s$/.test(base)) return base.slice(0, -1) + 'z';
  if (/[aeiouy][^aeiouy]+[aeiouy].*ll$/.test(base)) return base.slice(0, -1);
  return base.replace(/(...)our$/, '$1or');
}

/** @param {string} word */
function withoutSilentE(word) {
  const base = word.slice(0, -1);
  return word.endsWith('e') && word.length > 3 && !SHORT.test(base) && CLOSED.test(base) ? base : word;
}

const STOP_WORDS = new Set(
  ('a about above according across after against already also although always am among an and another any anything '
    + 'are around as at away be became because become becomes been before being below beside besides both but by can '
    + 'cannot could did do does doing done due during each eg either else enough etc even ever every everything for '
    + 'from further furthermore had has have having he hence her here hers him his how however i ie if in indeed '
    + 'instead into is it its itself just many may me might more moreover most much must my namely near neither '
    + 'nevertheless no nor not nothing now of off often on onto or other others otherwise our ours out per quite rather '
    + 'really same shall she should since so some something such than that the their theirs them themselves then there '
    + 'thereby therefore these they this those though through throughout thus to together too toward towards until up '
    + 'upon us very via was we well were what whatever when where whereas whereby whether which while who whom whose '
    + 'why will with within without would yet you your yours').split(' '),
);

/**
 * Whether a token is a function word of English.
 * @param {string} word a folded token
 * @returns {boolean}
 */
export function isStopWord(word) {
  return STOP_WORDS.has(word);
}
