import type { Attached, NetworkEnd, NodeEnds } from "#lib/server/docker/map-network.ts";
import type { ServiceRef } from "#lib/shared/api/resource-types.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import type { NetworkEndpoint } from "#lib/shared/networks/types.ts";
import type { NodeRef } from "../nodes/node-engines.ts";
import type { PerNode } from "../nodes/per-node-read.ts";
import type { FoundNetwork } from "./find-network.ts";
import type { NetworkContext } from "./network-list.ts";
import type { AttachedTask } from "./swarm-tasks.ts";

/**
 * Who is on a network: what its nodes say, then what the swarm knows of nodes that do not say, then stopped containers
 * that would join it. Everybody once.
 */
export function endpointsOf(
  ctx: NetworkContext,
  { row, picture }: FoundNetwork,
  { answers }: PerNode<NodeEnds>,
  tasks: readonly AttachedTask[],
): readonly NetworkEndpoint[] {
  const attached = new Map(
    picture.perNode.answers.flatMap(({ value }) => value.attached).map((each) => [each.id, each]),
  );
  const byContainer = new Map(tasks.map((task) => [task.containerId, task]));
  const heard = answers.flatMap(({ node, value }) =>
    value.ends.map((end) =>
      fromNode(ctx, node, end, attached.get(end.containerId ?? ""), byContainer.get(end.containerId)),
    ),
  );
  const known = new Set(heard.map(({ containerId }) => containerId));
  const told = tasks
    .filter(({ containerId }) => containerId === null || !known.has(containerId))
    .map((task) => fromSwarm(ctx, task));
  const running = new Set([...known, ...told.map(({ containerId }) => containerId)]);
  const stopped = row.containers.filter(({ id, isRunning }) => !isRunning && !running.has(id));
  const all = [...heard, ...told, ...stopped.map((user) => notRunning(picture.nodes, user))];
  return all.sort(
    (a, b) =>
      Number(a.kind === "balancer") - Number(b.kind === "balancer") ||
      compareNatural(a.name, b.name) ||
      compareNatural(a.nodeName ?? "", b.nodeName ?? ""),
  );
}

function fromNode(
  { model }: NetworkContext,
  node: NodeRef,
  end: NetworkEnd,
  attached: Attached | undefined,
  task: AttachedTask | undefined,
): NetworkEndpoint {
  const service = attached?.service ?? serviceOf(model().services, task?.serviceId);
  return {
    ...end,
    // The bridge to the outside calls its ends after their sandbox.
    name: shortName(attached?.name ?? end.name, attached?.taskId ?? null, node),
    nodeId: node.id,
    nodeName: node.name,
    service,
    taskId: attached?.taskId ?? (service === null ? null : (task?.id ?? null)),
    kind: end.containerId === null ? "balancer" : service === null ? "container" : "task",
    isRunning: true,
  };
}

/** As tasks are called everywhere, `web.1` or `agent.swarm-2`: the engine adds ids of the task and of the node. */
function shortName(name: string, taskId: string | null, node: NodeRef): string {
  if (taskId === null || !name.endsWith(`.${taskId}`)) return name;
  const place = name.slice(0, -taskId.length - 1);
  return place.endsWith(`.${node.id}`) ? `${place.slice(0, -node.id.length)}${node.name}` : place;
}

function fromSwarm({ model }: NetworkContext, task: AttachedTask): NetworkEndpoint {
  const service = serviceOf(model().services, task.serviceId);
  const node = model().nodes[task.nodeId ?? ""];
  const container = task.containerId?.slice(0, 12) ?? task.id;
  const isV6 = (address: string) => address.includes(":");
  return {
    containerId: task.containerId,
    name: service === null ? container : `${service.name}.${task.slot ?? node?.name ?? task.nodeId ?? ""}`,
    nodeId: task.nodeId,
    nodeName: node?.name ?? null,
    service,
    taskId: task.serviceId === null ? null : task.id,
    ipv4: task.addresses.find((address) => !isV6(address)) ?? null,
    ipv6: task.addresses.find(isV6) ?? null,
    mac: null,
    kind: task.serviceId === null ? "container" : "task",
    isRunning: true,
  };
}

function notRunning(
  nodes: readonly NodeRef[],
  { id, name, nodeName }: { readonly id: string; readonly name: string; readonly nodeName: string },
): NetworkEndpoint {
  return {
    containerId: id,
    name,
    nodeId: nodes.find((node) => node.name === nodeName)?.id ?? null,
    nodeName,
    service: null,
    taskId: null,
    ipv4: null,
    ipv6: null,
    mac: null,
    kind: "container",
    isRunning: false,
  };
}

function serviceOf(
  services: Readonly<Record<string, ServiceRef>>,
  id: string | null | undefined,
): ServiceRef | null {
  if (id === null || id === undefined) return null;
  return { id, name: services[id]?.name ?? id };
}
