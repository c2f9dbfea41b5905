import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AgentConfigError, loadAgentConfig } from "./config.ts";
import { dockerStream } from "./docker-stream.ts";
import { loadIdentity } from "./identity.ts";
import { createAgentLog } from "./log.ts";
import { createNodeApi } from "./node-api.ts";
import { runAgent } from "./run-agent.ts";
import { createRunningContainers } from "./usage/running-containers.ts";
import { usageRoute } from "./usage/usage-route.ts";
import { createUsageSampler } from "./usage/usage-sampler.ts";
import { volumeRoutes } from "./volumes/volume-routes.ts";

/** Entry of `shoal agent`; the build bundles it as dist/agent.mjs, apart from the server. */
async function main(): Promise<void> {
  const config = loadAgentConfig(process.env);
  const { version }: { version: string } = JSON.parse(
    readFileSync(join(import.meta.dirname, "package.json"), "utf8"),
  );
  const log = createAgentLog((line) => void process.stdout.write(line));
  const stopping = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => stopping.abort());
  if (config.server.protocol === "http:") {
    log.info(
      { server: config.server.origin },
      "plain http: whoever can listen on the way can read along; use an encrypted network or https",
    );
  }
  const identity = loadIdentity(config.dataDir);
  const { proc, cgroup, socket, dataDir } = config;
  const usage = createUsageSampler({
    proc,
    cgroup,
    // A volume of the agent's own lies with all of Docker's data: its file system is theirs.
    dataRoot: dataDir,
    containers: createRunningContainers({
      socketPath: socket,
      isAlive: (pid) => existsSync(join(proc, `${pid}`)),
    }),
  });
  const files = config.scope === "exec" ? volumeRoutes({ socket, folder: config.volumes }) : [];
  const nodeApi = createNodeApi({ version, routes: [usageRoute(usage), ...files] });
  await runAgent({
    config,
    identity,
    version,
    capabilities: nodeApi.capabilities,
    handlers: { docker: dockerStream(config, log), node: nodeApi.serve },
    log,
    signal: stopping.signal,
  });
}

await main().catch((error: unknown) => {
  const known = error instanceof AgentConfigError;
  process.stderr.write(
    `shoal agent: ${known ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exitCode = known ? 2 : 1;
});
process.exit();
