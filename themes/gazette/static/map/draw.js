/**
 * Drawing: points are put into a picture pixel by pixel, which is faster than asking the
 * canvas for a disc each; names are set over it.
 */

/** The finest place of a point within a pixel: a quarter. */
const PARTS = 4;

/** How opaque points are, of 256, and those that are not meant. */
const INK = 225;
const FAINT = 26;

/** How names are set, by scale, and from which zoom on they are shown. */
const SETTINGS = [
  { size: 15, style: "600", spacing: "0.12em", upper: true, from: 0, to: 7, soft: true },
  { size: 17, style: "italic 500", spacing: "0.01em", upper: false, from: 0, to: 40, soft: false },
  { size: 15, style: "italic 400", spacing: "0", upper: false, from: 1.7, to: 1e9, soft: false },
  { size: 13.5, style: "400", spacing: "0", upper: false, from: 3.4, to: 1e9, soft: true },
];

/** A picture that takes longer than this is slow, in milliseconds. */
const SLOW = 10;

/** Fewer papers than this are few. */
const FEW = 3000;

/** Between names there is so much room. */
const ROOM = 10;

export class Drawing {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {import('./tiles.js').Tiles} tiles
   * @param {import('./view.js').View} view
   */
  constructor(canvas, tiles, view) {
    this.canvas = canvas;
    this.tiles = tiles;
    this.view = view;
    this.context = canvas.getContext("2d", { alpha: false });
    /** Which shade colours points: 0 the topic, 1 the year, 2 the count. */
    this.mode = 0;
    /** The one shade that is meant; null for all. @type {number | null} */
    this.only = null;
    /** The papers that are meant, by number; null for all. @type {Uint8Array | null} */
    this.found = null;
    /** @type {{ x: number, y: number } | null} */
    this.marked = null;
    this.showsMiddle = false;
    this.moves = false;
    this.slow = false;
    this.discs = { radius: 0, all: [] };
    this.set = { key: "", names: [] };
    this.colours();
  }

  /** Reads the colours from the styles of the page. */
  colours() {
    // An element that has a colour says what it comes to, whatever it is written as.
    const probe = document.createElement("span");
    this.canvas.after(probe);
    const written = (name) => {
      probe.style.color = `var(${name})`;
      return getComputedStyle(probe).color;
    };
    const read = (name) => (written(name).match(/[\d.]+/g) ?? [128, 128, 128]).slice(0, 3).map(Number);
    this.sheet = read("--sheet");
    this.ink = written("--ink");
    this.soft = written("--soft");
    this.accent = written("--accent");
    this.back = written("--sheet");
    this.family = getComputedStyle(this.canvas).getPropertyValue("--serif") || "serif";
    const none = read("--map-none");
    const [old, fresh] = [read("--map-old"), read("--map-new")];
    const topics = [none];
    for (let i = 1; i <= 255; i++) topics.push(i <= 12 ? read(`--map-${i}`) : none);
    const ramp = (last) => Array.from({ length: 256 }, (_, i) => {
      if (i === 0) return none;
      const share = last < 2 ? 1 : (Math.min(i, last) - 1) / (last - 1);
      return old.map((part, n) => Math.round(part + (fresh[n] - part) * share));
    });
    probe.remove();
    this.palettes = [topics, ramp(this.tiles.root.years.length), ramp(12)];
  }

