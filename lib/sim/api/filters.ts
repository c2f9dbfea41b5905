import { Refusal } from "./refusal.ts";

/** The `filters` of a list: name → wanted values. */
export type Filters = Readonly<Record<string, readonly string[]>>;

/** Reads `filters={"id":["a"]}`, or the older `{"id":{"a":true}}`. Throws what the engine says to nonsense: `status` differs by list. */
export function parseFilters(text: string | null, known: readonly string[], status = 400): Filters {
  if (text === null || text === "") return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal(status, wordsFor(text), false, "filters");
  }
  if (typeof value !== "object" || value === null)
    throw new Refusal(status, wordsFor(text), false, "filters");
  const filters: Record<string, readonly string[]> = {};
  for (const [name, wanted] of Object.entries(value)) {
    if (!known.includes(name)) throw new Refusal(400, `Invalid filter '${name}'`);
    const list: unknown[] = Array.isArray(wanted) ? wanted : Object.keys(wanted ?? {});
    filters[name] = list.map(String);
  }
  return filters;
}

/** What Go says of text that is no JSON. */
function wordsFor(text: string): string {
  if (text.startsWith("n")) return `invalid character '${text[1] ?? " "}' in literal null (expecting 'u')`;
  return `invalid character '${text[0] ?? " "}' looking for beginning of value`;
}

/** No values wanted, or one of them fits. */
export function anyOf(wanted: readonly string[] | undefined, fits: (value: string) => boolean): boolean {
  return wanted === undefined || wanted.length === 0 || wanted.some(fits);
}

/** `label` filters: `key` or `key=value`. All of them have to fit. */
export function hasLabels(
  labels: Readonly<Record<string, string>> | null | undefined,
  wanted: readonly string[] | undefined,
): boolean {
  return (wanted ?? []).every((entry) => {
    const at = entry.indexOf("=");
    const value = labels?.[at < 0 ? entry : entry.slice(0, at)];
    return value !== undefined && (at < 0 || value === entry.slice(at + 1));
  });
}
