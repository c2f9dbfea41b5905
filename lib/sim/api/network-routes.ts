import { containerName } from "../world/containers.ts";
import { networksOf } from "../world/networks.ts";
import type { SimContainer, SimNetwork } from "../world/objects.ts";
import { isUp } from "../world/objects.ts";
import { containerOf } from "./container-lookup.ts";
import { anyOf, hasLabels, parseFilters } from "./filters.ts";
import { parseBody, precondition, Refusal } from "./refusal.ts";
import type { Answer, Call, Route } from "./route.ts";
import { addressOf, time } from "./swarm-json.ts";

const builtin = ["bridge", "host", "none"];

/** Those that this engine knows: its own, and of the swarm's all (managers) or those somebody here is on. */
function seenBy({ world, engine, node }: Call): readonly SimNetwork[] {
  const isManager = node?.spec.Role === "manager";
  const swarm = [...world.networks.values()].filter(
    (network) =>
      isManager || network.ingress || endsOn(network, engine.containers.values(), world).length > 0,
  );
  return [...swarm, ...engine.networks.values()];
}

function endsOn(
  network: SimNetwork,
  containers: Iterable<SimContainer>,
  world: Call["world"],
): SimContainer[] {
  return [...containers].filter(
    (each) => isUp(each) && networksOf(world, each).some(({ id }) => id === network.id),
  );
}

function networkJson(call: Call, network: SimNetwork, isWhole: boolean): object {
  const { world, engine, node, profile } = call;
  const isOverlay = network.nodeId === null;
  const ends = endsOn(network, engine.containers.values(), world);
  const isHere =
    !isOverlay || ends.length > 0 || (network.ingress && (isWhole || node?.spec.Role !== "manager"));
  const containers: Record<string, object> = {};
  if (isWhole) {
    for (const each of ends) {
      containers[each.id] = {
        Name: containerName(each),
        EndpointID: each.id.split("").reverse().join(""),
        MacAddress: "02:42:0a:00:00:02",
        IPv4Address: addressOf(network.subnet ?? "172.19.0.0/16", each.id),
        IPv6Address: "",
      };
    }
    if (network.ingress) {
      containers["ingress-sbox"] = {
        Name: "ingress-endpoint",
        EndpointID: network.id,
        MacAddress: "02:42:0a:00:00:02",
        IPv4Address: "10.0.0.2/24",
        IPv6Address: "",
      };
    }
  }
  const config =
    network.subnet === null
      ? []
      : [
          {
            Subnet: network.subnet,
            ...((network.name !== "bridge" || profile.speaksAs26) && { Gateway: network.gateway ?? "" }),
          },
        ];
  return {
    Name: network.name,
    Id: network.id,
    Created: time(network.createdAt),
    Scope: isOverlay ? "swarm" : "local",
    Driver: network.driver,
    EnableIPv6: false,
    IPAM: { Driver: "default", Options: null, Config: config },
    Internal: network.internal,
    Attachable: network.attachable,
    Ingress: network.ingress,
    ConfigFrom: { Network: "" },
    ConfigOnly: false,
    Containers: isHere ? containers : null,
    Options: network.options,
    Labels:
      isOverlay && !isHere && Object.keys(network.labels ?? {}).length === 0 ? null : (network.labels ?? {}),
    ...(isOverlay && isHere && { Peers: [{ Name: "peer", IP: node?.address ?? "" }] }),
  };
}

function listNetworks(call: Call): Answer {
  const known = ["id", "name", "driver", "label", "scope", "type", "dangling"];
  const filters = parseFilters(call.query.get("filters"), known);
  const found = seenBy(call).filter(
    ({ id, name, driver, nodeId, labels }) =>
      anyOf(filters.id, (wanted) => id.startsWith(wanted)) &&
      anyOf(filters.name, (wanted) => name.includes(wanted)) &&
      anyOf(filters.driver, (wanted) => driver === wanted) &&
      anyOf(filters.scope, (wanted) => wanted === (nodeId === null ? "swarm" : "local")) &&
      anyOf(filters.type, (wanted) => (wanted === "builtin") === builtin.includes(name)) &&
      hasLabels(labels, filters.label),
  );
  return { json: found.map((network) => networkJson(call, network, false)) };
}

