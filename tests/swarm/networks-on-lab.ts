import type { NetworkList } from "#lib/shared/networks/types.ts";
import type { Lab } from "../lab/lab.ts";

/** A row by its name and its node; null: of the swarm. */
export const findNetwork = ({ items }: NetworkList, name: string, node: string | null) =>
  items.find((row) => row.name === name && row.nodeName === node);

/** What the engine of a node itself says of a network. */
export async function inspectNetwork(lab: Lab, node: string, name: string) {
  return JSON.parse(await lab.docker(node, "network", "inspect", name))[0] as {
    Id: string;
    Containers: Record<string, { IPv4Address: string; MacAddress: string }>;
  };
}
