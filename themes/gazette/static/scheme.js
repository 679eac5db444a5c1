/**
 * What has to be known before anything is painted: the colours that a reader chose, light or
 * dark, and the fonts. Pages follow the system unless there is a choice; it is kept in
 * this browser.
 */

(() => {
  const key = `offprint-scheme:${new URL("../../", document.currentScript.src).pathname}`;
  const page = document.documentElement;
  const kept = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const show = () => {
    const scheme = kept();
    if (scheme === "light" || scheme === "dark") page.dataset.scheme = scheme;
    else delete page.dataset.scheme;
  };
  show();
  // A transition between pages that the reader, or the page, is too fast for is no error.
  // Some browsers reject promises that no script can reach in time.
  addEventListener("unhandledrejection", (event) => {
    const { reason } = event;
    if (!(reason instanceof DOMException)) return;
    const isAborted = reason.name === "InvalidStateError" && reason.message.startsWith("Transition");
    if (isAborted || reason.name === "AbortError") event.preventDefault();
  });
  // The page names one face, so that it is loaded first; the others are beside it.
  const face = document.querySelector("link[rel='preload'][as='font']");
  for (const other of face ? ["bold", "italic"] : []) {
    const link = face.cloneNode();
    link.href = face.href.replace("regular", other);
    face.after(link);
  }
  globalThis.offprintScheme = {
    /** The choice: `light`, `dark`, or nothing. */
    get: () => page.dataset.scheme ?? "",
    /** Takes a choice; pages that are open in other tabs follow. */
    set(scheme) {
      try {
        if (scheme) localStorage.setItem(key, scheme);
        else localStorage.removeItem(key);
      } catch {
        // It holds for this page then.
      }
      if (scheme) page.dataset.scheme = scheme;
      else delete page.dataset.scheme;
    },
    /** Tells when the choice may have changed. */
    watch(act) {
      addEventListener("storage", () => {
        show();
        act();
      });
      addEventListener("pageshow", () => {
        show();
        act();
      });
    },
  };
})();