function networkOf(call: Call): SimNetwork {
  const { ref } = call;
  const all = [...seenBy(call), ...call.world.networks.values()];
  const found =
    all.find(({ id }) => id === ref) ??
    all.find(({ name }) => name === ref) ??
    all.find(({ id }) => id.startsWith(ref));
  if (!found) throw new Refusal(404, `network ${ref} not found`);
  return found;
}

interface NetworkBody {
  readonly Name?: string;
  readonly Driver?: string;
  readonly Labels?: Record<string, string>;
  readonly Options?: Record<string, string>;
  readonly Ingress?: boolean;
  readonly Attachable?: boolean;
  readonly Internal?: boolean;
  readonly CheckDuplicate?: boolean;
  readonly IPAM?: {
    readonly Config?: readonly { readonly Subnet?: string; readonly Gateway?: string }[] | null;
  } | null;
}

function createNetwork(call: Call): Answer {
  const { world, engine, node, body } = call;
  const asked = parseBody<NetworkBody>(body);
  const { Name = "", Driver = "bridge" } = asked;
  const isOverlay = Driver === "overlay";
  if (isOverlay && node?.spec.Role !== "manager") {
    throw new Refusal(
      403,
      "Cannot create a multi-host network from a worker node. Please create the network from a manager node.",
    );
  }
  const others = isOverlay ? world.networks : engine.networks;
  if (Name !== "" && [...others.values(), ...engine.networks.values()].some(({ name }) => name === Name)) {
    throw new Refusal(409, `network with name ${Name} already exists`);
  }
  if (Name.trim() === "") throw new Refusal(500, "invalid name: ");
  if (!["overlay", "bridge", "macvlan", "ipvlan"].includes(Driver))
    throw new Refusal(404, `plugin "${Driver}" not found`);
  const subnet = asked.IPAM?.Config?.[0]?.Subnet;
  if (subnet !== undefined && !/^\d+\.\d+\.\d+\.\d+\/\d+$/.test(subnet)) {
    throw new Refusal(500, `Invalid subnet ${subnet} : invalid CIDR address: ${subnet}`);
  }
  const ingress = [...world.networks.values()].find((each) => each.ingress);
  if (asked.Ingress && ingress) {
    throw new Refusal(
      409,
      `rpc error: code = AlreadyExists desc = ingress network (${ingress.id}) is already present`,
    );
  }
  const gateway = asked.IPAM?.Config?.[0]?.Gateway;
  const made = world.addNetwork({
    name: Name,
    driver: Driver,
    nodeId: isOverlay ? null : engine.nodeId,
    labels: asked.Labels ?? {},
    ...(subnet !== undefined && { subnet }),
    ...(gateway !== undefined && { gateway }),
    ...(asked.Options && { options: asked.Options }),
    attachable: asked.Attachable ?? false,
    internal: asked.Internal ?? false,
    ingress: asked.Ingress ?? false,
  });
  return { json: { Id: made.id, Warning: "" }, status: 201 };
}

function removeNetwork(call: Call): Answer {
  const { world, engine } = call;
  const network = networkOf(call);
  const { id, name, nodeId } = network;
  if (builtin.includes(name))
    throw new Refusal(403, `${name} is a pre-defined network and cannot be removed`);
  if (nodeId === null) {
    const user = [...world.services.values()].find(({ spec }) =>
      spec.TaskTemplate.Networks?.some(({ Target }) => Target === id || Target === name),
    );
    if (user) throw precondition(`network ${id} is in use by service ${user.id}`);
    const task = [...world.tasks.values()].find(
      ({ template, container }) => isUp(container) && template.Networks?.some(({ Target }) => Target === id),
    );
    if (task) throw precondition(`network ${id} is in use by task ${task.id}`);
    world.networks.delete(id);
  } else {
    if (endsOn(network, engine.containers.values(), world).length > 0) {
      throw new Refusal(403, `error while removing network: network ${name} id ${id} has active endpoints`);
    }
    engine.networks.delete(id);
  }
  world.emit(
    "network",
    nodeId === null ? "remove" : "destroy",
    id,
    { name, ...(nodeId !== null && { type: network.driver }) },
    nodeId,
  );
  return { status: 204 };
}

