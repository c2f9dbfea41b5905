import { expect, test } from "vitest";
import type { Attached, EngineNetwork } from "#lib/server/docker/map-network.ts";
import type { ServiceRef } from "#lib/shared/api/resource-types.ts";
import type { NodeFreshness } from "#lib/shared/api/types.ts";
import { AppError } from "#lib/shared/errors.ts";
import { aModel, aNode } from "#lib/shared/model/testing/build.ts";
import type { NetworkUses } from "../resources/network-uses.ts";
import { type NetworkContext, narrowed, readPicture } from "./network-list.ts";
import type { NodeNetworks } from "./network-reads.ts";

function told(name: string, more: Partial<EngineNetwork> = {}): EngineNetwork {
  return {
    id: `id-${name}`, name, stack: null, labels: {}, createdAt: 0, updatedAt: 0, driver: "bridge", scope: "local",
    subnets: [], attachable: false, internal: false, ingress: false, encrypted: false, ipv6: false,
    isPredefined: false, isConfigOnly: false, configFrom: null, ipam: [], ipamDriver: "default", options: {}, ...more,
  }; // biome-ignore format: many words, little said
}
const overlay = (name: string, more: Partial<EngineNetwork> = {}) =>
  told(name, { driver: "overlay", scope: "swarm", ...more });
const on = (network: string, name: string, more: Partial<Attached> = {}): Attached => ({
  networkId: `id-${network}`,
  networkName: network,
  id: `c-${name}`,
  name,
  isRunning: true,
  service: null,
  taskId: null,
  ...more,
});

interface Setting {
  readonly swarm?: readonly EngineNetwork[] | null;
  readonly usedBy?: Readonly<Record<string, readonly ServiceRef[]>>;
  readonly previous?: NetworkUses["previous"];
  readonly nodes?: Readonly<Record<string, Partial<NodeNetworks>>>;
  readonly silent?: readonly string[];
  readonly phase?: "ready" | "not_swarm";
}

async function rows(setting: Setting) {
  const { swarm = [], usedBy = {}, nodes = {}, silent = [], phase = "ready" } = setting;
  const names = [...Object.keys(nodes), ...silent];
  const freshness = names.map((name): NodeFreshness => {
    const ok = !silent.includes(name);
    return { id: name, name, ok, error: ok ? null : "away", ageMs: ok ? 0 : -1 };
  });
  const answers = Object.entries(nodes).map(([name, value]) => ({
    node: { id: name, name },
    value: { networks: [], attached: [], ...value },
    at: 0,
  }));
  const model = aModel({
    nodes: names.map((id) => aNode({ id, name: id, role: "worker" })),
    info: { phase },
  });
  const uses: NetworkUses = { present: new Map(), previous: setting.previous ?? new Map(), vips: new Map() };
  const ctx = {
    model: () => model,
    reads: { plain: { get: async () => ({ answers, nodes: freshness }) } },
    resources: {
      async swarmNetworks() {
        if (swarm === null) throw new AppError("electing", "no leader");
        return { networks: swarm, usedBy: ({ name }: EngineNetwork) => usedBy[name] ?? [], uses };
      },
    },
  } as unknown as NetworkContext;
  return readPicture(ctx);
}
const unused = async (setting: Setting) =>
  (await rows(setting)).items
    .filter(({ isUnused }) => isUnused)
    .map(({ name, nodeName }) => `${nodeName ?? "swarm"} ${name}`);

const service = { id: "s", name: "web" };

test("unused is what nobody is on, nobody names and no rollback needs", async () => {
  const swarm = [
    overlay("spare"), overlay("named"), overlay("busy"), overlay("before"),
    overlay("ingress", { ingress: true, isPredefined: true }),
  ]; // biome-ignore format: short
  const nodes = {
    n1: {
      networks: [told("bridge", { isPredefined: true }), told("side"), told("left"), told("stopped")],
      attached: [on("busy", "a"), on("side", "b"), on("stopped", "c", { isRunning: false })],
    },
    n2: { networks: [told("side")] },
  };
  const previous = new Map([["id-before", [service]]]);
  expect(await unused({ swarm, usedBy: { named: [service] }, previous, nodes })).toEqual([
    "n1 left",
    "n2 side",
    "swarm spare",
  ]);
});

test("of a service only what runs counts: its stopped containers are history", async () => {
  const nodes = {
    n1: {
      networks: [told("local")],
      attached: ["local", "back"].map((name) => on(name, name, { isRunning: false, service })),
    },
  };
  expect(await unused({ swarm: [overlay("back")], nodes })).toEqual(["swarm back", "n1 local"]);
});

test("a container that has never run is on a network by its name only", async () => {
  const nodes = {
    n1: { networks: [told("side")], attached: [on("side", "new", { networkId: "", isRunning: false })] },
  };
  expect(await unused({ nodes })).toEqual([]);
});

test("settings stay as long as a network of the node or of the swarm takes them", async () => {
  const plans = ["mine", "swarms", "free"].map((name) => told(name, { isConfigOnly: true }));
  const nodes = {
    n1: { networks: [...plans, told("user", { configFrom: "mine" })], attached: [on("user", "a")] },
  };
  expect(
    await unused({ swarm: [overlay("wide", { configFrom: "swarms" })], usedBy: { wide: [service] }, nodes }),
  ).toEqual(["n1 free"]);
});

test("nothing is called unused that somebody unheard could use", async () => {
  const swarm = [overlay("open", { attachable: true }), overlay("closed")];
  expect(await unused({ swarm, nodes: { n1: {} }, silent: ["n2"] })).toEqual(["swarm closed"]);
  // Without a manager nobody knows what services name.
  const nodes = { n1: { networks: [told("side"), overlay("open")] } };
  expect(await unused({ swarm: null, nodes })).toEqual([]);
  const known = await rows({ swarm: null, nodes });
  expect(known.swarmError).toBe("no leader");
  expect(known.items.map(({ name }) => name)).toEqual(["open", "side"]);
  // A single engine has no services.
  expect(
    await unused({ swarm: null, nodes: { n1: { networks: [told("side")] } }, phase: "not_swarm" }),
  ).toEqual(["n1 side"]);
});

test("a node's list has its own networks, and those of the swarm that somebody there is on", async () => {
  const picture = await rows({
    swarm: [overlay("back"), overlay("spare")],
    nodes: {
      n1: { networks: [told("side")], attached: [on("back", "a")] },
      n2: { networks: [told("side")] },
    },
  });
  const named = (query: Parameters<typeof narrowed>[1]) =>
    narrowed(picture, query).items.map(({ name, nodeName }) => `${nodeName ?? "swarm"} ${name}`);
  expect(named({ node: "n1" })).toEqual(["swarm back", "n1 side"]);
  expect(named({ node: "n1", scope: "local" })).toEqual(["n1 side"]);
  expect(named({ scope: "swarm" })).toEqual(["swarm back", "swarm spare"]);
});
