/** The view: which part of the map is shown, and how reader and keys move it. */

/** How far one can zoom in, as a part of the whole's size. */
const DEEPEST = 160;
const STEP = 1.6;

export class View {
  /** @param {number} side the width of the map in its units */
  constructor(side) {
    this.side = side;
    this.width = 1;
    this.height = 1;
    /** What is in the middle. */
    this.x = side / 2;
    this.y = side / 2;
    this.zoom = 1;
  }

  /** How many pixels a unit has. */
  get scale() {
    return (Math.min(this.width, this.height) / this.side) * this.zoom;
  }

  /** How many pixels the whole map has. */
  get whole() {
    return Math.min(this.width, this.height) * this.zoom;
  }

  /** The part that is shown. */
  get part() {
    const across = this.width / this.scale / 2;
    const down = this.height / this.scale / 2;
    return { left: this.x - across, right: this.x + across, top: this.y - down, bottom: this.y + down };
  }

  resize(width, height) {
    this.width = Math.max(width, 1);
    this.height = Math.max(height, 1);
    this.hold();
  }

  /** Moves what is shown by pixels. */
  pan(right, down) {
    this.x -= right / this.scale;
    this.y -= down / this.scale;
    this.hold();
  }

  /** Zooms about a point of the screen, which stays where it is. */
  zoomBy(factor, atX = this.width / 2, atY = this.height / 2) {
    const before = this.scale;
    this.zoom = Math.min(Math.max(this.zoom * factor, 1), DEEPEST);
    const change = 1 / before - 1 / this.scale;
    this.x += (atX - this.width / 2) * change;
    this.y += (atY - this.height / 2) * change;
    this.hold();
  }

  step(inwards) {
    this.zoomBy(inwards ? STEP : 1 / STEP);
  }

  all() {
    this.zoom = 1;
    this.x = this.y = this.side / 2;
  }

  /** Shows a place from near. */
  show(x, y, zoom) {
    this.x = x;
    this.y = y;
    this.zoom = Math.min(Math.max(zoom, 1), DEEPEST);
    this.hold();
  }

  /** Some of the map stays in view. */
  hold() {
    const hold = (at) => Math.min(Math.max(at, 0), this.side);
    this.x = hold(this.x);
    this.y = hold(this.y);
  }
}

/**
 * Lets mouse, fingers and keys move a view.
 * @param {HTMLElement} canvas
 * @param {View} view
 * @param {{ moved: () => void, over: (x: number, y: number) => void, left: () => void,
 *   chosen: (x: number, y: number) => void, opened: () => void, closed: () => void }} on
 */
export function steer(canvas, view, on) {
  /** @type {Map<number, { x: number, y: number }>} */
  const fingers = new Map();
  let moved = 0;
  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, place(event));
    if (fingers.size === 1) moved = 0;
  });
  canvas.addEventListener("pointermove", (event) => {
    const now = place(event);
    const before = fingers.get(event.pointerId);
    if (!before) {
      on.over(now.x, now.y);
      return;
    }
    moved += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
    const [other] = [...fingers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    if (other) {
      const apart = (at) => Math.hypot(at.x - other.x, at.y - other.y) || 1;
      view.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
      view.zoomBy(apart(now) / apart(before), (now.x + other.x) / 2, (now.y + other.y) / 2);
    } else {
      view.pan(now.x - before.x, now.y - before.y);
    }
    fingers.set(event.pointerId, now);
    on.moved();
  });
  const lift = (event) => {
    const at = fingers.get(event.pointerId);
    fingers.delete(event.pointerId);
    if (at && event.type === "pointerup" && fingers.size === 0 && moved < 6) on.chosen(at.x, at.y);
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  canvas.addEventListener("pointerleave", () => on.left());
  canvas.addEventListener("dblclick", (event) => {
    const { x, y } = place(event);
    view.zoomBy(2, x, y);
    on.moved();
  });
  // Who scrolls past the map scrolls the page; two fingers, a held key or a click into
  // the map say that it is meant.
  canvas.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey && document.activeElement !== canvas) return;
    event.preventDefault();
    const { x, y } = place(event);
    const lines = event.deltaMode === 1 ? 16 : 1;
    view.zoomBy(Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.002)), x, y);
    on.moved();
  }, { passive: false });
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const far = event.shiftKey ? 0.5 : 0.12;
    const [across, down] = [view.width * far, view.height * far];
    const keys = {
      ArrowLeft: () => view.pan(across, 0),
      ArrowRight: () => view.pan(-across, 0),
      ArrowUp: () => view.pan(0, down),
      ArrowDown: () => view.pan(0, -down),
      "+": () => view.step(true),
      "=": () => view.step(true),
      "-": () => view.step(false),
      0: () => view.all(),
      Home: () => view.all(),
    };
    const key = keys[event.key];
    if (key) {
      key();
      on.moved();
    } else if (event.key === "Enter") {
      on.opened();
    } else if (event.key === "Escape") {
      on.closed();
      return;
    } else {
      return;
    }
    event.preventDefault();
  });
}
