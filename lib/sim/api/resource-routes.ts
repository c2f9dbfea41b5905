import type { SimFile, SimNetwork } from "../demo/demo-resources.ts";
import { anyOf, parseFilters } from "./filters.ts";
import { Refusal } from "./refusal.ts";
import type { Answer, Call, Route } from "./route.ts";

const time = (ms: number): string => new Date(ms).toISOString();

function networkJson(network: SimNetwork): object {
  const { id, name, subnet, stack, ingress, encrypted, createdAt } = network;
  return {
    Id: id,
    Name: name,
    Created: time(createdAt),
    Scope: "swarm",
    Driver: "overlay",
    EnableIPv6: false,
    Internal: false,
    Attachable: false,
    Ingress: ingress,
    IPAM: { Driver: "default", Config: [{ Subnet: subnet, Gateway: subnet.replace("0/24", "1") }] },
    Options: encrypted ? { encrypted: "" } : null,
    Labels: stack === null ? {} : { "com.docker.stack.namespace": stack },
  };
}

function listNetworks({ cluster, query }: Call): Answer {
  const filters = parseFilters(query.get("filters"), ["id", "name", "driver", "label", "scope", "type"]);
  const found = cluster.networks.filter(
    ({ id, name }) =>
      anyOf(filters.id, (wanted) => id.startsWith(wanted)) &&
      anyOf(filters.name, (wanted) => name.includes(wanted)),
  );
  return { json: found.map(networkJson) };
}

/** What it says of one: nobody's ends are simulated. */
function inspectNetwork({ cluster, ref }: Call): Answer {
  const found = cluster.networks.find(({ id, name }) => id === ref || name === ref);
  if (!found) throw new Refusal(404, `network ${ref} not found`);
  return { json: { ...networkJson(found), Containers: {} } };
}

/** Networks of the simulated swarm are what its services name, and stay so. */
function refuseNetworks(): never {
  throw new Refusal(403, "the networks of a simulated swarm cannot be changed");
}

function fileJson(file: SimFile, withData: boolean): object {
  const { id, name, labels, text, createdAt } = file;
  return {
    ID: id,
    Version: { Index: 20 },
    CreatedAt: time(createdAt),
    UpdatedAt: time(createdAt),
    Spec: {
      Name: name,
      Labels: labels,
      ...(withData && { Data: Buffer.from(text).toString("base64") }),
    },
  };
}

function findConfig({ cluster, ref }: Call): SimFile {
  const found = cluster.configs.find(({ id, name }) => id === ref || name === ref);
  if (!found) throw new Refusal(404, `config ${ref} not found`);
  return found;
}

export const resourceRoutes: readonly Route[] = [
  { method: "GET", path: "/networks", handle: listNetworks },
  { method: "GET", path: "/networks/{ref}", handle: inspectNetwork },
  { method: "POST", path: "/networks/create", handle: refuseNetworks },
  { method: "DELETE", path: "/networks/{ref}", handle: refuseNetworks },
  { method: "POST", path: "/networks/{ref}/connect", handle: refuseNetworks },
  { method: "POST", path: "/networks/{ref}/disconnect", handle: refuseNetworks },
  // Nothing in the simulated swarm keeps data.
  { method: "GET", path: "/volumes", handle: () => ({ json: { Volumes: [], Warnings: null } }) },
  {
    method: "GET",
    path: "/secrets",
    isSwarm: true,
    handle: ({ cluster }) => ({ json: cluster.secrets.map((secret) => fileJson(secret, false)) }),
  },
  {
    method: "GET",
    path: "/configs",
    isSwarm: true,
    handle: ({ cluster }) => ({ json: cluster.configs.map((config) => fileJson(config, true)) }),
  },
  {
    method: "GET",
    path: "/configs/{ref}",
    isSwarm: true,
    handle: (call) => ({ json: fileJson(findConfig(call), true) }),
  },
];
