/**
 * Paths inside of a volume as text. Names on a disk are bytes: what is no plain UTF-8 text (and `%` itself) is written
 * as `%XX`, so that every name has exactly one text and every text at most one name. The empty path is the volume.
 */

/** Longest name on Linux, bytes, and how many folders deep a path may lead. */
const longestName = 255;
const deepest = 128;

/** The text of a name. */
export function nameToText(name: Uint8Array): string {
  const hex = (byte: number) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(name);
  } catch {
    return [...name].map((byte) => (isPlain(byte) ? String.fromCharCode(byte) : hex(byte))).join("");
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is written otherwise
  return text.replace(/[\u0000-\u001f\u007f%]/g, (char) => hex(char.charCodeAt(0)));
}

function isPlain(byte: number): boolean {
  return byte >= 0x20 && byte < 0x7f && byte !== 0x25;
}

/** The bytes of one name; null: there can be no such name. */
export function textToName(text: string): Uint8Array | null {
  if (text === "" || /%(?![0-9A-Fa-f]{2})/.test(text)) return null;
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  for (const part of text.match(/%[0-9A-Fa-f]{2}|[^%]+/g) ?? []) {
    if (part.startsWith("%")) bytes.push(Number.parseInt(part.slice(1), 16));
    else for (const byte of encoder.encode(part)) bytes.push(byte);
  }
  const dots = bytes.length <= 2 && bytes.every((byte) => byte === 0x2e);
  const isBad = dots || bytes.length > longestName || bytes.includes(0) || bytes.includes(0x2f);
  return isBad ? null : Uint8Array.from(bytes);
}

/** The names of a path, none for the volume itself; null for everything that is no plain path downwards. */
export function readFilePath(path: string): readonly Uint8Array[] | null {
  if (path === "") return [];
  const names = path.split("/").map(textToName);
  return names.length <= deepest && names.every((name) => name !== null) ? names : null;
}

/** A name for people: bytes that are no text become �, control characters become pictures of themselves. */
export function shownName(text: string): string {
  const name = textToName(text);
  if (name === null) return text;
  const shown = new TextDecoder().decode(name);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is made visible
  return shown.replace(/[\u0000-\u001f\u007f]/g, (char) =>
    char === "\u007f" ? "␡" : String.fromCharCode(0x2400 + char.charCodeAt(0)),
  );
}
