import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { BlockList } from "node:net";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { noCluster } from "#lib/server/cluster/seen-by.ts";
import { createStore, type ModelStore } from "#lib/server/cluster/store.ts";
import { createUpgradeRouter } from "#lib/server/http/upgrade-router.ts";
import type { Caller, Cluster, RequestFacts } from "#lib/server/runtime-types.ts";
import type { Access } from "#lib/shared/access.ts";
import { applyDelta } from "#lib/shared/model/reducer.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";
import { soon } from "#lib/shared/testing/soon.ts";
import type { ClientFrame, ServerFrame } from "#lib/shared/topics.ts";
import { createHub, type HubOptions, type LiveHub } from "./hub.ts";

const empty = {
  seq: 100,
  info: { id: "local", name: "a" },
  nodes: {},
  services: {},
  tasks: {},
};
const start = empty as unknown as ClusterModel;
const log = pino({ level: "silent" });
const caller: Caller = {
  userId: "u",
  name: "ann",
  role: "viewer",
  access: { role: "viewer", clusters: {} },
  via: "session",
  credentialId: "s1",
  address: "::1",
};

let server: Server;
let hub: LiveHub;
let store: ModelStore;
let subscriptions = 0;
let callers: Map<string, Caller>;
let endCredential: (id: string) => void;
let changeAccess: (id: string, access: Access) => void;
let clients: Client[];

/** A client that keeps every frame and waits for the ones it wants. */
class Client {
  readonly socket: WebSocket;
  readonly frames: ServerFrame[] = [];
  closed: number | null = null;

  constructor(cookie: string) {
    const { port } = server.address() as AddressInfo;
    this.socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, {
      headers: { cookie, origin: `http://127.0.0.1:${port}` },
    });
    this.socket.on("message", (data) => this.frames.push(JSON.parse(String(data))));
    this.socket.on("close", (code) => {
      this.closed = code;
    });
    clients.push(this);
  }
  send(frame: ClientFrame): void {
    this.socket.send(JSON.stringify(frame));
  }
  of<T extends ServerFrame["type"]>(type: T): Extract<ServerFrame, { type: T }>[] {
    return this.frames.filter((frame): frame is Extract<ServerFrame, { type: T }> => frame.type === type);
  }
}

async function open(cookie = "ann"): Promise<Client> {
  const client = new Client(cookie);
  await once(client.socket, "open");
  return client;
}

function rename(name: string): void {
  store.update((model) => ({ ...model, info: { ...model.info, name } }));
  store.flush();
}

async function startHub(options: Partial<HubOptions> = {}): Promise<void> {
  store = createStore(start);
  callers = new Map([["ann", caller]]);
  subscriptions = 0;
  clients = [];
  const cluster = {
    id: "local",
    model: store.model,
    since: store.since,
    subscribe: (listener: Parameters<Cluster["subscribe"]>[0]) => {
      subscriptions += 1;
      const leave = store.subscribe(listener);
      return () => {
        subscriptions -= 1;
        leave();
      };
    },
  } as Cluster;
  hub = createHub({
    auth: {
      authenticate: async (facts: RequestFacts) => callers.get(facts.cookie ?? "") ?? null,
      onCredentialEnd: (listener) => {
        endCredential = listener;
        return () => undefined;
      },
      onAccessChange: (listener) => {
        changeAccess = listener;
        return () => undefined;
      },
    },
    clusters: {
      list: () => [store.model().info],
      get: (id) => {
        if (id !== "local") throw noCluster(id);
        return cluster;
      },
    },
    build: "b1",
    log,
    ...options,
  });
  const router = createUpgradeRouter({ trustedProxies: new BlockList(), publicUrl: null, dev: false }, log);
  router.add("/ws", hub.route);
  server = createServer();
  server.on("upgrade", router.listener);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
}

beforeEach(() => startHub());
afterEach(stopHub);

async function stopHub(): Promise<void> {
  for (const { socket } of clients) socket.terminate();
  await soon(() => expect(hub.connections()).toBe(0));
  hub.close();
  store.stop();
  server.close();
}

