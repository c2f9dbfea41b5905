import * as schemas from "../../networks/schemas.ts";
import type { Operation } from "../operation.ts";

const networks = "/clusters/{cluster}/networks";
const network = `${networks}/{id}` as const;
const unused = "/clusters/{cluster}/unused-networks";

/** Networks of the swarm and of all nodes. `id` is an id, or a name that only one has; `?node=` says of which node. */
export const networkOperations = {
  listNetworks: {
    method: "GET",
    path: networks,
    permission: "network.read",
    summary: "Networks of the swarm and of every node, who uses them, and the nodes that do not answer",
    query: schemas.networkListQuery,
  },
  createNetwork: {
    method: "POST",
    path: networks,
    permission: "network.create",
    summary: "Make an overlay of the swarm, or a bridge, macvlan or ipvlan of one node",
    body: schemas.networkCreateBody,
    audit: "network.create",
  },
  getNetwork: {
    method: "GET",
    path: network,
    permission: "network.read",
    summary: "One network: its address plan, who is on it, and which addresses are free",
    query: schemas.networkQuery,
  },
  removeNetwork: {
    method: "DELETE",
    path: network,
    permission: "network.remove",
    summary: "Remove a network that nobody uses",
    query: schemas.networkQuery,
    audit: "network.remove",
  },
  connectNetwork: {
    method: "POST",
    path: `${network}/connect`,
    permission: "network.connect",
    summary: "Connect a container that belongs to no service",
    query: schemas.networkQuery,
    body: schemas.networkConnectBody,
    audit: "network.connect",
  },
  disconnectNetwork: {
    method: "POST",
    path: `${network}/disconnect`,
    permission: "network.connect",
    summary: "Disconnect a container that belongs to no service",
    query: schemas.networkQuery,
    body: schemas.networkDisconnectBody,
    audit: "network.disconnect",
  },
  listUnusedNetworks: {
    method: "GET",
    path: unused,
    permission: "network.read",
    summary: "Networks that nobody uses or names, read anew: a preview of removing them",
  },
  removeUnusedNetworks: {
    method: "POST",
    path: unused,
    permission: "network.remove",
    summary: "Remove exactly these networks, each only if nobody uses it now",
    body: schemas.unusedNetworksBody,
    audit: "network.prune",
  },
} as const satisfies Record<string, Operation>;
