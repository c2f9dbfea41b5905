const event = "shoal:palette";

/** Opens the palette from anywhere on a page of a cluster: a button, a menu. */
export function openPalette(): void {
  window.dispatchEvent(new Event(event));
}

/** Calls when somebody wants the palette: by `openPalette`, or with Ctrl or ⌘ K. The answer ends it. */
export function onOpenPalette(open: () => void): () => void {
  const onKey = (press: KeyboardEvent) => {
    const isK = press.key.toLowerCase() === "k" && (press.ctrlKey || press.metaKey);
    // A terminal has a use for every key.
    if (press.target instanceof Element && press.target.closest("[data-owns-keys]")) return;
    if (!isK || press.altKey || press.shiftKey || press.isComposing) return;
    press.preventDefault();
    // A question is answered first.
    if (!document.querySelector('[data-slot="confirm-dialog"]')) open();
  };
  window.addEventListener(event, open);
  // Before anything on the page: in a text field, Ctrl K means something else to some browsers.
  window.addEventListener("keydown", onKey, true);
  return () => {
    window.removeEventListener(event, open);
    window.removeEventListener("keydown", onKey, true);
  };
}
