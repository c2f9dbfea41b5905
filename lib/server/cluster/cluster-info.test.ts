import { describe, expect, test } from "vitest";
import { type InfoInputs, nextInfo } from "./cluster-info.ts";
import type { LinkState } from "./link.ts";
import { emptyModel } from "./model/empty-model.ts";

const facts = {
  engineVersion: "26.1.5",
  apiVersion: "1.45",
  serverApiVersion: "1.45",
  minApiVersion: "1.24",
  os: "linux",
  arch: "x86_64",
  name: "node1",
  id: "E1",
  swarm: {
    state: "active",
    nodeId: "n1",
    isManager: true,
    error: null,
    remoteManagers: ["10.0.0.2:2377", "10.0.0.1:2377"],
    nodeAddr: "10.0.0.1",
    clusterId: "c1",
  },
} as const;
const up: LinkState = {
  target: "unix:///var/run/docker.sock",
  tried: true,
  ok: true,
  error: null,
  frozen: false,
  facts,
  lastOkAt: 900,
  attempts: [],
};
const worker: LinkState = {
  ...up,
  facts: { ...facts, swarm: { ...facts.swarm, isManager: false, clusterId: null } },
};
const down: LinkState = { ...up, ok: false, error: "ECONNREFUSED", frozen: true };

function inputs(state: LinkState, part: Partial<InfoInputs> = {}): InfoInputs {
  return {
    links: [{ id: "engine-1", state: () => state }],
    reads: { okAt: 950, waitingSince: null, failingSince: null, error: null },
    loaded: true,
    unread: null,
    now: 1_000,
    name: null,
    checkEveryMs: 1_000,
    nodes: { n1: { name: "node1", role: "manager" }, n2: { name: "node2", role: "manager" } },
    hostAddresses: () => ["10.0.0.1"],
    ...part,
  };
}
const first = emptyModel("local").info;
const ready = nextInfo(first, inputs(up));
const noLeader = { code: "no_quorum", text: "The swarm does not have a leader." } as const;

describe("the cluster's own entry", () => {
  test("is named after the engine, live, and says how often it looks", () => {
    expect(ready).toMatchObject({
      name: "node1",
      phase: "ready",
      staleSince: null,
      swarmId: "c1",
      checkEveryMs: 1_000,
    });
    expect(ready.links).toEqual([expect.objectContaining({ ok: true, nodeName: "node1", isManager: true })]);
  });

  test("is not ready before the swarm was read once", () => {
    expect(nextInfo(first, inputs(up, { loaded: false })).phase).toBe("connecting");
  });

  test("a link that goes on answering is no change", () => {
    expect(nextInfo(ready, inputs({ ...up, lastOkAt: 50_000 }, { now: 50_000 }))).toEqual(ready);
  });

  test("keeps since when the picture is old through all kinds of trouble, until it is true again", () => {
    const lost = nextInfo(ready, inputs(down, { now: 2_000 }));
    expect(lost).toMatchObject({
      phase: "no_engine",
      since: 2_000,
      staleSince: 2_000,
      message: "ECONNREFUSED",
    });
    expect(lost.checkEveryMs).toBeNull();
    const reached = nextInfo(lost, inputs(worker, { now: 3_000 }));
    expect(reached).toMatchObject({ phase: "not_manager", since: 3_000, staleSince: 2_000, swarmId: "c1" });
    expect(reached.remoteManagers).toEqual(["10.0.0.1:2377", "10.0.0.2:2377"]);
    const unread = nextInfo(reached, inputs(up, { now: 4_000, loaded: false }));
    expect(unread).toMatchObject({ phase: "connecting", staleSince: 2_000 });
    expect(nextInfo(unread, inputs(up, { now: 4_100 }))).toMatchObject({ phase: "ready", staleSince: null });
  });

  test("an election is over only when the picture was read again", () => {
    const reads = { okAt: 950, waitingSince: 1_000, failingSince: null, error: null };
    const electing = nextInfo(ready, inputs(up, { now: 4_000, reads }));
    expect(electing).toMatchObject({ phase: "electing", staleSince: 1_000 });
    const answered = nextInfo(electing, inputs(up, { now: 13_000, loaded: false }));
    expect(answered).toMatchObject({ phase: "electing", staleSince: 1_000 });
    expect(nextInfo(answered, inputs(up, { now: 13_100 }))).toMatchObject({
      phase: "ready",
      staleSince: null,
    });
  });

  test("where there never was a picture, none is old", () => {
    const reads = { okAt: null, waitingSince: null, failingSince: 500, error: noLeader };
    expect(nextInfo(first, inputs(up, { reads }))).toMatchObject({ phase: "no_quorum", staleSince: null });
  });

  test("an engine without a swarm names addresses a swarm may be started on", () => {
    const single: LinkState = {
      ...up,
      facts: { ...facts, swarm: { ...facts.swarm, state: "inactive", isManager: false, clusterId: null } },
    };
    expect(nextInfo(ready, inputs(single))).toMatchObject({
      phase: "not_swarm",
      swarmId: null,
      hostAddresses: ["10.0.0.1"],
    });
    expect(ready.hostAddresses).toEqual([]);
  });
});

test("what is shown could not be read: stale, with the reason, although other questions are answered", () => {
  const live = nextInfo(emptyModel("c").info, inputs(up));
  const failing = nextInfo(live, inputs(up, { unread: { since: 970, text: "half a document" } }));
  expect(failing).toMatchObject({ phase: "ready", message: "half a document", staleSince: 970 });
  expect(nextInfo(failing, inputs(up))).toMatchObject({ phase: "ready", message: null, staleSince: null });
});

test("a manager that is alone elects nobody: one that takes long is slow, unless it says that it has no leader", () => {
  const nodes = { n1: { name: "node1", role: "manager" }, n2: { name: "node2", role: "worker" } } as const;
  const live = nextInfo(emptyModel("c").info, inputs(up, { nodes }));
  const slow = { okAt: 950, waitingSince: 1_000, failingSince: null, error: null };
  expect(nextInfo(live, inputs(up, { nodes, now: 4_000, reads: slow }))).toMatchObject({
    phase: "ready",
    staleSince: 1_000,
  });
  const silent = {
    ...slow,
    failingSince: 1_000,
    error: { code: "engine_timeout", text: "no answer" },
  } as const;
  expect(nextInfo(live, inputs(up, { nodes, now: 40_000, reads: silent }))).toMatchObject({
    phase: "ready",
    message: "no answer",
    staleSince: 1_000,
  });
  const told = { okAt: 950, waitingSince: null, failingSince: 1_000, error: noLeader };
  expect(nextInfo(live, inputs(up, { nodes, now: 4_000, reads: told })).phase).toBe("electing");
});
