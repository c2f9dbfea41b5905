import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadAgentConfig } from "#lib/agent/config.ts";
import { dockerStream } from "#lib/agent/docker-stream.ts";
import { loadIdentity } from "#lib/agent/identity.ts";
import { createAgentLog } from "#lib/agent/log.ts";
import { createNodeApi } from "#lib/agent/node-api.ts";
import { runAgent } from "#lib/agent/run-agent.ts";
import type { AgentItem, AgentList } from "#lib/shared/api/agent-types.ts";
import { startSimulator } from "#lib/sim/start-simulator.ts";
import { type Shoal, startShoal } from "./shoal.ts";
import { waitFor } from "./wait.ts";

/** Many agents, each before the simulated engine of its own node, and a server that reaches the swarm through them alone. */
export interface AgentCrowd {
  readonly shoal: Shoal;
  list(): Promise<readonly AgentItem[]>;
  /** Resolves when every agent is connected and its engine answers. */
  untilAllConnected(): Promise<readonly AgentItem[]>;
  /** Failed tries of all agents so far: what a server met that was not there, or too busy. */
  failures(): number;
  stop(): Promise<void>;
}

/** Starts the server, then `count` (3 to 50) agents in this process; the agents may still be on their way. */
export async function startAgentCrowd(count: number): Promise<AgentCrowd> {
  const folder = mkdtempSync(join(tmpdir(), "shoal-crowd-"));
  const joinKey = randomBytes(32).toString("base64url");
  const keyFile = join(folder, "key");
  writeFileSync(keyFile, joinKey);
  const simulator = await startSimulator({ nodes: count, tasks: 4 * count });
  const shoal = await startShoal({
    engines: [],
    env: { SHOAL_AGENTS_ONLY: "on", SHOAL_JOIN_KEY_FILE: keyFile },
  });
  const stopping = new AbortController();
  let failures = 0;
  const log = createAgentLog((line) => {
    if (line.includes("not connected")) failures += 1;
  });
  const running = simulator.addresses.map((address, index) => {
    if (address.kind !== "unix") throw new Error("a crowd of agents needs Unix sockets");
    const config = loadAgentConfig({
      SHOAL_SERVER: shoal.url,
      SHOAL_JOIN_KEY: joinKey,
      SHOAL_DATA_DIR: join(folder, `agent-${index}`),
      DOCKER_HOST: `unix://${address.path}`,
    });
    const nodeApi = createNodeApi({ version: "0.1.0", routes: [] });
    return runAgent({
      config,
      identity: loadIdentity(config.dataDir),
      version: "0.1.0",
      capabilities: nodeApi.capabilities,
      handlers: { docker: dockerStream(config, log), node: nodeApi.serve },
      log,
      signal: stopping.signal,
    });
  });

  async function list(): Promise<readonly AgentItem[]> {
    const { status, body } = await shoal.api("GET", "/api/v1/clusters/local/agents");
    if (status !== 200) throw new Error(`the list of agents answered ${status}`);
    return (body as AgentList).items;
  }

  return {
    shoal,
    list,
    untilAllConnected: () =>
      waitFor(`${count} agents`, async () => {
        const items = await list();
        const there = items.filter(({ status, engineError }) => status === "connected" && !engineError);
        if (there.length !== count) throw new Error(`${there.length} of ${count}`);
        return items;
      }),
    failures: () => failures,
    async stop() {
      stopping.abort();
      await Promise.all(running);
      await shoal.stop();
      await simulator.close();
      rmSync(folder, { recursive: true });
    },
  };
}