  /** Fits the picture to the place that it has. */
  fit() {
    const box = this.canvas.getBoundingClientRect();
    // A slow machine draws less finely while the map is moved.
    this.density = this.moves && this.slow ? 1 : Math.min(devicePixelRatio || 1, 2);
    const width = Math.max(Math.round(box.width * this.density), 1);
    const height = Math.max(Math.round(box.height * this.density), 1);
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
      this.picture = null;
    }
    this.picture ??= this.context.createImageData(width, height);
    this.view.resize(box.width, box.height);
  }

  /** How large points are, in pixels of the page. */
  get radius() {
    const apart = this.view.whole / Math.sqrt(Math.max(this.tiles.count, 1));
    return Math.min(Math.max(0.24 * apart, 0.85), 4.2);
  }

  draw() {
    const begun = performance.now();
    const { context, picture, view, density } = this;
    const { width, height, data } = picture;
    const [red, green, blue] = this.sheet;
    new Uint32Array(data.buffer).fill((255 << 24) | (blue << 16) | (green << 8) | red);
    this.shapes(this.radius * density);
    const scale = view.scale * density;
    const { left, top, right, bottom } = view.part;
    const colours = this.palettes[this.mode];
    // Those that are meant are drawn over the others.
    const passes = this.found || this.only !== null ? [false, true] : [true];
    for (const meant of passes) {
      for (const tile of this.tiles.loaded) {
        if (tile.left > right || tile.left + tile.size < left || tile.top > bottom || tile.top + tile.size < top) continue;
        const shades = tile.shades[this.mode];
        const topics = tile.shades[0];
        const { count, x, y, number } = tile;
        for (let i = 0; i < count; i++) {
          const isMeant = (this.found === null || this.found[number[i]] === 1) && (this.only === null || topics[i] === this.only);
          if (isMeant !== meant) continue;
          const atX = (x[i] - left) * scale;
          const atY = (y[i] - top) * scale;
          if (atX < -8 || atY < -8 || atX > width + 8 || atY > height + 8) continue;
          this.disc(data, width, height, atX, atY, colours[shades[i]], meant ? INK : FAINT);
        }
      }
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.putImageData(picture, 0, 0);
    context.setTransform(density, 0, 0, density, 0, 0);
    this.names();
    this.marks();
    if (this.density > 1) this.slow = performance.now() - begun > SLOW;
  }

  /** Discs of a size, for each place within a pixel: offsets and how much they cover. */
  shapes(radius) {
    if (Math.abs(this.discs.radius - radius) < 0.02) return;
    const reach = Math.ceil(radius + 1);
    const all = [];
    for (let part = 0; part < PARTS * PARTS; part++) {
      const middleX = ((part % PARTS) + 0.5) / PARTS;
      const middleY = (Math.floor(part / PARTS) + 0.5) / PARTS;
      const disc = [];
      for (let y = -reach; y <= reach; y++) {
        for (let x = -reach; x <= reach; x++) {
          const apart = Math.hypot(x + 0.5 - middleX, y + 0.5 - middleY);
          const cover = Math.min(Math.max(radius + 0.5 - apart, 0), 1);
          if (cover > 0.03) disc.push(x, y, Math.round(cover * 256));
        }
      }
      all.push(Int16Array.from(disc));
    }
    this.discs = { radius, all };
  }

  disc(data, width, height, atX, atY, colour, ink) {
    const x = Math.floor(atX);
    const y = Math.floor(atY);
    const part = Math.floor((atY - y) * PARTS) * PARTS + Math.floor((atX - x) * PARTS);
    const disc = this.discs.all[part];
    const [red, green, blue] = colour;
    for (let i = 0; i < disc.length; i += 3) {
      const column = x + disc[i];
      const row = y + disc[i + 1];
      if (column < 0 || row < 0 || column >= width || row >= height) continue;
      const cover = (disc[i + 2] * ink) >> 8;
      const at = (row * width + column) << 2;
      data[at] += ((red - data[at]) * cover) >> 8;
      data[at + 1] += ((green - data[at + 1]) * cover) >> 8;
      data[at + 2] += ((blue - data[at + 2]) * cover) >> 8;
    }
  }

  /**
   * The names that have room at this zoom. They follow from the zoom alone, so that none
   * comes or goes while the map is moved.
   */
  placed() {
    const { view } = this;
    const step = Math.round(Math.log2(view.zoom) * 3);
    const key = `${step} ${Math.round(Math.min(view.width, view.height))} ${this.family}`;
    if (this.set.key === key) return this.set.names;
    const zoom = 2 ** (step / 3);
    const scale = (Math.min(view.width, view.height) / view.side) * zoom;
    const names = [];
    for (const [text, x, y, level] of this.tiles.root.regions) {
      const setting = SETTINGS[level];
      // A map of few papers has room for the names of small regions at once.
      const from = this.tiles.root.papers < FEW ? setting?.from / 3 : setting?.from;
      if (!setting || zoom < from || zoom > setting.to) continue;
      const shown = setting.upper ? text.toLocaleUpperCase() : text;
      this.setting(setting);
      const half = this.context.measureText(shown).width / 2 + ROOM;
      const tall = setting.size * 0.6 + ROOM / 2;
      const name = { shown, setting, x, y, left: x * scale - half, right: x * scale + half, top: y * scale - tall, bottom: y * scale + tall };
      const meets = names.some((other) => name.left < other.right && other.left < name.right && name.top < other.bottom && other.top < name.bottom);
      if (!meets) names.push(name);
    }
    this.set = { key, names };
    return names;
  }

  setting({ size, style, spacing }) {
    const { context } = this;
    const small = this.view.width < 560 ? 0.85 : 1;
    context.font = `${style} ${size * small}px ${this.family}`;
    context.letterSpacing = spacing;
  }

  names() {
    const { context, view } = this;
    const { left, top } = view.part;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.strokeStyle = this.back;
    context.lineWidth = 4;
    for (const { shown, setting, x, y } of this.placed()) {
      const atX = (x - left) * view.scale;
      const atY = (y - top) * view.scale;
      if (atX < -200 || atY < -20 || atX > view.width + 200 || atY > view.height + 20) continue;
      this.setting(setting);
      // What is in the picture is not cut off at its edge.
      const half = context.measureText(shown).width / 2 + 4;
      const inside = view.zoom < 1.05 ? Math.min(Math.max(atX, half), Math.max(view.width - half, half)) : atX;
      context.globalAlpha = 0.86;
      context.strokeText(shown, inside, atY);
      context.globalAlpha = 1;
      context.fillStyle = setting.soft ? this.soft : this.ink;
      context.fillText(shown, inside, atY);
    }
    context.letterSpacing = "0";
  }

  marks() {
    const { context, view, marked } = this;
    context.strokeStyle = this.accent;
    context.lineWidth = 1.75;
    if (marked) {
      const { left, top } = view.part;
      context.beginPath();
      context.arc((marked.x - left) * view.scale, (marked.y - top) * view.scale, this.radius + 4.5, 0, 2 * Math.PI);
      context.stroke();
    }
    if (this.showsMiddle) {
      const [x, y] = [view.width / 2, view.height / 2];
      context.lineWidth = 1;
      context.beginPath();
      for (const [fromX, fromY, toX, toY] of [[-12, 0, -4, 0], [4, 0, 12, 0], [0, -12, 0, -4], [0, 4, 0, 12]]) {
        context.moveTo(x + fromX, y + fromY);
        context.lineTo(x + toX, y + toY);
      }
      context.stroke();
    }
  }

  /**
   * The paper nearest to a point of the page, of those that are meant.
   * @param {number} most how far it may be, in pixels
   */
  nearest(atX, atY, most) {
    const { view } = this;
    const { left, top } = view.part;
    const [midX, midY] = [left + atX / view.scale, top + atY / view.scale];
    let best = (most / view.scale) ** 2;
    let nearest = null;
    this.each({ left: midX - most / view.scale, right: midX + most / view.scale, top: midY - most / view.scale, bottom: midY + most / view.scale }, (x, y, number) => {
      const apart = (x - midX) ** 2 + (y - midY) ** 2;
      if (apart <= best) {
        best = apart;
        nearest = { x, y, number };
      }
    });
    return nearest;
  }

  /** Calls `f` for each paper of a part of the map that is there and meant. */
  each(part, f) {
    for (const tile of this.tiles.loaded) {
      if (tile.left > part.right || tile.left + tile.size < part.left || tile.top > part.bottom || tile.top + tile.size < part.top) continue;
      for (let i = 0; i < tile.count; i++) {
        const x = tile.x[i];
        const y = tile.y[i];
        if (x < part.left || x > part.right || y < part.top || y > part.bottom) continue;
        if (this.found && this.found[tile.number[i]] !== 1) continue;
        if (this.only !== null && tile.shades[0][i] !== this.only) continue;
        f(x, y, tile.number[i]);
      }
    }
  }
}
