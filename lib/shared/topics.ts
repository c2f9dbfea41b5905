import { z } from "zod";
import type { ContainerDelta, ContainerPicture } from "./containers/types.ts";
import type { ErrorCode } from "./errors.ts";
import { type EventsFrame, eventsSubscribe } from "./events/topic.ts";
import type { PullsDelta, PullsPicture } from "./images/pulls-picture.ts";
import type { LogBatch } from "./logs/log-frames.ts";
import type { ClusterGlance } from "./model/cluster-glance.ts";
import type { ClusterDelta } from "./model/reducer.ts";
import type { ClusterModel } from "./model/types.ts";
import { type UsageFrame, usageSubscribe } from "./usage/topic.ts";

const subscribe = { type: z.literal("subscribe"), sub: z.number().int().min(1).max(1e9) };
const cluster = z.string().min(1).max(64);

/**
 * One WebSocket per tab at `/ws`, JSON text frames. The client subscribes to topics by a number it chooses.
 *
 * `cluster`: the model of one cluster. The server answers with one `snapshot` and then `delta`s in order; a gap, or a
 * client too slow to drain, gets a fresh `snapshot`. Needs permission cluster.read.
 *
 * `logs`: the log of a service, a task or a container, `log` frames. A client too slow to drain is told how many lines it missed.
 * Needs permission log.read.
 *
 * `containers`: the containers of all nodes of a cluster, `containers` frames: one `snapshot`, unless `have` is recent,
 * and then `delta`s in order. Needs permission container.read.
 *
 * `pulls`: pulls of images under way and those that ended lately, `pulls` frames: one `snapshot` and then `delta`s in
 * order, a few times a second at most. Needs permission image.read.
 *
 * `events`: what happens in a cluster, `events` frames, see events/topic.ts. Needs permission event.read.
 *
 * `clusters`: every cluster at a glance, `clusters` frames: all of them at first and whenever something in it changed,
 * once a second at most; those that the caller may see. Needs permission cluster.list.
 * `usage`: CPU, memory, network and disk traffic of something, `usage` frames, see usage/topic.ts. Needs permission
 * usage.read.
 */
export const clientFrame = z.discriminatedUnion("type", [
  z.discriminatedUnion("topic", [
    z.object({
      ...subscribe,
      topic: z.literal("cluster"),
      cluster,
      /** Seq of the picture the page was rendered with: only what was missed since is sent, a snapshot when that is not kept. */
      have: z.number().int().min(0).optional(),
    }),
    z.object({
      ...subscribe,
      topic: z.literal("logs"),
      cluster,
      target: z.object({
        kind: z.enum(["service", "task", "container"]),
        id: z.string().min(1).max(255),
        /** Of a container. */
        node: z.string().min(1).max(255).optional(),
      }),
    }),
    z.object({
      ...subscribe,
      topic: z.literal("containers"),
      cluster,
      /** Seq of the list the page was rendered with. */
      have: z.number().int().min(0).optional(),
    }),
    z.object({ ...subscribe, topic: z.literal("pulls"), cluster }),
    z.object({ ...subscribe, topic: z.literal("clusters") }),
    eventsSubscribe,
    usageSubscribe,
  ]),
  z.object({ type: z.literal("unsubscribe"), sub: z.number().int().min(1).max(1e9) }),
  /** The client saw a gap. */
  z.object({ type: z.literal("resync"), sub: z.number().int().min(1).max(1e9) }),
]);
export type ClientFrame = z.infer<typeof clientFrame>;

export type ServerFrame =
  /** First frame, and again every 30 s so that a silent socket is known to be dead: `build` differs from the page's own build → the page offers a reload. `now`: server clock, ms. */
  | { readonly type: "hello"; readonly build: string; readonly now: number }
  | { readonly type: "snapshot"; readonly sub: number; readonly model: ClusterModel }
  | EventsFrame
  | UsageFrame
  | { readonly type: "delta"; readonly sub: number; readonly delta: ClusterDelta }
  | {
      readonly type: "containers";
      readonly sub: number;
      /** One of the two. */
      readonly snapshot?: ContainerPicture;
      readonly delta?: ContainerDelta;
    }
  | {
      readonly type: "pulls";
      readonly sub: number;
      /** One of the two. */
      readonly snapshot?: PullsPicture;
      readonly delta?: PullsDelta;
    }
  | { readonly type: "clusters"; readonly sub: number; readonly clusters: readonly ClusterGlance[] }
  | { readonly type: "log"; readonly sub: number; readonly batch: LogBatch }
  /** The subscription could not be made or ended. */
  | { readonly type: "error"; readonly sub: number; readonly code: ErrorCode; readonly message: string };
