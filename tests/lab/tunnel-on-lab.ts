import { createEngine, type Engine } from "#lib/server/docker/engine.ts";
import { startTunnelServer, type TunnelServer } from "#lib/server/tunnel/testing/tunnel-server.ts";
import { type LabAgent, startAgent } from "./agent.ts";
import type { Lab } from "./lab.ts";
import { waitFor } from "./wait.ts";

/** The server's half of a tunnel in this process, a real agent on a node, and the node's engine over both ways. */
export interface TunnelOnLab {
  readonly agent: LabAgent;
  readonly server: TunnelServer;
  readonly direct: Engine;
  readonly tunnel: Engine;
  close(): Promise<void>;
}

/** Resolves when the agent of `node` is in and both engines are connected. */
export async function startTunnelOnLab(lab: Lab, node: string): Promise<TunnelOnLab> {
  const joinKey = "join-key-of-a-measured-tunnel-0123456789";
  const server = await startTunnelServer({ joinKey, host: "0.0.0.0" });
  const agent = startAgent({ lab, node, server: `http://${lab.net}.254:${server.port}`, joinKey });
  const close = async () => {
    await agent.stop();
    await server.close();
  };
  try {
    const target = await waitFor("the agent to come in", () => [...server.targets.values()][0]);
    await waitFor("its tunnel", () => server.ups.length > 0);
    const direct = createEngine({ kind: "unix", path: lab.socket(node), label: "socket" });
    const tunnel = createEngine({ kind: "tunnel", open: target.open, label: "tunnel" });
    await Promise.all([direct.connect(), tunnel.connect()]);
    return {
      agent,
      server,
      direct,
      tunnel,
      async close() {
        direct.close();
        tunnel.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw new Error(`No tunnel. The agent printed:\n${agent.log()}`, { cause: error });
  }
}

/** A container on a node whose export is about `megabytes` large; answers its id. */
export async function bigContainer(lab: Lab, node: string, megabytes: number): Promise<string> {
  const fill = `dd if=/dev/urandom of=/big bs=1M count=${megabytes} 2>/dev/null; touch /full; sleep 100000`;
  const id = await lab.docker(
    node,
    "run",
    "--detach",
    "--no-healthcheck",
    "--entrypoint",
    "sh",
    "lab/web:1",
    "-c",
    fill,
  );
  await waitFor("the file to be written", async () => {
    await lab.docker(node, "exec", id, "test", "-e", "/full");
    return true;
  });
  return id;
}
