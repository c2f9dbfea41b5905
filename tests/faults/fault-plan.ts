import { createRandom } from "#lib/sim/world/random.ts";

/**
 * What happens to one call. `slow`: before the engine hears it, or with an answer that is old by then. `cut`: part of a
 * document, after which the connection breaks or the answer ends well-formed.
 */
export type CallFault =
  | { readonly kind: "none" }
  | { readonly kind: "slow"; readonly ms: number; readonly what: "request" | "answer" }
  | { readonly kind: "reset" }
  | { readonly kind: "refuse"; readonly ms: number }
  | { readonly kind: "cut"; readonly part: number; readonly end: "reset" | "clean" }
  | { readonly kind: "status"; readonly status: number; readonly body: string; readonly ms?: number };

/** What happens to an event stream, some time after the incident before it. */
export interface StreamFault {
  readonly afterMs: number;
  readonly kind: "close" | "halfLine" | "garbage" | "torn" | "repeat" | "delay" | "flood";
  /** How long a delay or a flood takes. */
  readonly ms: number;
  /** Picks the garbage, and where a line is cut; 0 up to 1. */
  readonly pick: number;
}

/** The faults of one engine. The same seed gives the same faults in the same order, as far as the calls come in the same order. */
export interface FaultPlan {
  nextCall(): CallFault;
  /** Null: none will come. */
  nextStream(): StreamFault | null;
}

export interface FaultLimits {
  /** The slowest answer. */
  readonly slowMs: number;
  /** The longest flood of an event stream. */
  readonly floodMs: number;
}

const refusals = [
  { status: 500, body: '{"message":"rpc error: code = Internal desc = something went wrong"}\n' },
  { status: 500, body: "" },
  { status: 503, body: '{"message":"the daemon is busy"}\n' },
  { status: 503, body: "<html><body><h1>503 Service Unavailable</h1></body></html>\n" },
  { status: 502, body: "Bad Gateway\n" },
  { status: 200, body: '{"message":"an object where a list was asked for"}\n' },
  { status: 200, body: "<html><body>Please sign in</body></html>\n" },
] as const;

/** How likely a call of a spell fails. Trouble comes in spells, as it does in life: a while of it, then none. */
const spells = [0, 0.1, 0.3, 0.5, 0.9] as const;

type Kinds = readonly StreamFault["kind"][];
const unseen: Kinds = ["garbage", "torn", "torn", "repeat", "delay", "flood"];
const ends: Kinds = ["close", "close", "halfLine"];

/**
 * What goes wrong in a run. A stream that ends makes Shoal read everything again, and would hide what was missed before; so
 * some runs have none of that.
 */
const climates: readonly { readonly calls: boolean; readonly streams: Kinds }[] = [
  { calls: true, streams: [...unseen, ...ends] },
  { calls: false, streams: unseen },
  { calls: true, streams: [] },
  { calls: true, streams: unseen },
  { calls: false, streams: [...ends, "repeat", "delay"] },
];

/** `engine`: its place among the engines, each of which has faults of its own. */
export function createFaultPlan(seed: number, engine: number, limits: FaultLimits): FaultPlan {
  const calls = createRandom(seed * 1_000 + engine * 2);
  const streams = createRandom(seed * 1_000 + engine * 2 + 1);
  const climate = climates[seed % climates.length] ?? { calls: true, streams: [] };
  let left = 0;
  let likely = 0;

  return {
    nextCall() {
      if (left === 0) {
        left = Math.floor(calls.between(3, 20));
        likely = spells[Math.floor(calls.between(0, spells.length))] ?? 0;
      }
      left -= 1;
      // As many draws for every call, so that one fault does not shift those after it.
      const [fails, kind, size, detail] = [0, 0, 0, 0].map(() => calls.between(0, 1)) as [
        number, number, number, number,
      ]; // biome-ignore format: one line
      return climate.calls && fails < likely ? faultOf(kind, size, detail, limits) : { kind: "none" };
    },
    nextStream() {
      const kind = climate.streams[Math.floor(streams.between(0, climate.streams.length))];
      if (kind === undefined) return null;
      const longest = kind === "flood" ? limits.floodMs : limits.slowMs;
      return {
        afterMs: streams.between(50, 2_000),
        kind,
        ms: streams.between(0.1, 1) * longest,
        pick: streams.between(0, 1),
      };
    },
  };
}

function faultOf(kind: number, size: number, detail: number, { slowMs }: FaultLimits): CallFault {
  if (kind < 0.25) return { kind: "slow", ms: size * slowMs, what: detail < 0.5 ? "request" : "answer" };
  if (kind < 0.4) return { kind: "cut", part: size, end: "reset" };
  if (kind < 0.65) return { kind: "cut", part: size, end: "clean" };
  if (kind < 0.85) {
    const refusal = refusals[Math.floor(detail * refusals.length)] ?? refusals[0];
    return { kind: "status", ...refusal };
  }
  if (kind < 0.95) return { kind: "reset" };
  return { kind: "refuse", ms: 100 + size * 1_200 };
}
