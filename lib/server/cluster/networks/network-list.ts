import type { Attached, EngineNetwork } from "#lib/server/docker/map-network.ts";
import type { ServiceRef } from "#lib/shared/api/resource-types.ts";
import { isAppError } from "#lib/shared/errors.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import type { NetworkList, NetworkRow, NetworkUser } from "#lib/shared/networks/types.ts";
import type { LiveCluster } from "../live-cluster-types.ts";
import type { NodeAnswer, PerNode } from "../nodes/per-node-read.ts";
import type { NetworkUses } from "../resources/network-uses.ts";
import type { SwarmNetworks } from "../resources/resources.ts";
import type { NetworkReads, NodeNetworks } from "./network-reads.ts";

export interface NetworkContext
  extends Pick<LiveCluster, "engines" | "resources" | "model" | "actions" | "containers"> {
  readonly reads: NetworkReads;
}

/** Everything that is known of networks at a moment. */
export interface NetworkPicture extends NetworkList {
  readonly perNode: PerNode<NodeNetworks>;
  /** What the swarm says; null: it is none, or does not answer. */
  readonly swarm: SwarmNetworks | null;
  /** As engines told them, by the key of their row. */
  readonly told: ReadonlyMap<string, EngineNetwork>;
}

/** Ids are one node's own: a copied machine has the ids of the first. */
export const keyOf = ({ id, nodeId }: Pick<NetworkRow, "id" | "nodeId">): string => `${nodeId ?? ""} ${id}`;

/**
 * The networks of the swarm once and those of every node, with who uses them. A node that does not answer is told, with
 * the age of its part.
 */
export async function readPicture(ctx: NetworkContext): Promise<NetworkPicture> {
  const [perNode, swarm] = await Promise.all([ctx.reads.plain.get(), swarmPart(ctx)]);
  const told = new Map<string, EngineNetwork>();
  const { answers, nodes } = perNode;
  const swarmNetworks = swarm.part?.networks ?? fromNodes(answers);
  const rows: NetworkRow[] = [];
  const add = (network: EngineNetwork, row: NetworkRow) => {
    told.set(keyOf(row), network);
    rows.push(row);
  };
  const busyNodes = nodesByService(ctx);
  for (const network of swarmNetworks) add(network, swarmRow(ctx, network, perNode, swarm.part, busyNodes));
  for (const answer of answers) {
    for (const network of answer.value.networks) {
      if (network.scope !== "swarm") add(network, localRow(network, answer, swarm, swarmNetworks));
    }
  }
  rows.sort((a, b) => compareNatural(a.name, b.name) || compareNatural(a.nodeName ?? "", b.nodeName ?? ""));
  return { items: rows, nodes, swarmError: swarm.error, perNode, swarm: swarm.part, told };
}

/** The rows that a list of a node or a scope shows. */
export function narrowed(
  { items, nodes, swarmError }: NetworkList,
  { node, scope }: { readonly node?: string | undefined; readonly scope?: string | undefined },
): NetworkList {
  const name = nodes.find(({ id }) => id === node)?.name ?? node;
  const wanted = items.filter(
    (row) =>
      (scope === undefined || (row.scope === "swarm") === (scope === "swarm")) &&
      (node === undefined ||
        row.nodeId === node ||
        row.nodeName === node ||
        row.presentOn.includes(name ?? "")),
  );
  return { items: wanted, nodes, swarmError };
}

interface SwarmPart {
  readonly part: SwarmNetworks | null;
  /** Why the swarm does not say; null where it says, or where there is none. */
  readonly error: string | null;
  readonly isNone: boolean;
}

async function swarmPart({ model, resources }: NetworkContext): Promise<SwarmPart> {
  if (model().info.phase === "not_swarm") return { part: null, error: null, isNone: true };
  try {
    return { part: await resources.swarmNetworks(), error: null, isNone: false };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { part: null, error: error.message, isNone: false };
  }
}

/** While no manager answers: the swarm's networks as its nodes know them. */
function fromNodes(answers: readonly NodeAnswer<NodeNetworks>[]): readonly EngineNetwork[] {
  const all = answers.flatMap(({ value }) => value.networks).filter(({ scope }) => scope === "swarm");
  return [...new Map(all.map((network) => [network.id, network])).values()];
}

const isOn = ({ id, name }: EngineNetwork) => {
  return (each: Attached) => (each.networkId === "" ? each.networkName === name : each.networkId === id);
};

function usersIn(attached: readonly Attached[], nodeName: string): readonly NetworkUser[] {
  return attached.map(({ id, name, isRunning }) => ({ id, name, nodeName, isRunning }));
}

