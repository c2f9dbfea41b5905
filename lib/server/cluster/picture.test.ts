import { beforeEach, describe, expect, test } from "vitest";
import type { WireNode, WireService, WireTask } from "#lib/server/docker/wire.ts";
import { emptyModel } from "./model/empty-model.ts";
import { createPicture, type Picture } from "./picture.ts";
import { createStore, type ModelStore } from "./store.ts";

const template = { ContainerSpec: { Image: "lab/web:1" } };

function wireNode(id: string, state = "ready"): WireNode {
  return { ID: id, Description: { Hostname: id }, Spec: { Role: "worker" }, Status: { State: state } };
}
function wireService(id: string, index = 1): WireService {
  const Spec = { Name: `name-${id}`, TaskTemplate: template, Mode: { Replicated: { Replicas: 2 } } };
  return { ID: id, Version: { Index: index }, Spec, ServiceStatus: { DesiredTasks: 2 } };
}
function wireTask(
  id: string,
  fields: { state?: string; desired?: string; node?: string; version?: number } = {},
): WireTask {
  const { state = "running", desired = "running", node = "n1", version = 1 } = fields;
  const Slot = Number(id.replace(/\D/g, ""));
  const Status = { State: state };
  return {
    ID: id,
    ServiceID: "s",
    Slot,
    NodeID: node,
    Version: { Index: version },
    Spec: template,
    Status,
    DesiredState: desired,
  };
}

let store: ModelStore;
let picture: Picture;
let now: number;
/** The service that Shoal itself is. */
let own: string | null;

beforeEach(() => {
  now = 1_000;
  own = null;
  store = createStore(emptyModel("local"), { batchMs: 1e6 });
  const colors = { of: () => ({ hue: 1, marking: 0 }), seen: () => undefined };
  picture = createPicture({ store, colors, isShoal: (id) => id === own, now: () => now });
  picture.setLinkedNodes(new Set(["n1"]));
  picture.applyNodes([wireNode("n1"), wireNode("n2")]);
  picture.applyServices(null, [wireService("s"), wireService("other")]);
  picture.applyTasks(["s"], [wireTask("t1"), wireTask("t2", { node: "n2" })]);
});

function healths(): Record<string, string> {
  return Object.fromEntries(Object.values(store.draft().tasks).map(({ id, health }) => [id, health]));
}

describe("the picture", () => {
  test("the same list again sets right what was read alone in between", () => {
    const list = [wireService("s"), wireService("other")];
    picture.applyServices(null, list);
    const before = store.draft();
    picture.applyServices(null, list);
    expect(store.draft()).toBe(before);
    picture.applyServices(["s"], [{ ...wireService("s"), ServiceStatus: { DesiredTasks: 7 } }]);
    expect(store.draft().services.s?.desiredTasks).toBe(7);
    picture.applyServices(null, list);
    expect(store.draft().services.s?.desiredTasks).toBe(2);
    picture.applyServices(["other"], []);
    picture.applyServices(null, list);
    expect(Object.keys(store.draft().services)).toEqual(["s", "other"]);
  });

  test("that a service is Shoal's own may be learned after it was read", () => {
    const list = [wireService("s"), wireService("other")];
    picture.applyServices(null, list);
    own = "s";
    picture.applyServices(null, list);
    expect(store.draft().services.s?.isShoal).toBe(true);
    expect(store.draft().services.other?.isShoal).toBe(false);
  });

  test("equal answers leave equal objects, so nothing is sent", () => {
    const before = store.draft();
    picture.applyNodes([wireNode("n1"), wireNode("n2")]);
    picture.applyServices(null, [wireService("s"), wireService("other")]);
    picture.applyTasks(["s"], [wireTask("t1"), wireTask("t2", { node: "n2" })]);
    expect(store.draft()).toBe(before);
  });

  test("a node's state has a beginning only when it was seen to change", () => {
    expect(store.draft().nodes.n2?.stateSince).toBeNull();
    now = 5_000;
    picture.applyNodes([wireNode("n1"), wireNode("n2", "down")]);
    now = 9_000;
    picture.applyNodes([wireNode("n1"), wireNode("n2", "down")]);
    expect(store.draft().nodes.n2).toMatchObject({ state: "down", stateSince: 5_000 });
    expect(store.draft().nodes.n1?.stateSince).toBeNull();
  });

  test("a service that was asked for and is not there is gone with its tasks; others stay", () => {
    picture.applyServices(["s"], []);
    expect(Object.keys(store.draft().services)).toEqual(["other"]);
    expect(store.draft().tasks).toEqual({});
    expect(picture.service("s")).toBeUndefined();
  });

  test("tasks of a service replace its tasks, and tell whether anything moved", () => {
    const same = picture.applyTasks(["s"], [wireTask("t1"), wireTask("t2", { node: "n2" })]);
    expect(same.get("s")).toBe(false);
    const moved = picture.applyTasks(["s"], [wireTask("t1", { version: 2 })]);
    expect(moved.get("s")).toBe(true);
    expect(Object.keys(store.draft().tasks)).toEqual(["t1"]);
  });

  test("a new specification makes running tasks out of date without another read of them", () => {
    const service = wireService("s", 2);
    const changed = { ...service.Spec, TaskTemplate: { ContainerSpec: { Image: "lab/web:2" } } };
    expect(store.draft().tasks.t1?.upToDate).toBe(true);
    picture.applyServices(["s"], [{ ...service, Spec: changed }]);
    expect(store.draft().tasks.t1?.upToDate).toBe(false);
  });

  test("tasks that differ from a list of what should run name their service", () => {
    const running = [wireTask("t1"), wireTask("t2", { node: "n2" })];
    expect(picture.servicesThatDiffer(running)).toEqual([]);
    expect(picture.servicesThatDiffer([running[0] ?? {}])).toEqual(["s"]);
    expect(picture.servicesThatDiffer([wireTask("t1", { version: 2 }), running[1] ?? {}])).toEqual(["s"]);
    expect(picture.servicesThatDiffer([...running, { ...wireTask("t9"), ServiceID: "other" }])).toEqual([
      "other",
    ]);
  });
});

