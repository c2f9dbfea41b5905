import { type Phrase, phrase } from "../i18n/phrase.ts";

/** Facts that make a "no suitable node" reason more exact. */
export interface PlacementFacts {
  readonly constraints: readonly string[];
  readonly reservedNanoCpus: number;
  readonly reservedMemoryBytes: number;
}

const exitWords: Readonly<
  Record<number, "ended" | "reported" | "notStarted" | "killed" | "crashed" | "stopped">
> = {
  0: "ended",
  1: "reported",
  125: "notStarted",
  126: "notStarted",
  127: "notStarted",
  137: "killed",
  139: "crashed",
  143: "stopped",
};

/**
 * An exit code in words (look.md §12). 137 is only "killed": whether memory ran out, the code does not say.
 */
export function exitInWords(code: number): Phrase {
  const word = exitWords[code];
  return word === undefined
    ? phrase("services.exit.other", { code: String(code) })
    : phrase(`services.exit.${word}`, { code: String(code) });
}

/** Reasons of swarm's placement filters, as the scheduler words them; `[n]` is the number of nodes. */
const placementReasons: readonly (readonly [RegExp, (n: number, facts: PlacementFacts | null) => Phrase])[] =
  [
    [/insufficient resources on (\d+) nodes?/, noResources],
    [/scheduling constraints not satisfied on (\d+) nodes?/, noMatch],
    [/host-mode port already in use on (\d+) nodes?/, (n) => phrase("services.place.port", { n })],
    [/max replicas per node limit exceed/, () => phrase("services.place.maxReplicas")],
    [/unsupported platform on (\d+) nodes?/, (n) => phrase("services.place.platform", { n })],
    [/missing plugin on (\d+) nodes?/, (n) => phrase("services.place.plugin", { n })],
    [/(\d+) nodes? not available for new tasks/, (n) => phrase("services.place.unavailable", { n })],
  ];

function noResources(n: number, facts: PlacementFacts | null): Phrase {
  const cpu = facts === null || facts.reservedNanoCpus > 0;
  const memory = facts === null || facts.reservedMemoryBytes > 0;
  if (cpu === memory) return phrase("services.place.resources", { n });
  return phrase(memory ? "services.place.memory" : "services.place.cpu", { n });
}

function noMatch(n: number, facts: PlacementFacts | null): Phrase {
  const only = facts?.constraints.length === 1 ? facts.constraints[0] : undefined;
  return only === undefined
    ? phrase("services.place.constraints", { n })
    : phrase("services.place.constraint", { constraint: only });
}

/** Why swarm finds no node, or null when the text is about something else. */
function placementInWords(error: string, facts: PlacementFacts | null = null): Phrase | null {
  const isGeneral = error.startsWith("no suitable node");
  const found = placementReasons.flatMap(([pattern, words]) => {
    const match = pattern.exec(error);
    return match ? [words(Number(match[1] ?? 0), facts)] : [];
  });
  const [first, second] = found;
  // Of a task that belongs to one node, swarm says only the reason.
  if (first === undefined) return isGeneral ? phrase("services.place.none") : null;
  return second === undefined ? first : phrase("services.place.both", { first, second });
}

const texts: readonly (readonly [RegExp, (match: RegExpExecArray) => Phrase])[] = [
  [/non-zero exit \((\d+)\)/, (m) => exitInWords(Number(m[1]))],
  [/No such image: (\S+)/, (m) => phrase("services.why.noImage", { image: m[1] ?? "" })],
  [/manifest (?:for (\S+) not found|unknown)|pull access denied|repository does not exist/, () => phrase("services.why.noPull")],
  [/Bind for \S*?:(\d+) failed: port is already allocated/, (m) => phrase("services.why.port", { port: m[1] ?? "" })],
  [/port is already allocated|address already in use/, () => phrase("services.why.portTaken")],
  [/out of memory|OOM/, () => phrase("services.why.memory")],
  [/unhealthy container/, () => phrase("services.why.unhealthy")],
  [/exec: "([^"]+)": .*(?:not found|no such file)/, (m) => phrase("services.why.noCommand", { command: m[1] ?? "" })],
  [/exec: "([^"]+)": .*permission denied/, (m) => phrase("services.why.notExecutable", { command: m[1] ?? "" })],
  [/bind source path does not exist: (\S+)/, (m) => phrase("services.why.noPath", { path: m[1] ?? "" })],
]; // biome-ignore format: one line per text reads better

const longest = 160;

/** What the engine's error text means, in words; its own text (shortened) when we do not know it. */
export function errorInWords(error: string, facts: PlacementFacts | null = null): Phrase {
  const place = placementInWords(error, facts);
  if (place) return place;
  for (const [pattern, words] of texts) {
    const match = pattern.exec(error);
    if (match) return words(match);
  }
  const text = error
    .replace(/^task: /, "")
    .replace(/\s+/g, " ")
    .trim();
  return phrase("services.why.engine", {
    text: text.length > longest ? `${text.slice(0, longest - 1)}…` : text,
  });
}
