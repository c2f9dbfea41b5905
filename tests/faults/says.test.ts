import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { ClusterModel } from "#lib/shared/model/types.ts";
import { waitFor } from "../lab/wait.ts";
import type { Ruling } from "./faulty-engine.ts";
import { askEngine } from "./raw-engine.ts";
import { agreed, ownErrors, type Rig, startRig } from "./rig.ts";

/** What a page says while engines do one thing wrong. One manager, so that nobody else answers in its place. */
let rig: Rig;

beforeAll(async () => {
  rig = await startRig({ seed: 5, nodes: 2, linked: 2, services: 6, tasks: 24 });
});
afterEach(async () => {
  rule(null);
  expect(ownErrors(rig.shoal.log())).toEqual([]);
  await agreed(rig, 30_000);
});
afterAll(() => rig?.close());

const rule = (ruling: Ruling | null) => {
  for (const engine of rig.engines) engine.rule(ruling);
};
const shown = () => rig.viewer.model();
const isStale = ({ info }: ClusterModel) => info.staleSince !== null;
const swarmLists = /^\/(nodes|services|tasks)$/;

/** Changes a service past the faults, and makes Shoal hear of it. */
async function changeSomething(): Promise<string> {
  const [service] = rig.swarm.world.services.values();
  if (!service) throw new Error("no service");
  const replicas = (service.spec.Mode.Replicated?.Replicas ?? 0) + 1;
  const spec = { ...service.spec, Mode: { Replicated: { Replicas: replicas } } };
  await askEngine(rig.manager, "POST", `/services/${service.id}/update?version=${service.index}`, spec);
  return service.id;
}

/** Nothing that was shown at `from` is missing in any picture since. */
function expectNothingVanished(from: number): void {
  const [before] = rig.viewer.pictures.slice(from, from + 1);
  for (const picture of rig.viewer.pictures.slice(from)) {
    for (const kind of ["nodes", "services", "tasks"] as const) {
      expect(Object.keys(picture[kind])).toEqual(expect.arrayContaining(Object.keys(before?.[kind] ?? {})));
    }
  }
}

test.each<[string, Ruling]>([
  ["half of the list of services", (_, path) => (path === "/services" ? { kind: "cut", part: 0.5, end: "clean" } : null)],
  ["half of the list of services, and a broken connection", (_, path) => (path === "/services" ? { kind: "cut", part: 0.5, end: "reset" } : null)],
  ["half of the list of tasks", (_, path) => (path === "/tasks" ? { kind: "cut", part: 0.9, end: "clean" } : null)],
  ["nothing at all, as a good answer", (_, path) => (swarmLists.test(path) ? { kind: "cut", part: 0, end: "clean" } : null)],
  ["an error of its own", (_, path) => (swarmLists.test(path) ? { kind: "status", status: 500, body: '{"message":"it broke"}' } : null)],
  ["an error for services alone, after a while", (_, path) => (path === "/services" ? { kind: "status", status: 503, body: "<html>", ms: 600 } : null)],
  ["an object instead of a list", (_, path) => (swarmLists.test(path) ? { kind: "status", status: 200, body: '{"message":"no list"}' } : null)],
  ["an error for services alone", (_, path) => (path === "/services" ? { kind: "status", status: 503, body: '{"message":"busy"}' } : null)],
])("%s: the page says that it may be out of date, for as long as that lasts, and nothing vanishes", async (_, ruling) => {
  const from = rig.viewer.pictures.length - 1;
  rule(ruling);
  await changeSomething();
  await waitFor("the page to say so", () => isStale(shown()), { timeoutMs: 5_000 });
  const since = rig.viewer.pictures.length - 1;
  const faults = () => rig.engines[0]?.done.length ?? 0;
  const before = faults();
  await waitFor("some more tries", () => faults() >= before + 3, { timeoutMs: 15_000 });
  expect(shown().info.message).not.toMatch(/\b[A-Z]\w*Error\b|is not a function|not iterable/);
  expect(rig.viewer.pictures.slice(since).filter((picture) => !isStale(picture))).toEqual([]);
  expectNothingVanished(from);
}); // biome-ignore format: one fault a line

test("an engine that accepts and never answers is said to be frozen, and what it had stays", async () => {
  const from = rig.viewer.pictures.length - 1;
  rule(() => "hang");
  await waitFor("links that are frozen", () => shown().info.links.every(({ ok, frozen }) => !ok && frozen), {
    timeoutMs: 20_000,
  });
  expect(shown().info.phase).toBe("no_engine");
  expect(isStale(shown())).toBe(true);
  expectNothingVanished(from);
});

test("an engine where nothing listens is said to be unreachable, and what it had stays", async () => {
  const from = rig.viewer.pictures.length - 1;
  rule(() => ({ kind: "refuse", ms: 4_000 }));
  await waitFor("no engine", () => shown().info.phase === "no_engine", { timeoutMs: 20_000 });
  expect(isStale(shown())).toBe(true);
  expectNothingVanished(from);
});

test("an engine that takes 4 s: the page says that it waits, and shows what came of it", async () => {
  const from = rig.viewer.pictures.length - 1;
  rule((_, path) => (swarmLists.test(path) ? { kind: "slow", ms: 4_000, what: "answer" } : null));
  const id = await changeSomething();
  const wanted = rig.swarm.world.services.get(id)?.spec.Mode.Replicated?.Replicas;
  await waitFor("the change", () => shown().services[id]?.replicas === wanted, { timeoutMs: 30_000 });
  const since = rig.viewer.pictures.slice(from);
  expect(since.some(isStale)).toBe(true);
  // There is nobody whom this manager could elect a leader with.
  expect(since.filter(({ info }) => info.phase !== "ready")).toEqual([]);
  expectNothingVanished(from);
});

test("an event that comes as half a line: what it told is looked for", async () => {
  rig.engines[0]?.tear(1);
  await askEngine(rig.manager, "POST", "/services/create", {
    Name: "told-in-half",
    TaskTemplate: { ContainerSpec: { Image: "registry.example.org/team/app-1:1.1" } },
    Mode: { Replicated: { Replicas: 0 } },
  });
  const isShown = () => Object.values(shown().services).some(({ name }) => name === "told-in-half");
  await waitFor("the new service", isShown, { timeoutMs: 15_000 });
  rig.engines[0]?.tear(1);
  await askEngine(rig.manager, "POST", "/secrets/create", { Name: "told-in-half", Data: "c2hvYWw=" });
  await agreed(rig, 15_000);
});
