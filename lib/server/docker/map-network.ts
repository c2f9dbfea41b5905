import type { NetworkItem, ServiceRef } from "#lib/shared/api/resource-types.ts";
import type { IpamRange } from "#lib/shared/networks/types.ts";
import { labelsOf, listOf, textOf, textOrNull, timeOf } from "./hostile.ts";
import { common, type Unlinked } from "./map-resource.ts";
import type { WireContainer } from "./wire.ts";
import type { WireEndpoint } from "./wire-container.ts";
import type { WireNetwork } from "./wire-resources.ts";

/** A network as an engine tells it, before anybody looked who uses it. */
export interface EngineNetwork extends Unlinked<NetworkItem> {
  readonly isPredefined: boolean;
  readonly isConfigOnly: boolean;
  readonly configFrom: string | null;
  readonly ipam: readonly IpamRange[];
  readonly ipamDriver: string;
  readonly options: Readonly<Record<string, string>>;
}

/** What every engine makes for itself, and refuses to remove or has made again at once. */
const ownNames: ReadonlySet<string> = new Set(["bridge", "host", "none", "docker_gwbridge", "nat"]);

/** Null where the engine says no id. */
export function mapEngineNetwork(wire: WireNetwork): EngineNetwork | null {
  const id = textOf(wire?.Id);
  if (id === "") return null;
  const createdAt = timeOf(wire.Created);
  const scope = textOf(wire.Scope);
  const ipam = listOf(wire.IPAM?.Config).flatMap((config) => {
    const subnet = textOf(config.Subnet);
    if (subnet === "") return [];
    const gateway = textOrNull(config.Gateway);
    const aux = labelsOf(config.AuxiliaryAddresses);
    return [{ subnet, gateway, range: textOrNull(config.IPRange), aux }];
  });
  const named = common(id, wire.Name, wire.Labels);
  return {
    ...named,
    createdAt,
    // The engine does not say when: networks do not change.
    updatedAt: createdAt,
    driver: textOf(wire.Driver),
    scope,
    subnets: ipam.map(({ subnet }) => subnet),
    attachable: wire.Attachable === true,
    internal: wire.Internal === true,
    ingress: wire.Ingress === true,
    // The option counts by being there: `--opt encrypted` leaves it empty.
    encrypted: wire.Options?.encrypted !== undefined && wire.Options.encrypted !== "false",
    ipv6: wire.EnableIPv6 === true,
    isPredefined: wire.Ingress === true || (scope === "local" && ownNames.has(named.name)),
    isConfigOnly: wire.ConfigOnly === true,
    configFrom: textOrNull(wire.ConfigFrom?.Network),
    ipam,
    ipamDriver: textOf(wire.IPAM?.Driver),
    options: labelsOf(wire.Options),
  };
}

/** What a list says of a network of the swarm; null for those of a node, which every engine has its own of. */
export function swarmNetworkItem(network: EngineNetwork): Unlinked<NetworkItem> | null {
  const {
    isPredefined: _,
    isConfigOnly: __,
    configFrom: ___,
    ipam: ____,
    ipamDriver: _____,
    options: ______,
    ...item
  } = network;
  return item.scope === "swarm" ? item : null;
}

/** A container that is on a network, or set to join it when it starts. */
export interface Attached {
  /** Empty for one that has never run: then only the name says which network it is. */
  readonly networkId: string;
  readonly networkName: string;
  readonly id: string;
  readonly name: string;
  readonly isRunning: boolean;
  readonly service: ServiceRef | null;
  readonly taskId: string | null;
}

/** The networks of the containers of a list. */
export function attachedOf(rows: readonly WireContainer[]): readonly Attached[] {
  return rows.flatMap((row) => {
    const id = textOf(row?.Id);
    const serviceId = textOf(row.Labels?.["com.docker.swarm.service.id"]);
    const common = {
      id,
      name: textOf(row.Names?.[0]).replace(/^\//, "") || id.slice(0, 12),
      isRunning: ["running", "paused", "restarting"].includes(row.State ?? ""),
      service:
        serviceId === ""
          ? null
          : { id: serviceId, name: textOf(row.Labels?.["com.docker.swarm.service.name"]) || serviceId },
      taskId: textOrNull(row.Labels?.["com.docker.swarm.task.id"]),
    };
    const networks = Object.entries(row.NetworkSettings?.Networks ?? {}).slice(0, 500);
    return networks.map(([name, endpoint]) => ({
      ...common,
      networkId: textOf((endpoint as WireEndpoint | null)?.NetworkID),
      networkName: textOf(name),
    }));
  });
}

/** One end of a network on a node, as `/networks/{id}` of that node tells it. */
export interface NetworkEnd {
  /** Id of a container; null: the engine's own end. */
  readonly containerId: string | null;
  readonly name: string;
  readonly ipv4: string | null;
  readonly ipv6: string | null;
  readonly mac: string | null;
}

export interface NodeEnds {
  readonly network: EngineNetwork | null;
  readonly ends: readonly NetworkEnd[];
  /** Addresses of the nodes of an overlay. */
  readonly peers: readonly string[];
}

/** More than any node can run. */
const mostEnds = 20_000;

/**
 * While an end comes or goes, an engine may list it several times: under its container, and under the end itself. Who
 * has the address is there once, containers before all others.
 */
function oncePerAddress(ends: readonly NetworkEnd[]): readonly NetworkEnd[] {
  const held = new Set<string>();
  const byKind = ends.toSorted((a, b) => Number(a.containerId === null) - Number(b.containerId === null));
  return byKind.filter(({ containerId, ipv4, ipv6 }) => {
    const mine = [ipv4, ipv6].filter((address) => address !== null);
    const isKnown = mine.length > 0 && mine.every((address) => held.has(address));
    for (const address of mine) held.add(address);
    return containerId !== null || !isKnown;
  });
}

export function mapEnds(wire: WireNetwork): NodeEnds {
  const ends = Object.entries(wire?.Containers ?? {})
    .slice(0, mostEnds)
    .map(([key, end]): NetworkEnd => {
      const isContainer = /^[0-9a-f]{64}$/.test(key);
      return {
        containerId: isContainer ? key : null,
        name: textOf(end?.Name) || textOf(key),
        ipv4: textOrNull(end?.IPv4Address),
        ipv6: textOrNull(end?.IPv6Address),
        mac: textOrNull(end?.MacAddress),
      };
    });
  return {
    network: mapEngineNetwork(wire),
    ends: oncePerAddress(ends),
    peers: listOf(wire?.Peers).flatMap((peer) => textOrNull(peer.IP) ?? []),
  };
}