describe("health of containers", () => {
  test("is what the linked engine says, and not known elsewhere", () => {
    expect(healths()).toEqual({ t1: "unseen", t2: "unseen" });
    picture.applyHealth("n1", new Map([["t1", "healthy"]]));
    expect(healths()).toEqual({ t1: "healthy", t2: "unseen" });
    picture.setHealth("n1", "t1", "unhealthy");
    expect(healths()).toEqual({ t1: "unhealthy", t2: "unseen" });
  });

  test("is not known any more once the link is lost, also after the tasks are read again", () => {
    picture.applyHealth("n1", new Map([["t1", "healthy"]]));
    picture.setLinkedNodes(new Set());
    expect(healths().t1).toBe("unseen");
    expect(store.draft().nodes.n1?.linked).toBe(false);
    picture.applyTasks(["s"], [wireTask("t1", { version: 2 })]);
    expect(healths().t1).toBe("unseen");
    picture.setLinkedNodes(new Set(["n1"]));
    expect(healths().t1).toBe("unseen");
  });

  test("a task that is not running has none", () => {
    picture.applyHealth("n1", new Map([["t1", "healthy"]]));
    picture.applyTasks(["s"], [wireTask("t1", { state: "failed", desired: "shutdown", version: 2 })]);
    expect(healths().t1).toBe("none");
  });

  test("a task that was unhealthy when it ended stays so, also after its node's containers are listed again", () => {
    picture.setHealth("n1", "t1", "unhealthy");
    picture.applyTasks(["s"], [wireTask("t1", { state: "complete", desired: "shutdown", version: 2 })]);
    expect(healths().t1).toBe("unhealthy");
    picture.applyHealth("n1", new Map([["t1", "none"]]));
    expect(healths().t1).toBe("unhealthy");
    picture.applyHealth("n1", new Map());
    expect(healths().t1).toBe("unhealthy");
  });

  test("a task that recovered before it ended was not unhealthy", () => {
    picture.setHealth("n1", "t1", "unhealthy");
    picture.applyHealth("n1", new Map([["t1", "healthy"]]));
    picture.applyTasks(["s"], [wireTask("t1", { state: "complete", desired: "shutdown", version: 2 })]);
    expect(healths().t1).toBe("none");
  });
});

describe("settled", () => {
  test.each([
    ["what is wanted runs", [wireTask("t1"), wireTask("t2")], true],
    ["one is starting", [wireTask("t1"), wireTask("t2", { state: "starting", version: 2 })], false],
    [
      "one is on its way out",
      [wireTask("t1"), wireTask("t2"), wireTask("t3", { desired: "shutdown" })],
      false,
    ],
    ["one is missing", [wireTask("t1")], false],
    [
      "an old one failed",
      [wireTask("t1"), wireTask("t2"), wireTask("t3", { state: "failed", desired: "shutdown" })],
      true,
    ],
    [
      "a replacement waits for its delay",
      [wireTask("t1"), wireTask("t2", { state: "ready", desired: "ready", version: 2 })],
      false,
    ],
  ])("%s", (_name, tasks, settled) => {
    picture.applyTasks(["s"], tasks);
    expect(picture.settled("s")).toBe(settled);
  });
});
