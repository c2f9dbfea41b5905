import type { NetworkItem, ServiceRef } from "../api/resource-types.ts";
import type { NodeFreshness } from "../api/types.ts";

/** Networks of the swarm and of every node, as the API tells them. Times are ms since 1970. */

/** One network of the list: of the swarm once, of a node with its node. */
export interface NetworkRow extends NetworkItem {
  /** Null: it is the swarm's. */
  readonly nodeId: string | null;
  readonly nodeName: string | null;
  /** Nodes that have it now, as far as they answer: of the swarm's those with somebody on it. */
  readonly presentOn: readonly string[];
  /** Containers on it; those of a service only while they run, for the service stands beside them. */
  readonly containers: readonly NetworkUser[];
  /** Made by the engine itself: it cannot be removed. */
  readonly isPredefined: boolean;
  /** Holds settings for another network and carries nothing. */
  readonly isConfigOnly: boolean;
  /** The network whose settings it uses. */
  readonly configFrom: string | null;
  /** Services that only their previous specification puts on it: a rollback needs it. */
  readonly previousServices: readonly ServiceRef[];
  /** Nobody is on it, nobody names it, and everybody who could was heard. */
  readonly isUnused: boolean;
}

export interface NetworkUser {
  readonly id: string;
  readonly name: string;
  readonly nodeName: string;
  readonly isRunning: boolean;
}

/** The list, and why the swarm's own part of it is not certain; null: it is. */
export interface NetworkList {
  readonly items: readonly NetworkRow[];
  readonly nodes: readonly NodeFreshness[];
  readonly swarmError: string | null;
}

/** One line of an address plan. */
export interface IpamRange {
  readonly subnet: string;
  readonly gateway: string | null;
  /** Addresses are given out from here only; null: from the whole subnet. */
  readonly range: string | null;
  /** Kept free for others, by name. */
  readonly aux: Readonly<Record<string, string>>;
}

/** Who holds an address. `balancer`: the node's own end of an overlay; `reserved`: kept free by the address plan. */
export type AddressKind = "gateway" | "reserved" | "vip" | "task" | "balancer" | "container" | "other";

export interface HeldAddress {
  /** With or without the length of its subnet. */
  readonly address: string;
  readonly kind: AddressKind;
}

export interface SubnetUse {
  readonly subnet: string;
  readonly range: string | null;
  /** Addresses that may be given out; null: more than anybody counts. */
  readonly usable: number | null;
  readonly counts: Readonly<Record<AddressKind, number>>;
  /** Of those counted, how many lie outside of the range and take nothing from it. */
  readonly outside: number;
  readonly free: number | null;
  /** A tenth or less is free. */
  readonly isScarce: boolean;
}

/** A service on a network of the swarm. */
export interface NetworkService extends ServiceRef {
  /** Its virtual addresses; none with `dnsrr`, or while swarm has given it none. */
  readonly vips: readonly string[];
  readonly mode: "vip" | "dnsrr";
  readonly aliases: readonly string[];
  /** Tasks that hold an address. */
  readonly tasks: number;
}

/** An end of a network in a container, or the engine's own. */
export interface NetworkEndpoint {
  /** Null: the engine's own end, which no container is at. */
  readonly containerId: string | null;
  readonly name: string;
  /** Null: the swarm says that it is there, on a node it does not tell. */
  readonly nodeId: string | null;
  readonly nodeName: string | null;
  readonly service: ServiceRef | null;
  readonly taskId: string | null;
  readonly ipv4: string | null;
  readonly ipv6: string | null;
  readonly mac: string | null;
  readonly kind: "task" | "container" | "balancer";
  /** False: it is set to join when it starts, and holds nothing now. */
  readonly isRunning: boolean;
}

export interface NetworkPeer {
  readonly address: string;
  /** Null: no node of this cluster has that address. */
  readonly nodeName: string | null;
}

export interface NetworkDetail {
  readonly network: NetworkRow;
  readonly ipam: readonly IpamRange[];
  readonly ipamDriver: string;
  readonly options: Readonly<Record<string, string>>;
  readonly services: readonly NetworkService[];
  readonly endpoints: readonly NetworkEndpoint[];
  readonly peers: readonly NetworkPeer[];
  readonly addresses: readonly SubnetUse[];
  /** Nodes that may hold further addresses and did not answer: then `addresses` counts at least. */
  readonly unheard: readonly string[];
  /** Tasks that wait for an address. */
  readonly waitingTasks: number;
  readonly nodes: readonly NodeFreshness[];
}

/** One network: of the swarm without a node, of a node with it. Id, or a name that only one has. */
export interface NetworkRef {
  readonly ref: string;
  readonly node?: string | undefined;
}

/** What became of each network that was to go. */
export interface RemovedNetwork {
  readonly id: string;
  readonly name: string;
  readonly node: string | null;
  /** Null: it is gone. */
  readonly error: string | null;
}