function join(call: Call, verb: "connect" | "disconnect"): Answer {
  const { world, engine, ref, body } = call;
  const { Container: wanted = "" } = parseBody<{ Container?: string }>(body);
  let network: SimNetwork;
  try {
    network = networkOf(call);
  } catch (error) {
    if (!(error instanceof Refusal) || verb === "disconnect") throw error;
    throw new Refusal(
      500,
      `Could not attach to network ${ref}: rpc error: code = NotFound desc = network ${ref} not found`,
    );
  }
  const container = containerOf({ engine, ref: wanted });
  const current = networksOf(world, container);
  const isOn = current.some(({ id }) => id === network.id);
  const name = containerName(container);
  if (verb === "connect" && network.nodeId === null && !network.attachable) {
    throw new Refusal(
      403,
      `Could not attach to network ${network.name}: rpc error: code = PermissionDenied desc = network ${network.name} not manually attachable`,
    );
  }
  if (verb === "connect" && isOn)
    throw new Refusal(403, `endpoint with name ${name} already exists in network ${network.name}`);
  if (verb === "disconnect" && !isOn)
    throw new Refusal(500, `container ${container.id} is not connected to network ${network.name}`);
  const rest = current.filter(({ id }) => id !== network.id).map(({ id }) => id);
  container.networks = new Set(verb === "connect" ? [...rest, network.id] : rest);
  world.emit(
    "network",
    verb,
    network.id,
    { container: container.id, name: network.name, type: network.driver },
    engine.nodeId,
  );
  return null;
}

function pruneNetworks(call: Call): Answer {
  const { world, engine, query } = call;
  const filters = parseFilters(query.get("filters"), ["label", "label!", "until"]);
  const unused = [...engine.networks.values()].filter(
    (each) =>
      ![...builtin, "docker_gwbridge"].includes(each.name) &&
      endsOn(each, engine.containers.values(), world).length === 0 &&
      hasLabels(each.labels, filters.label),
  );
  for (const { id, name } of unused) {
    engine.networks.delete(id);
    world.emit("network", "destroy", id, { name, type: "bridge" }, engine.nodeId);
  }
  const overlays = [...world.networks.values()].filter(
    (each) =>
      call.node?.spec.Role === "manager" &&
      !each.ingress &&
      hasLabels(each.labels, filters.label) &&
      ![...world.services.values()].some(({ spec }) =>
        spec.TaskTemplate.Networks?.some(({ Target }) => Target === each.id),
      ),
  );
  for (const { id, name } of overlays) {
    world.networks.delete(id);
    world.emit("network", "remove", id, { name });
  }
  const names = [...unused, ...overlays].map(({ name }) => name);
  return { json: { NetworksDeleted: names.length > 0 ? names : null } };
}

function inspect(call: Call): Answer {
  const json = networkJson(call, networkOf(call), true);
  return { json };
}

export const networkRoutes: readonly Route[] = [
  { method: "GET", path: "/networks", handle: listNetworks },
  { method: "POST", path: "/networks/create", handle: createNetwork },
  { method: "POST", path: "/networks/prune", handle: pruneNetworks },
  { method: "GET", path: "/networks/{ref}", handle: inspect },
  { method: "DELETE", path: "/networks/{ref}", handle: removeNetwork },
  { method: "POST", path: "/networks/{ref}/connect", handle: (call) => join(call, "connect") },
  { method: "POST", path: "/networks/{ref}/disconnect", handle: (call) => join(call, "disconnect") },
];
