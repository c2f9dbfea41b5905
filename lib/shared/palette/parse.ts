/** What can be said at the beginning of a command. */
export const verbs = [
  "scale",
  "edit",
  "restart",
  "stop",
  "remove",
  "drain",
  "activate",
  "pause",
  "logs",
  "events",
  "show",
] as const;
export type Verb = (typeof verbs)[number];

/** What was typed, taken apart: "scale fro 6" is scale, ["fro"], 6. */
export interface Command {
  readonly verb: Verb | null;
  /** What the object is called, in words. */
  readonly words: readonly string[];
  /** The number at the end, of `scale` only. */
  readonly number: number | null;
}

/** Most replicas the engine is asked for; more is a slip of the finger. */
const mostReplicas = 100_000;
const shortestVerb = 2;

/** Other words for the same. */
const synonyms: Readonly<Record<string, Verb>> = {
  log: "logs", redeploy: "restart", delete: "remove", rm: "remove", only: "show", undrain: "activate",
}; // biome-ignore format: short

/**
 * Takes a line apart. A verb may be cut short ("sc fro 6") when something follows it; a single word is a name unless it
 * is the whole verb. `scale` also takes "to" and "=": "scale api to 6", "api=6".
 */
export function parseCommand(text: string): Command {
  const tokens = text.trim().split(/\s+/).filter(Boolean).slice(0, 10);
  const assigned = /^(.+)=(\d{1,6})$/.exec(tokens.join(" "));
  if (assigned) {
    const words = (assigned[1] ?? "").split(" ").filter((word) => word !== "" && word !== "scale");
    return { verb: "scale", words, number: bounded(assigned[2]) };
  }
  const [first = "", ...rest] = tokens;
  const verb = verbOf(first.toLowerCase(), rest.length > 0);
  if (verb === null) return { verb: null, words: tokens, number: null };
  if (verb !== "scale") return { verb, words: rest, number: null };
  const last = rest.at(-1) ?? "";
  const number = /^\d{1,6}$/.test(last) ? bounded(last) : null;
  const words = (number === null ? rest : rest.slice(0, -1)).filter((word) => word.toLowerCase() !== "to");
  return { verb, words, number };
}

function verbOf(word: string, isFollowed: boolean): Verb | null {
  const whole = verbs.find((verb) => verb === word) ?? synonyms[word];
  if (whole) return whole;
  if (!isFollowed || word.length < shortestVerb) return null;
  const found = verbs.filter((verb) => verb.startsWith(word));
  return found.length === 1 ? (found[0] ?? null) : null;
}

function bounded(digits: string | undefined): number | null {
  const number = Number(digits);
  return Number.isInteger(number) && number <= mostReplicas ? number : null;
}
