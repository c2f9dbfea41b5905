/** Colours of the theme for a canvas, which does not know CSS variables. */
export interface Palette {
  /** A CSS colour as marks write it: `var(--x)`, `var(--cut, var(--surface))`, `currentColor` for `own`. */
  color(css: string, own: string): string;
}

/** The value of a variable, or of what stands in for it. */
function resolve(css: string, styles: CSSStyleDeclaration): string {
  const match = /^var\((--[\w-]+)(?:,\s*(.+))?\)$/.exec(css.trim());
  if (match === null) return css;
  const [, name = "", otherwise] = match;
  const value = styles.getPropertyValue(name).trim();
  if (value !== "") return resolve(value, styles);
  return otherwise === undefined ? "transparent" : resolve(otherwise, styles);
}

/** Reads the colours of the present theme, each once. */
export function readPalette(): Palette {
  const styles = getComputedStyle(document.documentElement);
  const known = new Map<string, string>();
  const color = (css: string, own: string): string => {
    if (css === "currentColor") return color(own, own);
    const before = known.get(css);
    if (before !== undefined) return before;
    const value = resolve(css, styles);
    known.set(css, value);
    return value;
  };
  return { color };
}

/** Tells when the theme changes; the answer ends the telling. */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}
