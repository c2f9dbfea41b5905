import type { ITheme } from "@xterm/xterm";

/** Tokens behind the colours of a terminal, in its own order; white and bright ones must be readable on our ground. */
const ansi = {
  black: "ink-2", red: "bad", green: "ok", yellow: "warn",
  blue: "ansi-blue", magenta: "ansi-magenta", cyan: "accent", white: "ink-2",
  brightBlack: "ink-3", brightRed: "bad", brightGreen: "ok", brightYellow: "warn",
  brightBlue: "ansi-blue", brightMagenta: "ansi-magenta", brightCyan: "accent", brightWhite: "ink",
} as const; // biome-ignore format: by colour

/** Any colour of CSS as the terminal reads it, `#rrggbb`. */
function hexOf(paint: CanvasRenderingContext2D, color: string): string {
  paint.clearRect(0, 0, 1, 1);
  paint.fillStyle = color;
  paint.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = paint.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/** The theme of the page as it is now, for a terminal below `parent`. */
export function terminalTheme(parent: HTMLElement): ITheme {
  const probe = document.createElement("span");
  const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  parent.append(probe);
  const token = (name: string) => {
    probe.style.color = `var(--${name})`;
    const color = getComputedStyle(probe).color;
    return paint === null ? color : hexOf(paint, color);
  };
  const isDark = document.documentElement.dataset.theme === "dark";
  const colors = Object.fromEntries(Object.entries(ansi).map(([name, from]) => [name, token(from)]));
  const [background, foreground, accent] = [
    token(isDark ? "water-deep" : "surface"),
    token("ink"),
    token("accent"),
  ];
  probe.remove();
  return {
    ...colors,
    background,
    foreground,
    cursor: accent,
    cursorAccent: background,
    selectionBackground: `${accent}59`,
    selectionInactiveBackground: `${accent}33`,
  };
}