/** What a page shows after these frames; null while it waits for a snapshot it asked for. */
function shown(frames: readonly ServerFrame[]): ClusterModel | null {
  return frames.reduce<ClusterModel | null>((model, frame) => {
    if (frame.type === "snapshot") return frame.model;
    return frame.type === "delta" && model ? applyDelta(model, frame.delta) : model;
  }, null);
}

const subscribe = { type: "subscribe", sub: 1, topic: "cluster", cluster: "local" } as const;

describe("the live hub", () => {
  test("refuses somebody without a session before the upgrade, with 401", async () => {
    const client = new Client("nobody");
    const [error] = (await once(client.socket, "error")) as [Error];
    expect(error.message).toContain("401");
    expect(hub.connections()).toBe(0);
  });

  test("says hello, then one snapshot, then deltas that lead to the same model", async () => {
    const client = await open();
    client.send(subscribe);
    await soon(() => expect(client.of("snapshot")).toHaveLength(1));
    rename("b");
    rename("c");
    await soon(() => expect(client.of("delta")).toHaveLength(2));
    expect(client.frames[0]).toMatchObject({ type: "hello", build: "b1" });
    expect(shown(client.frames)).toEqual(store.model());
  });

  test("sends no snapshot to a page that has the present one, and one to a page that has not", async () => {
    const current = await open();
    const old = await open();
    current.send({ ...subscribe, have: 100 });
    old.send({ ...subscribe, have: 99 });
    await soon(() => expect(old.of("snapshot")).toHaveLength(1));
    await soon(() => expect(subscriptions).toBe(1));
    rename("b");
    await soon(() => expect(current.of("delta")).toHaveLength(1));
    expect(current.of("snapshot")).toHaveLength(0);
  });

  test("a page that is a little behind is told what it missed, and no snapshot", async () => {
    rename("b");
    rename("c");
    const client = await open();
    client.send({ ...subscribe, have: 100 });
    await soon(() => expect(client.of("delta").map(({ delta }) => delta.seq)).toEqual([101, 102]));
    rename("d");
    await soon(() => expect(client.of("delta")).toHaveLength(3));
    expect(client.of("snapshot")).toHaveLength(0);
  });

  test("a page that is far behind, or from another life of the server, gets a snapshot", async () => {
    for (let i = 0; i < 40; i += 1) rename(`name ${i}`);
    const behind = await open();
    const stranger = await open();
    behind.send({ ...subscribe, have: 100 });
    stranger.send({ ...subscribe, have: 9_999 });
    await soon(() => expect(behind.of("snapshot")).toHaveLength(1));
    await soon(() => expect(stranger.of("snapshot")).toHaveLength(1));
  });

  test("twenty sockets are one subscription on the cluster, and it ends with the last of them", async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => open()));
    for (const client of all) client.send(subscribe);
    await soon(() => expect(all.every((client) => client.of("snapshot").length === 1)).toBe(true));
    expect(subscriptions).toBe(1);
    for (const { socket } of all) socket.close();
    await soon(() => expect(subscriptions).toBe(0));
    expect(hub.connections()).toBe(0);
  });

  test("resync answers a fresh snapshot, unsubscribe ends the deltas", async () => {
    const client = await open();
    client.send(subscribe);
    client.send({ type: "resync", sub: 1 });
    await soon(() => expect(client.of("snapshot")).toHaveLength(2));
    client.send({ type: "unsubscribe", sub: 1 });
    await soon(() => expect(subscriptions).toBe(0));
    rename("b");
    client.send({ ...subscribe, sub: 2 });
    await soon(() => expect(client.of("snapshot")).toHaveLength(3));
    expect(client.of("delta")).toHaveLength(0);
  });

  test("an unknown cluster is an error of that subscription only", async () => {
    const client = await open();
    client.send({ ...subscribe, cluster: "other" });
    client.send({ ...subscribe, sub: 2 });
    await soon(() => expect(client.of("snapshot")).toHaveLength(1));
    expect(client.of("error")).toEqual([expect.objectContaining({ sub: 1, code: "not_found" })]);
  });

  test.each([
    ["not json"],
    ['{"type":"subscribe"}'],
    [`{"type":"resync","sub":1,"x":"${"y".repeat(5000)}"}`],
  ])("closes a socket that sends %s", async (text) => {
    const client = await open();
    client.socket.send(text);
    await soon(() => expect([4400, 1009]).toContain(client.closed));
  });

  test("closes the sockets of a credential that ended, and no others", async () => {
    callers.set("bob", { ...caller, name: "bob", credentialId: "s2" });
    const ann = await open("ann");
    const bob = await open("bob");
    endCredential("s1");
    await soon(() => expect(ann.closed).toBe(4401));
    expect(bob.closed).toBeNull();
  });

  test("shows nothing of a cluster that somebody may not see, and says so as of one that does not exist", async () => {
    callers.set("bob", { ...caller, access: { role: "viewer", clusters: { local: "none" } } });
    const bob = await open("bob");
    const topics = [
      { topic: "cluster" },
      { topic: "containers" },
      { topic: "events" },
      { topic: "logs", target: { kind: "service", id: "web" } },
      { topic: "usage", scope: { kind: "nodes" } },
    ];
    for (const [index, topic] of topics.entries()) {
      for (const [offset, cluster] of ["local", "nowhere"].entries()) {
        const sub = 10 * index + offset + 1;
        bob.socket.send(JSON.stringify({ type: "subscribe", sub, cluster, ...topic }));
      }
    }
    await soon(() => expect(bob.of("error")).toHaveLength(2 * topics.length));
    for (const { sub, code, message } of bob.of("error")) {
      expect(code).toBe("not_found");
      expect(message).toBe(noCluster(sub % 10 === 1 ? "local" : "nowhere").message);
    }
    expect(bob.frames.filter(({ type }) => type !== "hello" && type !== "error")).toEqual([]);
    expect(subscriptions).toBe(0);
  });

  test("closes the sockets of somebody who may do something else now, to be asked anew", async () => {
    callers.set("bob", { ...caller, name: "bob", credentialId: "s2" });
    const ann = await open("ann");
    const bob = await open("bob");
    changeAccess("s1", { role: "none", clusters: {} });
    await soon(() => expect(ann.closed).toBe(4410));
    expect(bob.closed).toBeNull();
  });

  test("tells clients to come back when the server stops", async () => {
    const client = await open();
    hub.close();
    await soon(() => expect(client.closed).toBe(1001));
  });
});

