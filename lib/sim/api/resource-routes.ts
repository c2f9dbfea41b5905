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
