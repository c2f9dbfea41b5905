/** Text with one look. Colours are those of the terminal, 0 to 15; anything finer is brought down to them. */
export interface AnsiSpan {
  readonly text: string;
  readonly color: number | null;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
}

type Look = Omit<AnsiSpan, "text">;

const plain: Look = { color: null, bold: false, dim: false, italic: false, underline: false };

const [esc, bell] = ["\x1b", "\x07"];
/** A control sequence: with parameters and a final letter, a string with its end, or one letter. */
const sequence = new RegExp(
  [
    `${esc}(?:\\[([0-9;:?]*)[ -/]*([@-~])`,
    `\\][^${bell}${esc}]*(?:${bell}|${esc}\\\\)?`,
    `[PX^_][^${esc}]*(?:${esc}\\\\)?`,
    "[@-Z\\\\-_])?",
  ].join("|"),
  "g",
);
/** Tabs stay, and so do the line ends that we put in ourselves: a line of a log has none. */
const control = /(?![\t\n])\p{Cc}/gu;
/** Marks that turn the direction of text around: shown, so that a line cannot pretend to be another. */
const direction = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Control characters become their pictures (␀ … ␡), marks of direction a sign; tabs stay. */
function visible(text: string): string {
  return text
    .replace(control, (char) => {
      const code = char.charCodeAt(0);
      return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? "␡" : "�";
    })
    .replace(direction, "�");
}

/** The text alone, as it is searched. */
export function withoutAnsi(text: string): string {
  return visible(text.includes(esc) ? text.replace(sequence, "") : text);
}

/** Cuts a line into spans of one look. Other control sequences (cursor, titles, links) are left out. */
export function parseAnsi(text: string): readonly AnsiSpan[] {
  if (!text.includes(esc)) return [{ ...plain, text: visible(text) }];
  const spans: AnsiSpan[] = [];
  let look = plain;
  let from = 0;
  const take = (to: number) => {
    if (to > from) spans.push({ ...look, text: visible(text.slice(from, to)) });
  };
  for (const match of text.matchAll(sequence)) {
    take(match.index);
    from = match.index + match[0].length;
    if (match[2] === "m") look = changeLook(look, match[1] ?? "");
  }
  take(text.length);
  return spans;
}

function changeLook(before: Look, parameters: string): Look {
  const codes = parameters.split(/[;:]/).map((code) => (code === "" ? 0 : Number(code)));
  let look = before;
  for (let i = 0; i < codes.length; i += 1) {
    const code = codes[i] ?? 0;
    if (code === 38 || code === 48) {
      // 5;n or 2;r;g;b belong to it.
      const isPalette = codes[i + 1] === 5;
      if (code === 38)
        look = {
          ...look,
          color: isPalette ? paletteColor(codes[i + 2]) : trueColor(codes.slice(i + 2, i + 5)),
        };
      i += isPalette ? 2 : 4;
    } else look = applyCode(look, code);
  }
  return look;
}

function applyCode(look: Look, code: number): Look {
  if (code === 0) return plain;
  if (code === 1) return { ...look, bold: true };
  if (code === 2) return { ...look, dim: true };
  if (code === 3) return { ...look, italic: true };
  if (code === 4) return { ...look, underline: true };
  if (code === 22) return { ...look, bold: false, dim: false };
  if (code === 23) return { ...look, italic: false };
  if (code === 24) return { ...look, underline: false };
  if (code === 39) return { ...look, color: null };
  if (code >= 30 && code <= 37) return { ...look, color: code - 30 };
  if (code >= 90 && code <= 97) return { ...look, color: code - 82 };
  return look;
}

/** One of 256: the first 16 as they are, the cube by its strongest parts, greys as dim or plain. */
function paletteColor(n: number | undefined): number | null {
  if (n === undefined || !Number.isInteger(n) || n < 0 || n > 255) return null;
  if (n < 16) return n;
  if (n >= 232) return n < 244 ? 8 : 7;
  const cube = n - 16;
  const part = (value: number) => (value === 0 ? 0 : 55 + value * 40);
  return trueColor([part(Math.floor(cube / 36)), part(Math.floor(cube / 6) % 6), part(cube % 6)]);
}

function trueColor(parts: readonly number[]): number | null {
  const [r = 0, g = 0, b = 0] = parts;
  if (parts.length < 3 || parts.some((part) => !(part >= 0 && part <= 255))) return null;
  const most = Math.max(r, g, b);
  if (most - Math.min(r, g, b) < 40) return most < 110 ? 8 : 7;
  const on = (value: number) => Number(value > most * 0.6);
  return on(r) + on(g) * 2 + on(b) * 4 + (most > 200 ? 8 : 0);
}
