import type { ContainerCounters } from "./counters.ts";

/** Use between two readings in the order of `containerMetrics`; NaN where it is not known. */
export type Rates = readonly [
  cpu: number,
  memory: number,
  rx: number,
  tx: number,
  read: number,
  write: number,
];

const counters = ["cpuNanos", "rxBytes", "txBytes", "readBytes", "writeBytes"] as const;
type Counter = (typeof counters)[number];

/** Two readings that are closer than this say nothing: an engine may answer twice from one look. */
const leastMs = 100;

/** True when any counter is smaller than before: the container has started anew in between. */
function hasRestarted(before: ContainerCounters, now: ContainerCounters): boolean {
  return counters.some((counter) => (now[counter] ?? 0) < (before[counter] ?? 0));
}

/**
 * What a container used between two readings. After a restart, and for the first reading, only what it holds is known:
 * the difference of counters that began anew would be nonsense, a spike or less than nothing.
 */
export function ratesBetween(before: ContainerCounters | null, now: ContainerCounters): Rates {
  const memory = now.memoryBytes ?? Number.NaN;
  const none: Rates = [Number.NaN, memory, Number.NaN, Number.NaN, Number.NaN, Number.NaN];
  if (before === null || now.at - before.at < leastMs || hasRestarted(before, now)) return none;
  const seconds = (now.at - before.at) / 1_000;
  const perSecond = (counter: Counter) => {
    const [from, to] = [before[counter], now[counter]];
    return from === null || to === null ? Number.NaN : (to - from) / seconds;
  };
  return [
    perSecond("cpuNanos") / 1e9,
    memory,
    perSecond("rxBytes"),
    perSecond("txBytes"),
    perSecond("readBytes"),
    perSecond("writeBytes"),
  ];
}
