import type { ContainerCounters } from "#lib/shared/usage/counters.ts";
import { containerMetrics } from "#lib/shared/usage/metrics.ts";
import type { UsageContainer } from "./list-containers.ts";
import { coarse, fine, Track } from "./track.ts";

/** What is remembered of one container. The fine grid is made when somebody watches for the first time. */
export class ContainerUsage {
  readonly about: UsageContainer;
  readonly nodeId: string;
  readonly coarse = new Track(coarse, containerMetrics.length);
  fine: Track | null = null;
  /** When it was seen to be gone, ms since 1970. */
  endedAt: number | null = null;

  constructor(about: UsageContainer, nodeId: string) {
    this.about = about;
    this.nodeId = nodeId;
  }

  addFine(now: number, counters: ContainerCounters): void {
    this.fine ??= new Track(fine, containerMetrics.length);
    this.fine.add(now, counters);
  }
}
