/**
 * Digits: numbers as the site's files store them, in base 64, and vectors made of them.
 */

/** The values of the digits, by the codes of their characters. */
export const VALUES = new Uint8Array(128);
[...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'].forEach((digit, value) => {
  VALUES[digit.charCodeAt(0)] = value;
});

// In a vector most numbers are small. A digit below 32 stands for that many zeros plus
// one; the next thirty for the numbers from -15 to -1 and from 1 to 15; the last two
// subtract 15 from the number that follows, or add 15 to it.
const ZEROS = 32;
const FAR = 15;

/**
 * Calls `take` for each row of a text.
 * @param {string} text
 * @param {number} width how many numbers a row has
 * @param {(numbers: Int8Array, digits: string) => void} take gets the row, and the row as
 *   it was stored
 * @throws where the text is damaged
 */
export function eachRow(text, width, take) {
  let numbers = new Int8Array(width);
  let count = 0;
  let ahead = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const digit = VALUES[text.charCodeAt(at)];
    if (digit === undefined) throw new Error(`no digit of a vector: ${text[at]}`);
    if (digit < ZEROS) {
      count += digit + 1;
    } else if (digit < ZEROS + 2 * FAR) {
      const place = digit - ZEROS;
      numbers[count] = ahead + (place < FAR ? place - FAR : place - FAR + 1);
      count += 1;
      ahead = 0;
    } else {
      ahead += digit === ZEROS + 2 * FAR ? -FAR : FAR;
    }
    if (count > width) throw new Error('a vector is too long');
    if (count === width) {
      take(numbers, text.slice(from, at + 1));
      numbers = new Int8Array(width);
      count = 0;
      from = at + 1;
    }
  }
  if (count > 0) throw new Error('a vector is cut off');
}
