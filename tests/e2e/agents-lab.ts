import { type LabAgent, startAgent } from "../lab/agent.ts";
import type { Lab } from "../lab/lab.ts";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { test as base } from "./signed-in.ts";

interface Join {
  readonly cluster?: string;
  readonly dataDir?: string;
  readonly scope?: "read" | "operate" | "exec";
}

/** Real agents on nodes of the lab, and the server they dial. */
export interface AgentsLab {
  /** Where agents in the lab reach the server. */
  readonly address: string;
  joinKey(cluster?: string): Promise<string>;
  /** Starts an agent on a node; all are ended with the worker. */
  join(node: string, options?: Join): Promise<LabAgent>;
}

/** As `test` of signed-in.ts, on a server that uses no socket of its own: only agents lead to its clusters. */
export const test = base.extend<object, { agentsOn: AgentsLab; shoal: Shoal }>({
  shoal: [
    async ({ browserName: _ }, use) => {
      const shoal = await startShoal({
        engines: [],
        env: { SHOAL_AGENTS_ONLY: "on", SHOAL_HOST: "0.0.0.0" },
      });
      await use(shoal);
      await shoal.stop();
    },
    { scope: "worker", timeout: 90_000 },
  ],

  agentsOn: [
    async ({ lab, shoal }, use) => {
      const started: LabAgent[] = [];
      await use(agentsOn(lab, shoal, started));
      await Promise.all(started.map((agent) => agent.stop()));
    },
    { scope: "worker" },
  ],
});

function agentsOn(lab: Lab, shoal: Shoal, started: LabAgent[]): AgentsLab {
  const address = `http://${lab.net}.254:${new URL(shoal.url).port}`;
  const joinKey = async (cluster = "local") => {
    const { body } = await shoal.api("GET", `/api/v1/clusters/${cluster}/agents/join`);
    return (body as { key: string }).key;
  };
  return {
    address,
    joinKey,
    async join(node, { cluster, ...options } = {}) {
      const agent = startAgent({ lab, node, server: address, joinKey: await joinKey(cluster), ...options });
      started.push(agent);
      return agent;
    },
  };
}
