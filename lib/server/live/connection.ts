import type { RawData, WebSocket } from "ws";
import { noCluster } from "#lib/server/cluster/seen-by.ts";
import type { Caller, Cluster } from "#lib/server/runtime-types.ts";
import { roleIn } from "#lib/shared/access.ts";
import { closeCodes } from "#lib/shared/close-codes.ts";
import { AppError, isAppError, toProblem } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { mayDo, type Permission } from "#lib/shared/roles.ts";
import { type ClientFrame, clientFrame, type ServerFrame } from "#lib/shared/topics.ts";
import { openEventsSubscription } from "./events-subscription.ts";
import type { Feed } from "./feed.ts";
import type { GlancesFeed } from "./glances-feed.ts";
import { openGlancesSubscription } from "./glances-subscription.ts";
import { openLogSubscription } from "./log-subscription.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import { openPictureSubscription } from "./picture-subscription.ts";
import { openUsageSubscription } from "./usage-subscription.ts";

/** Bounds of one socket. Bytes not yet taken by the peer, and how long it may stay behind, ms. */
export interface ConnectionLimits {
  readonly maxSubscriptions: number;
  readonly maxBufferedBytes: number;
  readonly drainCheckMs: number;
  readonly maxLagMs: number;
}

export interface ConnectionContext {
  readonly hello: () => ServerFrame;
  /** Throws not_found. */
  readonly feedOf: (clusterId: string, topic: PictureTopic) => Feed;
  /** Throws not_found. */
  readonly clusterOf: (clusterId: string) => Cluster;
  readonly glances: GlancesFeed;
  readonly limits: ConnectionLimits;
  readonly now: () => number;
  /** A mistake of ours, not of the client. */
  readonly onError: (error: unknown) => void;
}

/** Topics that are a picture which changes step by step. */
export type PictureTopic = "cluster" | "containers" | "pulls";

/** One live socket of one caller. */
export interface Connection {
  caller: Caller;
  readonly outbox: Outbox;
  /** Says hello again: tells an idle client that the server lives. */
  greet(): void;
  close(code: number, reason: string): void;
}

/** One topic of one socket, whatever it is about. */
export interface Subscription {
  /** The client saw a gap. */
  resync(): void;
  end(): void;
}

const topicPermissions = {
  cluster: "cluster.read",
  containers: "container.read",
  clusters: "cluster.list",
  events: "event.read",
  logs: "log.read",
  pulls: "image.read",
  usage: "usage.read",
} as const satisfies Record<string, Permission>;

/** Serves a freshly opened socket until it closes. Nothing about this socket outlives its close event. */
export function serveConnection(socket: WebSocket, caller: Caller, context: ConnectionContext): Connection {
  const subscriptions = new Map<number, Subscription>();
  const outbox = createOutbox(socket, context.limits.maxBufferedBytes);
  let deaf: NodeJS.Timeout | null = null;
  const connection: Connection = {
    caller,
    outbox,
    greet: () => outbox.send(context.hello()),
    close: (code, reason) => socket.close(code, reason),
  };

  function subscribe(frame: Extract<ClientFrame, { type: "subscribe" }>): void {
    const { access } = connection.caller;
    const cluster = "cluster" in frame ? frame.cluster : null;
    const role = roleIn(access, cluster);
    // As if it were not there.
    if (cluster !== null && role === "none") throw noCluster(cluster);
    if (!mayDo(role, topicPermissions[frame.topic])) {
      throw new AppError("forbidden", t("states.call.notAllowed"));
    }
    if (subscriptions.has(frame.sub)) throw new AppError("invalid_input", t("states.call.numberTaken"));
    if (subscriptions.size >= context.limits.maxSubscriptions) {
      throw new AppError("slow_down", t("states.call.tooMany"));
    }
    subscriptions.set(frame.sub, open(frame));
  }

  function open(frame: Extract<ClientFrame, { type: "subscribe" }>): Subscription {
    if (frame.topic === "clusters") {
      return openGlancesSubscription(outbox, {
        sub: frame.sub,
        feed: context.glances,
        isSeen: (id) => roleIn(connection.caller.access, id) !== "none",
      });
    }
    if (frame.topic === "logs") {
      const { logs } = context.clusterOf(frame.cluster);
      return openLogSubscription(outbox, frame.sub, logs, frame.target, context);
    }
    if (frame.topic === "events") {
      const { events } = context.clusterOf(frame.cluster);
      return openEventsSubscription(outbox, frame, events);
    }
    if (frame.topic === "usage") {
      const { usage } = context.clusterOf(frame.cluster);
      return openUsageSubscription(outbox, frame, usage);
    }
    return openPictureSubscription(outbox, frame, context.feedOf(frame.cluster, frame.topic), {
      ...context,
      onTooSlow: () => socket.close(closeCodes.slow, "too slow"),
    });
  }

  function receive(frame: ClientFrame): void {
    if (frame.type === "subscribe") {
      subscribe(frame);
      return;
    }
    const subscription = subscriptions.get(frame.sub);
    if (frame.type === "resync") {
      subscription?.resync();
      return;
    }
    subscription?.end();
    subscriptions.delete(frame.sub);
  }

  /** Who asks and does not take the answers is not heard until they are taken: answers to it would wait without end. */
  function listenLater(): void {
    if (deaf !== null) return;
    socket.pause();
    deaf = setInterval(() => {
      if (outbox.isBehind()) return;
      if (deaf !== null) clearInterval(deaf);
      deaf = null;
      socket.resume();
    }, context.limits.drainCheckMs);
  }

  socket.on("message", (data, isBinary) => {
    const frame = isBinary ? null : parseFrame(data);
    if (frame === null) return socket.close(closeCodes.badFrame, "not a frame of this protocol");
    try {
      receive(frame);
    } catch (error) {
      if (!isAppError(error)) context.onError(error);
      const { code, detail } = toProblem(error);
      outbox.send({ type: "error", sub: frame.sub, code, message: detail });
    }
    if (outbox.isBehind()) listenLater();
  });
  socket.on("close", () => {
    if (deaf !== null) clearInterval(deaf);
    for (const subscription of subscriptions.values()) subscription.end();
    subscriptions.clear();
  });
  connection.greet();
  return connection;
}

function parseFrame(data: RawData): ClientFrame | null {
  try {
    const parsed = clientFrame.safeParse(JSON.parse(String(data)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
