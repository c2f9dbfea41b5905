import type { Logger } from "pino";
import { type WebSocket, WebSocketServer } from "ws";
import type { UpgradeRoute } from "#lib/server/http/upgrade-router.ts";
import type { AuthService, Cluster, ClusterRegistry, RequestFacts } from "#lib/server/runtime-types.ts";
import { isSameAccess } from "#lib/shared/access.ts";
import { closeCodes } from "#lib/shared/close-codes.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { type Connection, type ConnectionLimits, type PictureTopic, serveConnection } from "./connection.ts";
import { createFeed, type Feed } from "./feed.ts";
import { createGlancesFeed } from "./glances-feed.ts";
import { framesOf } from "./picture-subscription.ts";

/** What the hub needs. Times in ms. */
export interface HubOptions {
  readonly auth: Pick<AuthService, "authenticate" | "onCredentialEnd" | "onAccessChange">;
  readonly clusters: Pick<ClusterRegistry, "get" | "list">;
  readonly build: string;
  readonly log: Logger;
  /** Every so often: ping, hello, and "is this credential still good". 30 s when not said. */
  readonly pingMs?: number;
  readonly limits?: Partial<ConnectionLimits>;
  readonly now?: () => number;
}

/** The live socket `/ws`: give `route` to the upgrade router; `close` ends all sockets and every timer. */
export interface LiveHub {
  readonly route: UpgradeRoute;
  connections(): number;
  close(): void;
}

const defaultLimits: ConnectionLimits = {
  maxSubscriptions: 64,
  maxBufferedBytes: 1024 * 1024,
  drainCheckMs: 250,
  maxLagMs: 60_000,
};

interface Peer {
  readonly socket: WebSocket;
  readonly facts: RequestFacts;
  readonly connection: Connection;
  alive: boolean;
  /** What it had taken, and how often everything, at the last ping. */
  taken: number;
  drains: number;
}

/** Makes the hub. Nothing runs until the first socket opens, except the listener for ended credentials. */
export function createHub(options: HubOptions): LiveHub {
  const { auth, clusters, log, now = Date.now } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const peers = new Set<Peer>();
  // By the cluster and not by its id: one that was removed may be added again under the same name.
  const feeds = new WeakMap<Cluster, Map<PictureTopic, Feed>>();
  const glances = createGlancesFeed(clusters, now);
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: 4096,
    // Deltas are small and frequent: compressing them costs more than it saves. Snapshots are worth it.
    perMessageDeflate: {
      threshold: 4096,
      serverNoContextTakeover: true,
      clientNoContextTakeover: true,
      concurrencyLimit: 2,
    },
  });
  const stopListening = auth.onCredentialEnd((credentialId) => {
    for (const peer of peers) if (peer.connection.caller.credentialId === credentialId) signOut(peer);
  });
  // The page asks again for what it shows, and gets what it may see from now on.
  const stopAccess = auth.onAccessChange((credentialId) => {
    for (const peer of peers) if (peer.connection.caller.credentialId === credentialId) accessChanged(peer);
  });
  const ticker = setInterval(() => {
    for (const peer of peers) void checkPeer(peer);
  }, options.pingMs ?? 30_000);
  ticker.unref();

  const onError = (error: unknown) => log.error({ err: error }, "live socket failed");

  const clusterOf = (id: string) => clusters.get(id);

  function feedOf(id: string, topic: PictureTopic): Feed {
    const cluster = clusters.get(id);
    const ofCluster = feeds.get(cluster) ?? new Map<PictureTopic, Feed>();
    feeds.set(cluster, ofCluster);
    let feed = ofCluster.get(topic);
    if (!feed) {
      feed = makeFeed(cluster, topic);
      ofCluster.set(topic, feed);
    }
    return feed;
  }

  /**
   * A peer that did not answer the last ping is gone, unless the ping still waits behind what a thin line brings to it;
   * one whose credential ended without a word is signed out.
   */
  async function checkPeer(peer: Peer): Promise<void> {
    const { outbox } = peer.connection;
    const isTaking = outbox.drains() === peer.drains && outbox.taken() !== peer.taken;
    if (!peer.alive && !isTaking) return peer.socket.terminate();
    peer.alive = false;
    peer.taken = outbox.taken();
    peer.drains = outbox.drains();
    peer.socket.ping();
    peer.connection.greet();
    try {
      const caller = await auth.authenticate(peer.facts);
      if (caller === null) signOut(peer);
      else if (!isSameAccess(caller.access, peer.connection.caller.access)) accessChanged(peer);
      else peer.connection.caller = caller;
    } catch (error) {
      log.warn({ err: error }, "could not check the credential of a live socket");
    }
  }

  const route: UpgradeRoute = async ({ request, address }) => {
    const facts: RequestFacts = {
      cookie: request.headers.cookie ?? null,
      authorization: request.headers.authorization ?? null,
      address,
    };
    const caller = await auth.authenticate(facts);
    if (caller === null) throw new AppError("unauthenticated", t("states.call.signIn"));
    return (rawSocket, head) => {
      server.handleUpgrade(request, rawSocket, head, (socket) => {
        socket.on("error", (error) => log.debug({ err: error }, "live socket error"));
        const hello = () => ({ type: "hello", build: options.build, now: now() }) as const;
        const connection = serveConnection(socket, caller, {
          hello,
          feedOf,
          clusterOf,
          glances,
          limits,
          now,
          onError,
        });
        const peer: Peer = { socket, facts, connection, alive: true, taken: 0, drains: 0 };
        peers.add(peer);
        socket.on("pong", () => {
          peer.alive = true;
        });
        socket.on("close", () => peers.delete(peer));
      });
    };
  };

  return {
    route,
    connections: () => peers.size,
    close() {
      clearInterval(ticker);
      stopListening();
      stopAccess();
      for (const { socket } of peers) {
        socket.close(closeCodes.goingAway, "the server stops");
        // A peer that does not answer the close must not hold up the shutdown.
        setTimeout(() => socket.terminate(), 1_000).unref();
      }
      server.close();
    },
  };
}

function makeFeed({ containers, images, model, since, subscribe }: Cluster, topic: PictureTopic): Feed {
  const head = framesOf[topic].snapshot;
  if (topic === "containers") return createFeed(containers, head);
  if (topic === "pulls") return createFeed(images.pullsFeed, head);
  return createFeed({ picture: model, since, subscribe }, head);
}

function signOut(peer: Peer): void {
  peer.connection.close(closeCodes.signedOut, "signed out");
}

function accessChanged(peer: Peer): void {
  peer.connection.close(closeCodes.accessChanged, "access changed");
}
