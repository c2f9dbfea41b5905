import type { NodeEnds } from "#lib/server/docker/map-network.ts";
import { isAppError } from "#lib/shared/errors.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import { subnetUse } from "#lib/shared/networks/addresses.ts";
import type {
  HeldAddress, NetworkDetail, NetworkEndpoint, NetworkPeer, NetworkRef, NetworkRow, NetworkService,
} from "#lib/shared/networks/types.ts"; // biome-ignore format: one block
import type { PerNode } from "../nodes/per-node-read.ts";
import { type FoundNetwork, findNetwork } from "./find-network.ts";
import { endpointsOf } from "./network-endpoints.ts";
import type { NetworkContext } from "./network-list.ts";
import { type NetworkTasks, tasksOn } from "./swarm-tasks.ts";

/** One network: its plan, who is on it on every node, and which of its addresses are held by whom. */
export async function networkDetail(ctx: NetworkContext, ref: NetworkRef): Promise<NetworkDetail> {
  const found = await findNetwork(ctx, ref);
  const { row, told } = found;
  const [ends, tasks] = await Promise.all([ctx.reads.ends(row.id, row.nodeId), swarmTasks(ctx, found)]);
  const endpoints = endpointsOf(ctx, found, ends, tasks?.attached ?? []);
  const services = servicesOf(found, endpoints);
  const plan = planOf(found, ends);
  const unheard = unheardOf(row, ends, tasks);
  const held: HeldAddress[] = [
    ...vipsOf(found).map(({ address }) => ({ address, kind: "vip" as const })),
    ...endpoints.flatMap(({ ipv4, ipv6, kind }) =>
      [ipv4, ipv6].flatMap((address) => (address === null ? [] : [{ address, kind }])),
    ),
  ];
  return {
    network: row,
    ipam: plan,
    ipamDriver: told.ipamDriver,
    options: told.options,
    services,
    endpoints,
    peers: peersOf(ctx, ends),
    // Each node that somebody is on holds one address for its own end.
    addresses: plan.flatMap(
      (range) => subnetUse(range, held, row.nodeId === null ? unheard.length : 0) ?? [],
    ),
    unheard,
    waitingTasks: tasks?.waiting ?? 0,
    nodes: ends.nodes,
  };
}

/** Null: a network of a node, or no manager says it. */
async function swarmTasks(ctx: NetworkContext, { row, picture }: FoundNetwork): Promise<NetworkTasks | null> {
  if (row.nodeId !== null || picture.swarm === null) return null;
  const services = row.usedBy.map(({ id }) => id);
  try {
    return tasksOn(row.id, await ctx.reads.tasks(row.id, services));
  } catch (error) {
    if (!isAppError(error)) throw error;
    return null;
  }
}

function vipsOf({ row, picture }: FoundNetwork) {
  return row.nodeId === null ? (picture.swarm?.uses.vips.get(row.id) ?? []) : [];
}

function servicesOf(found: FoundNetwork, endpoints: readonly NetworkEndpoint[]): readonly NetworkService[] {
  const { row, picture } = found;
  const uses = picture.swarm?.uses.present;
  const own = [...(uses?.get(row.id) ?? []), ...(uses?.get(row.name) ?? [])];
  return row.usedBy.map((ref) => {
    const use = own.find(({ service }) => service.id === ref.id);
    const vips = vipsOf(found).filter(({ service }) => service.id === ref.id);
    return {
      ...ref,
      vips: vips.map(({ address }) => address),
      mode: use?.mode ?? "vip",
      aliases: use?.aliases ?? [],
      tasks: endpoints.filter(({ kind, service }) => kind === "task" && service?.id === ref.id).length,
    };
  });
}

/** As the node has it where the swarm's own list leaves something out. */
function planOf({ told }: FoundNetwork, { answers }: PerNode<NodeEnds>) {
  if (told.ipam.length > 0) return told.ipam;
  return answers.find(({ value }) => value.network !== null)?.value.network?.ipam ?? [];
}

function peersOf({ model }: NetworkContext, { answers }: PerNode<NodeEnds>): readonly NetworkPeer[] {
  const addresses = new Set(answers.flatMap(({ value }) => value.peers));
  const nodes = Object.values(model().nodes);
  return [...addresses]
    .map((address) => ({ address, nodeName: nodes.find((node) => node.address === address)?.name ?? null }))
    .sort((a, b) => compareNatural(a.nodeName ?? a.address, b.nodeName ?? b.address));
}

/**
 * Nodes that did not answer and hold more than the swarm tells: their own end, and on a network of their own everything.
 * Where the swarm does not tell who has tasks there, that is any of them.
 */
function unheardOf(
  { nodeId, ingress }: NetworkRow,
  { nodes }: PerNode<NodeEnds>,
  tasks: NetworkTasks | null,
): readonly string[] {
  const silent = nodes.filter(({ ok }) => !ok);
  const isAny = nodeId !== null || ingress || tasks === null;
  const busy = new Set(tasks?.attached.map((task) => task.nodeId));
  return silent.filter(({ id }) => isAny || busy.has(id)).map(({ name }) => name);
}
