/** How well a text answers what was typed, and which of its letters did (from, to); higher is better. */
export interface Match {
  readonly score: number;
  readonly ranges: readonly (readonly [number, number])[];
}

const separators = new Set(["_", "-", ".", "/", ":", " ", "@"]);

/**
 * Looks for one word in a name: the whole name, its beginning, the beginning of one of its parts, anywhere, and at
 * last its letters in order, close together ("frnt" finds frontend). Null: not there. An empty word fits everything.
 */
export function matchName(word: string, name: string): Match | null {
  if (word === "") return { score: 0, ranges: [] };
  const query = word.toLowerCase();
  const text = name.toLowerCase();
  const length = Math.min(name.length, 99);
  const found = bestPlace(query, text);
  if (found >= 0) {
    const base = text === query ? 1_000 : found === 0 ? 800 : isWordStart(text, found) ? 600 : 400;
    // Lower case may have other lengths in some languages: then nothing is marked.
    const ranges = text.length === name.length ? [[found, found + query.length] as const] : [];
    return { score: base - length, ranges };
  }
  return matchLetters(query, text, name);
}

function isWordStart(text: string, at: number): boolean {
  return at === 0 || separators.has(text.charAt(at - 1));
}

/** Where the word is, at the beginning of a part if it is there at all; −1: nowhere. */
function bestPlace(query: string, text: string): number {
  const first = text.indexOf(query);
  for (let at = first; at >= 0; at = text.indexOf(query, at + 1)) if (isWordStart(text, at)) return at;
  return first;
}

/** All letters in order, the first at the beginning of a part, in at most twice the space. */
function matchLetters(query: string, text: string, name: string): Match | null {
  if (query.length < 3 || text.length !== name.length) return null;
  for (
    let start = text.indexOf(query.charAt(0));
    start >= 0;
    start = text.indexOf(query.charAt(0), start + 1)
  ) {
    if (!isWordStart(text, start)) continue;
    const places: number[] = [start];
    for (const letter of query.slice(1)) {
      const next = text.indexOf(letter, (places.at(-1) ?? 0) + 1);
      if (next < 0) break;
      places.push(next);
    }
    const span = (places.at(-1) ?? 0) - start + 1;
    if (places.length !== query.length || span > query.length * 2 + 1) continue;
    return { score: 200 - (span - query.length) * 5 - Math.min(name.length, 99), ranges: asRanges(places) };
  }
  return null;
}

function asRanges(places: readonly number[]): (readonly [number, number])[] {
  const ranges: [number, number][] = [];
  for (const place of places) {
    const last = ranges.at(-1);
    if (last && last[1] === place) last[1] = place + 1;
    else ranges.push([place, place + 1]);
  }
  return ranges;
}

/** Shortest start or middle of an id that is looked for: shorter ones are in every second id. */
const shortestId = 4;

/**
 * Looks for every word in the name, in what else it is known by (its stack, its address), or in its id. The ranges are
 * those in the name. Null unless every word is found.
 */
export function matchObject(
  words: readonly string[],
  name: string,
  others: readonly (string | null)[] = [],
  id = "",
): Match | null {
  let score = 0;
  const ranges: (readonly [number, number])[] = [];
  for (const word of words) {
    const own = matchName(word, name);
    const other = Math.max(
      0,
      ...others.map((text) => (text === null ? 0 : (matchName(word, text)?.score ?? 0))),
    );
    const byId = word.length >= shortestId && id.toLowerCase().includes(word.toLowerCase()) ? 300 : 0;
    // What it is called counts more than what it belongs to.
    const best = Math.max(own?.score ?? 0, other / 2, byId);
    if (best <= 0) return null;
    score += best;
    if (own) ranges.push(...own.ranges);
  }
  return { score, ranges: ranges.sort((a, b) => a[0] - b[0]) };
}
