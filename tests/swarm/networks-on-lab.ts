import type { WriteAnswer } from "#lib/shared/api/types.ts";
import type { NetworkDetail, NetworkList, NetworkRow } from "#lib/shared/networks/types.ts";
import { type AgentsOnLab, startAgentsOnLab } from "../lab/agents-on-lab.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { ask } from "./server-on-lab.ts";

/** A swarm of three nodes, each reached through its agent, and the calls about its networks. */
export interface NetworksOnLab {
  readonly lab: Lab;
  readonly here: AgentsOnLab;
  readonly docker: Lab["docker"];
  /** `query` with its question mark. */
  list(query?: string): Promise<NetworkList>;
  detail(ref: string): Promise<NetworkDetail>;
  make(body: object): Promise<WriteAnswer<NetworkRow>>;
  /** What the engine of a node itself says of a network. */
  inspected(node: string, name: string): Promise<InspectedNetwork>;
  stop(): Promise<void>;
}

interface InspectedNetwork {
  readonly Id: string;
  readonly Containers: Record<string, { readonly IPv4Address: string; readonly MacAddress: string }>;
}

/** The caller stops it. */
export async function startNetworksOnLab(name: string): Promise<NetworksOnLab> {
  const lab = await startLab({ name, nodes: 3, managers: 1 });
  const here = await startAgentsOnLab(lab).catch(async (error: unknown) => {
    await lab.down();
    throw error;
  });
  return {
    lab,
    here,
    docker: lab.docker,
    list: (query = "") => ask(here.shoal, "GET", `/networks${query}`),
    detail: (ref) => ask(here.shoal, "GET", `/networks/${ref}`),
    make: (body) => ask(here.shoal, "POST", "/networks", body),
    inspected: async (node, network) => JSON.parse(await lab.docker(node, "network", "inspect", network))[0],
    async stop() {
      await here.stop();
      await lab.down();
    },
  };
}

/** A row by its name and its node; null: of the swarm. */
export const findNetwork = ({ items }: NetworkList, name: string, node: string | null) =>
  items.find((row) => row.name === name && row.nodeName === node);
