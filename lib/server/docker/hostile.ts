/**
 * Reading values an engine sent without believing them: wrong types become empty, texts and lists are cut to sizes
 * a screen can bear. Control characters and markup stay: they are text wherever we show them.
 */

/** Longest name, id or word kept, in UTF-16 units. */
const longestName = 512;
/** Longest label value, message or error kept. */
export const longestText = 4096;
/** Most entries kept of a list or of a set of labels. */
const mostEntries = 500;

/** The text, cut with an ellipsis; empty for anything that is not text. */
export function textOf(value: unknown, max: number = longestName): string {
  if (typeof value !== "string") return "";
  if (value.length <= max) return value;
  // Not through the middle of a surrogate pair.
  const end = /[\uD800-\uDBFF]/.test(value.charAt(max - 2)) ? max - 2 : max - 1;
  return `${value.slice(0, end)}…`;
}

/** Like textOf, null instead of empty. */
export function textOrNull(value: unknown, max: number = longestName): string | null {
  return textOf(value, max) || null;
}

/** A finite number of at least zero, else 0. */
export function amountOf(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) && value > 0 ? value : 0;
}

/** One of the known words, else `other`. */
export function oneOf<T extends string, F extends string>(
  value: unknown,
  known: readonly T[],
  other: F,
): T | F {
  return known.find((word) => word === value) ?? other;
}

/** Labels with text values only, cut in number and size. */
export function labelsOf(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
  const entries = Object.entries(value)
    .filter((entry): entry is [string, string] => typeof entry[1] === "string")
    .slice(0, mostEntries)
    .map(([key, text]) => [textOf(key), textOf(text, longestText)] as const);
  return Object.fromEntries(entries);
}

/** The items of a list without null ones, none for anything else, at most 500. */
export function listOf<T>(value: readonly T[] | null | undefined): readonly T[] {
  return Array.isArray(value) ? value.slice(0, mostEntries).filter((item) => item != null) : [];
}

/** Texts of a list. */
export function textsOf(value: readonly unknown[] | null | undefined, max?: number): readonly string[] {
  return listOf(value).flatMap((item) => (typeof item === "string" ? [textOf(item, max)] : []));
}

/** Milliseconds since 1970 of Docker's RFC 3339 time; null for its zero time (year 1) and for nonsense. */
export function timeOrNull(value: unknown): number | null {
  if (typeof value !== "string") return null;
  const ms = Date.parse(value);
  return Number.isFinite(ms) && ms > 0 ? ms : null;
}

/** Like timeOrNull, 0 when there is none. */
export function timeOf(value: unknown): number {
  return timeOrNull(value) ?? 0;
}

/** Docker's durations are nanoseconds. */
export function nanosToMs(value: unknown): number {
  return Math.round(amountOf(value) / 1e6);
}
