/** How often and how soon a watcher reads; all ms. */
export interface WatcherTiming {
  /** How long a trigger waits for others. */
  readonly gatherMs: number;
  /** From the begin of one round of reads to that of the next that events ask for, at least, however many events there are. */
  readonly roundMs: number;
  /** Between two full reads when nothing asks for one. */
  readonly reconcileMs: number;
  /** Between two looks at nodes without a link, at least. */
  readonly lookMs: number;
  /** Between two reads of the nodes while somebody watches a fully linked swarm: notices a lost leader. */
  readonly pulseMs: number;
  readonly retryMs: number;
}

/** What a real swarm is watched with. */
export const defaultTiming: WatcherTiming = {
  gatherMs: 25,
  roundMs: 100,
  reconcileMs: 45_000,
  lookMs: 1_000,
  pulseMs: 5_000,
  retryMs: 1_000,
};
