/**
 * Tiles: the points of the map, loaded as they are looked at. `docs/map.md` has the
 * format of the files.
 */

/**
 * A part of the map whose points are there.
 * @typedef {object} Tile
 * @property {number} depth
 * @property {number} left in the units of the map
 * @property {number} top
 * @property {number} size
 * @property {number} count
 * @property {Uint16Array} x
 * @property {Uint16Array} y
 * @property {Uint32Array} number the papers' numbers in the search index, rising
 * @property {Uint8Array[]} shades topic, year, step of a count
 */

/** Reads bits, the highest first. */
class Bits {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  /** @param {number} count at most 24 */
  take(count) {
    let number = 0;
    for (let left = count; left > 0;) {
      const used = this.at & 7;
      const now = Math.min(8 - used, left);
      const part = (this.bytes[this.at >> 3] >> (8 - used - now)) & ((1 << now) - 1);
      number = (number << now) | part;
      this.at += now;
      left -= now;
    }
    return number;
  }

  /** How many ones come before the next zero. */
  ones() {
    let count = 0;
    while (this.take(1) === 1) count += 1;
    return count;
  }
}

/**
 * @param {Uint8Array} bytes
 * @param {{ depth: number, x: number, y: number }} place
 * @param {{ side: number, bits: number[] }} root
 * @returns {Tile}
 */
export function readTile(bytes, { depth, x, y }, { side, bits }) {
  const from = new Bits(bytes);
  const count = from.take(24);
  const low = from.take(8);
  const inner = Math.log2(side) - depth;
  const size = 2 ** inner;
  const tile = {
    depth, left: x * size, top: y * size, size, count,
    x: new Uint16Array(count),
    y: new Uint16Array(count),
    number: new Uint32Array(count),
    shades: bits.map(() => new Uint8Array(count)),
  };
  let next = 0;
  for (let i = 0; i < count; i++) {
    const high = from.ones();
    const number = next + high * 2 ** low + from.take(low);
    next = number + 1;
    tile.number[i] = number;
    tile.x[i] = tile.left + from.take(inner);
    tile.y[i] = tile.top + from.take(inner);
    for (let shade = 0; shade < bits.length; shade++) tile.shades[shade][i] = from.take(bits[shade]);
  }
  return tile;
}

/** The map of a site, of which more and more is there. */
export class Tiles {
  /**
   * @param {any} root what the first file says
   * @param {(name: string) => Promise<Uint8Array>} load
   */
  constructor(root, load) {
    this.root = root;
    this.load = load;
    /** @type {Tile[]} */
    this.loaded = [];
    /** How many papers are there. */
    this.count = 0;
    this.known = root.tiles.map(([depth, x, y, papers, name]) => ({ depth, x, y, papers, name, asked: false }));
  }

  /**
   * Loads the tiles of a part of the map that are not there yet.
   * @param {{ left: number, top: number, right: number, bottom: number }} part
   * @param {number} least tiles are not smaller than that, in the units of the map
   * @param {() => void} changed called when some have come
   */
  async want(part, least, changed) {
    const { side } = this.root;
    const wanted = this.known.filter((one) => {
      const size = side / 2 ** one.depth;
      return !one.asked && size >= least && one.x * size < part.right && (one.x + 1) * size > part.left
        && one.y * size < part.bottom && (one.y + 1) * size > part.top;
    });
    await Promise.all(wanted.map(async (one) => {
      one.asked = true;
      try {
        const tile = readTile(await this.load(one.name), one, this.root);
        this.loaded.push(tile);
        this.loaded.sort((a, b) => a.depth - b.depth);
        this.count += tile.count;
        changed();
      } catch (error) {
        // It is tried again when it is next wanted.
        one.asked = false;
        throw error;
      }
    }));
  }

  /**
   * The place of a paper, if its tile has been loaded.
   * @param {number} paper
   * @returns {{ x: number, y: number } | null}
   */
  find(paper) {
    for (const tile of this.loaded) {
      const at = tile.number.indexOf(paper);
      if (at >= 0) return { x: tile.x[at], y: tile.y[at] };
    }
    return null;
  }

  /** Loads all that is not there yet. */
  whole(changed) {
    const { side } = this.root;
    return this.want({ left: 0, top: 0, right: side, bottom: side }, 0, changed);
  }
}
