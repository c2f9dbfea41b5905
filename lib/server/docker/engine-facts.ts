import type { WireInfo, WireVersion } from "./wire.ts";

/** Who an engine is and where it stands in its swarm. Texts are empty and lists empty where it does not say. */
export interface EngineFacts {
  readonly engineVersion: string;
  /** What we speak with it: min(server, ours). */
  readonly apiVersion: string;
  readonly serverApiVersion: string;
  readonly minApiVersion: string;
  readonly os: string;
  readonly arch: string;
  readonly name: string;
  readonly id: string;
  readonly swarm: SwarmFacts;
}

export interface SwarmFacts {
  /** `unknown`: a word we do not know. */
  readonly state: "inactive" | "pending" | "active" | "error" | "locked" | "unknown";
  readonly nodeId: string | null;
  /** ControlAvailable: still true on a manager whose swarm has lost its quorum. */
  readonly isManager: boolean;
  /** The engine's own sentence of trouble. */
  readonly error: string | null;
  /** host:port of managers this node knows. */
  readonly remoteManagers: readonly string[];
  readonly nodeAddr: string | null;
  /** Managers only. */
  readonly clusterId: string | null;
}

const states = ["inactive", "pending", "active", "error", "locked"] as const;

/** Reads /version and /info. */
export function engineFacts(version: WireVersion, info: WireInfo, apiVersion: string): EngineFacts {
  const swarm = info?.Swarm ?? {};
  const text = (value: unknown): string => (typeof value === "string" ? value.slice(0, 500) : "");
  const orNull = (value: unknown): string | null => text(value) || null;
  const managers = Array.isArray(swarm.RemoteManagers) ? swarm.RemoteManagers : [];
  return {
    engineVersion: text(version.Version),
    apiVersion,
    serverApiVersion: text(version.ApiVersion),
    minApiVersion: text(version.MinAPIVersion),
    os: text(version.Os) || text(info.OSType),
    arch: text(version.Arch) || text(info.Architecture),
    name: text(info.Name),
    id: text(info.ID),
    swarm: {
      state: swarmState(swarm.LocalNodeState),
      nodeId: orNull(swarm.NodeID),
      isManager: swarm.ControlAvailable === true,
      error: orNull(swarm.Error),
      remoteManagers: managers.map((peer) => text(peer?.Addr)).filter((address) => address !== ""),
      nodeAddr: orNull(swarm.NodeAddr),
      clusterId: orNull(swarm.Cluster?.ID),
    },
  };
}

function swarmState(word: unknown): SwarmFacts["state"] {
  // Engines without swarm support leave it out.
  if (word === undefined || word === "") return "inactive";
  return states.find((state) => state === word) ?? "unknown";
}
