/**
 * The switch between light, dark and what the system says, and the colour that the
 * browser paints around the page.
 */

const CHOICES = ["", "light", "dark"];

/**
 * Makes a group of three buttons of the one that a page has for it.
 * @param {HTMLButtonElement} place its text names the group, its data the choices
 */
export function offerScheme(place) {
  const scheme = globalThis.offprintScheme;
  const words = place.dataset.words?.split("|") ?? [];
  if (!scheme || words.length !== CHOICES.length) return;
  const group = document.createElement("span");
  group.className = "scheme";
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", place.textContent);
  const buttons = words.map((word, n) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = word;
    button.addEventListener("click", () => {
      scheme.set(CHOICES[n]);
      say();
    });
    return button;
  });
  const say = () => {
    for (const [n, button] of buttons.entries()) button.setAttribute("aria-pressed", String(CHOICES[n] === scheme.get()));
    paint();
  };
  group.append(...buttons);
  place.replaceWith(group);
  scheme.watch(say);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
  say();
}

/** Tells the browser the colour of the sheet. */
function paint() {
  let tag = document.querySelector("meta[name='theme-color']");
  if (!tag) {
    tag = document.createElement("meta");
    tag.name = "theme-color";
    document.head.append(tag);
  }
  tag.content = getComputedStyle(document.body).backgroundColor;
}