describe("the live hub over time", () => {
  test("notices at the next ping that a credential is no longer good", async () => {
    await stopHub();
    await startHub({ pingMs: 30 });
    const client = await open();
    await soon(() => expect(client.of("hello").length).toBeGreaterThan(2));
    callers.delete("ann");
    await soon(() => expect(client.closed).toBe(4401));
  });

  test("notices at the next ping that somebody may do something else", async () => {
    await stopHub();
    await startHub({ pingMs: 30 });
    const client = await open();
    callers.set("ann", { ...caller, access: { role: "viewer", clusters: { local: "none" } } });
    await soon(() => expect(client.closed).toBe(4410));
  });

  test("a client that does not read gets no queue of deltas, but one snapshot when it reads again", async () => {
    await stopHub();
    await startHub({ limits: { maxBufferedBytes: 64 * 1024, drainCheckMs: 10 } });
    const client = await open();
    client.send(subscribe);
    await soon(() => expect(client.of("snapshot")).toHaveLength(1));
    client.socket.pause();
    // Text that does not compress, so that it really fills the socket: 20 MB in all.
    const noise = () => Array.from({ length: 3_000 }, () => Math.random().toString(36)).join("");
    const sent = 600;
    for (let i = 0; i < sent; i += 1) {
      rename(noise());
      await new Promise((resolve) => setImmediate(resolve));
    }
    client.socket.resume();
    await soon(() => expect(shown(client.frames)).toEqual(store.model()));
    expect(client.of("delta").length + client.of("snapshot").length).toBeLessThan(sent / 2);
    const seen = client.of("snapshot").length;
    expect(seen).toBeGreaterThan(1);
    rename("after");
    await soon(() => expect(client.frames.at(-1)).toMatchObject({ delta: { seq: 101 + sent } }));
    expect(client.of("snapshot")).toHaveLength(seen);
  });
});
