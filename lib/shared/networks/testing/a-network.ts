import type { NetworkRow } from "../types.ts";

/** A network of the swarm that nobody uses, but for what a test says. */
export function aNetwork(name: string, more: Partial<NetworkRow> = {}): NetworkRow {
  return {
    id: `id-${name}`,
    name,
    stack: null,
    labels: {},
    createdAt: 0,
    updatedAt: 0,
    usedBy: [],
    driver: "overlay",
    scope: "swarm",
    subnets: [],
    attachable: false,
    internal: false,
    ingress: false,
    encrypted: false,
    ipv6: false,
    nodeId: null,
    nodeName: null,
    presentOn: [],
    containers: [],
    isPredefined: false,
    isConfigOnly: false,
    configFrom: null,
    previousServices: [],
    isUnused: false,
    ...more,
  };
}
