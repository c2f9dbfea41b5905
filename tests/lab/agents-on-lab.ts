import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AgentItem, AgentList } from "#lib/shared/api/agent-types.ts";
import { type AgentOptions, type LabAgent, startAgent } from "./agent.ts";
import type { Lab } from "./lab.ts";
import { type Shoal, startShoal } from "./shoal.ts";
import { waitFor } from "./wait.ts";

/** A server without a socket of its own, and an agent on every node of a lab. */
export interface AgentsOnLab {
  readonly shoal: Shoal;
  readonly joinKey: string;
  /** Where agents dial. */
  readonly server: string;
  readonly agents: ReadonlyMap<string, LabAgent>;
  /** Starts a further agent; `stop` ends it, too. */
  add(options: Pick<AgentOptions, "node"> & Partial<AgentOptions>): LabAgent;
  list(): Promise<readonly AgentItem[]>;
  /** Waits until the agent of a node, or the only thing known about it, is as wanted. */
  until(node: string, wanted: Partial<AgentItem>): Promise<AgentItem>;
  untilAllConnected(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts both; resolves when every node of `nodes` (default: all) is connected and the swarm was read. */
export async function startAgentsOnLab(lab: Lab, nodes: readonly string[] = lab.nodes): Promise<AgentsOnLab> {
  const folder = mkdtempSync(join(tmpdir(), "shoal-join-"));
  const joinKey = randomBytes(32).toString("base64url");
  const keyFile = join(folder, "key");
  writeFileSync(keyFile, joinKey);
  const env = { SHOAL_AGENTS_ONLY: "on", SHOAL_HOST: "0.0.0.0", SHOAL_JOIN_KEY_FILE: keyFile };
  const shoal = await startShoal({ engines: [], env });
  const server = `http://${lab.net}.254:${new URL(shoal.url).port}`;
  const agents = new Map<string, LabAgent>();
  const all: LabAgent[] = [];

  const add: AgentsOnLab["add"] = (options) => {
    const agent = startAgent({ lab, server, joinKey, ...options });
    all.push(agent);
    return agent;
  };

  async function list(): Promise<readonly AgentItem[]> {
    const { status, body } = await shoal.api("GET", "/api/v1/clusters/local/agents");
    if (status !== 200) throw new Error(`the list of agents answered ${status}`);
    return (body as AgentList).items;
  }

  const until: AgentsOnLab["until"] = (node, wanted) =>
    waitFor(`the agent of ${node} to be ${JSON.stringify(wanted)}`, async () => {
      const items = (await list()).filter(({ nodeName }) => nodeName === node);
      const fits = (item: AgentItem) =>
        Object.entries(wanted).every(([name, value]) => item[name as keyof AgentItem] === value);
      const found = items.find(fits);
      if (!found) throw new Error(JSON.stringify(items));
      return found;
    });

  async function untilAllConnected(): Promise<void> {
    for (const node of nodes) await until(node, { status: "connected", engineError: null });
    await waitFor("the swarm to be read", async () => {
      const { body } = await shoal.api("GET", "/api/v1/clusters/local");
      return (body as { phase?: string }).phase === "ready";
    });
  }

  const onLab: AgentsOnLab = {
    shoal,
    joinKey,
    server,
    agents,
    add,
    list,
    until,
    untilAllConnected,
    async stop() {
      await Promise.all(all.map((agent) => agent.stop()));
      await shoal.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  for (const node of nodes) agents.set(node, add({ node }));
  try {
    await untilAllConnected();
  } catch (error) {
    const logs = all.map((agent) => `${agent.node}:\n${agent.log().slice(-1500)}`).join("\n");
    await onLab.stop();
    throw new Error(`The agents did not come in.\n${logs}\n${shoal.log().slice(-3000)}`, { cause: error });
  }
  return onLab;
}
