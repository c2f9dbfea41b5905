import { afterAll, beforeAll, expect, test } from "vitest";
import { differences, type Known } from "./compare.ts";
import type { Truth } from "./raw-engine.ts";
import { type Rig, startRig } from "./rig.ts";
import { falsehoods } from "./witness.ts";

/** That the checker can fail: what a page knows, or what an engine says, is tampered with, and the checker has to name it. */
let rig: Rig;
let truth: Truth;
let known: Known;

beforeAll(async () => {
  rig = await startRig({ seed: 3, nodes: 3, linked: 2, services: 6, tasks: 18 });
  [truth, known] = [await rig.truth(), await rig.known()];
});
afterAll(() => rig?.close());

type Kind = "nodes" | "services" | "tasks";

function first<T>(collection: Readonly<Record<string, T>>): T {
  const [one] = Object.values(collection);
  if (one === undefined) throw new Error("nothing there");
  return one;
}

/** What is known, with one entity changed; null takes it away. */
function withChanged(kind: Kind, change: Readonly<Record<string, unknown>> | null): Known {
  const { id } = first<{ readonly id: string }>(known.model[kind]);
  const entities: Record<string, object> = { ...known.model[kind] };
  if (change === null) delete entities[id];
  else entities[id] = { ...entities[id], ...change };
  return { ...known, model: { ...known.model, [kind]: entities } };
}

test("nothing is named where both are the same", () => {
  expect(truth.tasks.length).toBeGreaterThan(18);
  expect(known.containers.length).toBeGreaterThan(10);
  expect(differences(truth, known)).toEqual([]);
});

test.each<[Kind, Readonly<Record<string, unknown>>]>([
  ["nodes", { state: "down" }],
  ["nodes", { availability: "drain" }],
  ["nodes", { leader: false }],
  ["nodes", { labels: {} }],
  ["nodes", { linked: false }],
  ["nodes", { updatedAt: 1 }],
  ["services", { replicas: 99 }],
  ["services", { desiredTasks: 0 }],
  ["services", { image: { name: "other", tag: "1", digest: null } }],
  ["services", { update: { state: "paused" } }],
  ["services", { updatedAt: 1 }],
  ["tasks", { state: "failed" }],
  ["tasks", { desired: "shutdown" }],
  ["tasks", { nodeId: "elsewhere" }],
  ["tasks", { slot: 77 }],
  ["tasks", { imageTag: "9.9" }],
  ["tasks", { containerId: "0123456789ab" }],
  ["tasks", { health: "unhealthy" }],
  ["tasks", { since: 1 }],
])("%s %o is noticed", (kind, change) => {
  const [key = ""] = Object.keys(change);
  const named = differences(truth, withChanged(kind, change));
  expect(named.some((sentence) => sentence.includes(`: ${key}`))).toBe(true);
});

test.each<Kind>(["nodes", "services", "tasks"])(
  "one of %s that is missing, or too many, is noticed",
  (kind) => {
    expect(differences(truth, withChanged(kind, null)).join()).toContain("is missing");
    const ghost = { ...known.model[kind], ghost: { ...first<object>(known.model[kind]), id: "ghost" } };
    const named = differences(truth, { ...known, model: { ...known.model, [kind]: ghost } });
    expect(named).toEqual([expect.stringContaining("ghost is shown and does not exist")]);
  },
);

test("what is asked for on demand is compared, too", () => {
  const secret = { ID: "s1", Spec: { Name: "key" } };
  expect(differences({ ...truth, secrets: [secret] }, known)).toEqual(["secret key is missing"]);
  expect(differences({ ...truth, configs: [secret] }, known)).toEqual(["config key is missing"]);
  expect(differences({ ...truth, networks: [] }, known).join()).toContain("does not exist");
  expect(differences(truth, { ...known, containers: known.containers.slice(1) })).toHaveLength(1);
  const [row, ...rest] = known.containers;
  const containers = row ? [{ ...row, state: "dead" }, ...rest] : [];
  expect(differences(truth, { ...known, containers })).toHaveLength(1);
});

test("a picture that says that it is stale, or a link that is lost, is a difference when all is well", () => {
  const say = (part: object) =>
    differences(truth, { ...known, model: { ...known.model, info: { ...known.model.info, ...part } } });
  expect(say({ phase: "electing" })).toHaveLength(1);
  expect(say({ staleSince: 1 })).toHaveLength(1);
  const [link] = known.model.info.links;
  expect(say({ links: [{ ...link, ok: false }] })).toHaveLength(1);
});

test("what vanished for a moment and came back is noticed", () => {
  const { model } = known;
  expect(falsehoods(truth, truth, [model, model])).toEqual([]);
  for (const kind of ["nodes", "services", "tasks"] as const) {
    const said = falsehoods(truth, truth, [model, withChanged(kind, null).model, model]);
    expect(said).toEqual([expect.stringContaining("vanished for a while")]);
  }
  const wrong = withChanged("tasks", { state: "failed" }).model;
  expect(falsehoods(truth, truth, [model, wrong])).toEqual([expect.stringContaining("was shown as failed")]);
});
