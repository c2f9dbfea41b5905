import { z } from "zod";
import type { ClusterEvent } from "./types.ts";

/** Asks for the events of a cluster from now on, and those newer than `have`. Needs permission event.read. */
export const eventsSubscribe = z.object({
  type: z.literal("subscribe"),
  sub: z.number().int().min(1).max(1e9),
  topic: z.literal("events"),
  cluster: z.string().min(1).max(64),
  /** Id of the newest event the page has. */
  have: z.number().int().min(0).optional(),
});
export type EventsSubscribe = z.infer<typeof eventsSubscribe>;

/** New events, oldest first. `missed`: there were more than are told here; the list is to be read again. */
export interface EventsFrame {
  readonly type: "events";
  readonly sub: number;
  readonly events: readonly ClusterEvent[];
  readonly missed: boolean;
}
