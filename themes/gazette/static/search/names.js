// Names that somebody mistyped, and the nearest known ones: the twin of
// `src/diagnostics/suggest.rs`.

/** @param {string} text */
export function asciiLower(text) {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** How long a text is in UTF-8. @param {string} text */
export function byteLength(text) {
  return new TextEncoder().encode(text).length;
}

/**
 * The known name that is closest to a word, where one is close enough to be what
 * was meant.
 * @param {string} word
 * @param {string[]} known
 */
export function nearestName(word, known) {
  const typed = [...word.toLowerCase()];
  const length = byteLength(word);
  /** @type {[edits: number, name: string] | null} */
  let best = null;
  for (const name of known) {
    const edits = editsBetween(typed, [...name]);
    if (edits > 1 + Math.floor(Math.max(name.length, length) / 4)) continue;
    if (!best || edits < best[0] || (edits === best[0] && name < best[1])) best = [edits, name];
  }
  return best?.[1] ?? null;
}

/**
 * Letters left out, put in, replaced or swapped, also where others come between
 * (Damerau and Levenshtein).
 * @param {string[]} a
 * @param {string[]} b
 */
function editsBetween(a, b) {
  /** @type {Map<string, number>} where each letter was last in `a` */
  const lastIn = new Map();
  const most = a.length + b.length;
  const rows = Array.from({ length: a.length + 2 }, () => new Uint32Array(b.length + 2).fill(most));
  for (let i = 0; i <= a.length; i++) rows[i + 1][1] = i;
  for (let j = 0; j <= b.length; j++) rows[1][j + 1] = j;
  for (let i = 1; i <= a.length; i++) {
    let match = 0;
    for (let j = 1; j <= b.length; j++) {
      const k = lastIn.get(b[j - 1]) ?? 0;
      const l = match;
      const same = a[i - 1] === b[j - 1];
      if (same) match = j;
      rows[i + 1][j + 1] = Math.min(
        rows[i][j] + (same ? 0 : 1),
        rows[i + 1][j] + 1,
        rows[i][j + 1] + 1,
        rows[k][l] + (i - k - 1) + 1 + (j - l - 1),
      );
    }
    lastIn.set(a[i - 1], i);
  }
  return rows[a.length + 1][b.length + 1];
}