function named(uses: NetworkUses | undefined, network: EngineNetwork) {
  const of = <T>(map: ReadonlyMap<string, readonly T[]> | undefined) => [
    ...(map?.get(network.id) ?? []),
    ...(map?.get(network.name) ?? []),
  ];
  return { present: of(uses?.present), previous: byName(of(uses?.previous)) };
}

function byName(refs: readonly ServiceRef[]): readonly ServiceRef[] {
  return [...new Map(refs.map((ref) => [ref.id, ref])).values()].sort((a, b) =>
    compareNatural(a.name, b.name),
  );
}

/** Names of the nodes where tasks of a service run: of those nobody hears the swarm tells it. */
function nodesByService({ model }: NetworkContext): ReadonlyMap<string, ReadonlySet<string>> {
  const { tasks, nodes } = model();
  const found = new Map<string, Set<string>>();
  for (const { serviceId, nodeId, state } of Object.values(tasks)) {
    const node = nodes[nodeId ?? ""];
    if (!node || state !== "running") continue;
    const known = found.get(serviceId) ?? new Set();
    found.set(serviceId, known.add(node.name));
  }
  return found;
}

function swarmRow(
  { model }: NetworkContext,
  network: EngineNetwork,
  { answers, nodes }: PerNode<NodeNetworks>,
  swarm: SwarmNetworks | null,
  busyNodes: ReadonlyMap<string, ReadonlySet<string>>,
): NetworkRow {
  const on = isOn(network);
  const attached = answers.map(({ node, value }) => ({ node, all: value.attached.filter(on) }));
  const usedBy = swarm?.usedBy(network) ?? [];
  const heard = answers
    .filter(({ node, value }, at) => {
      if (attached[at]?.all.some(({ isRunning }) => isRunning)) return true;
      // Managers list every network of the swarm, workers only those that they have.
      const isWorker = model().nodes[node.id]?.role === "worker";
      return isWorker && value.networks.some(({ id }) => id === network.id);
    })
    .map(({ node }) => node.name);
  const told = usedBy.flatMap(({ id }) => [...(busyNodes.get(id) ?? [])]);
  const presentOn = [...new Set([...heard, ...told])].sort(compareNatural);
  // Of services the stopped ones are history, and the running ones stand behind their service.
  const containers = attached.flatMap(({ node, all }) =>
    usersIn(
      all.filter(({ service }) => service === null),
      node.name,
    ),
  );
  const { previous } = named(swarm?.uses, network);
  // Swarm knows of services; who joined an attachable network by hand, only the nodes.
  const isHeard = swarm !== null && (!network.attachable || nodes.every(({ ok }) => ok));
  const isBusy = containers.length > 0 || attached.some(({ all }) => all.some(({ isRunning }) => isRunning));
  return {
    ...rowOf(network),
    nodeId: null,
    nodeName: null,
    usedBy,
    presentOn,
    containers,
    previousServices: previous,
    isUnused: isHeard && !isBusy && usedBy.length + previous.length === 0 && !network.isPredefined,
  };
}

function localRow(
  network: EngineNetwork,
  { node, value }: NodeAnswer<NodeNetworks>,
  { part, isNone }: SwarmPart,
  swarmNetworks: readonly EngineNetwork[],
): NetworkRow {
  // A stopped container that no service made would not start again without its network.
  const users = value.attached
    .filter(isOn(network))
    .filter(({ isRunning, service }) => isRunning || service === null);
  const containers = usersIn(users, node.name);
  const { present, previous } = named(part?.uses, network);
  const services = byName(present.map(({ service }) => service));
  const isNeeded = settingsUsers(network, [...value.networks, ...swarmNetworks]).length > 0;
  const isBusy = containers.length > 0 || isNeeded || services.length + previous.length > 0;
  return {
    ...rowOf(network),
    nodeId: node.id,
    nodeName: node.name,
    usedBy: services,
    presentOn: [node.name],
    containers,
    previousServices: previous,
    isUnused: (part !== null || isNone) && !isBusy && !network.isPredefined,
  };
}

/** Networks that take their settings from this one. */
export function settingsUsers(
  { name, isConfigOnly }: Pick<EngineNetwork, "name" | "isConfigOnly">,
  all: readonly Pick<EngineNetwork, "name" | "configFrom">[],
): readonly string[] {
  return isConfigOnly ? all.filter(({ configFrom }) => configFrom === name).map((each) => each.name) : [];
}

function rowOf(network: EngineNetwork) {
  const { ipam: _, ipamDriver: __, options: ___, ...row } = network;
  return row;
}
