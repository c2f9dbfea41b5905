import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { createRunningContainers } from "#lib/agent/usage/running-containers.ts";
import { usageRoute } from "#lib/agent/usage/usage-route.ts";
import { createUsageSampler } from "#lib/agent/usage/usage-sampler.ts";

/**
 * The part of an agent that looks at use, as a program: `usage-probe.ts SOCKET PAUSE_MS LOOKS` asks it over HTTP so
 * often and prints `{samples, costs}`; costs are ms of CPU time a pass. Runs inside a node of the lab.
 */
const [socketPath = "", pauseMs = "1000", looks = "2"] = process.argv.slice(2);
const sampler = createUsageSampler({
  proc: "/proc",
  cgroup: "/sys/fs/cgroup",
  dataRoot: "/",
  containers: createRunningContainers({ socketPath, isAlive: (pid) => existsSync(`/proc/${pid}`) }),
});
const { path, answer } = usageRoute(sampler);
const server = createServer((request, response) => void answer(request, response, new URL("http://node")));
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as AddressInfo;

const samples: unknown[] = [];
const costs: number[] = [];
for (let look = 0; look < Number(looks); look += 1) {
  if (look > 0) await pause(Number(pauseMs));
  samples.push(await (await fetch(`http://127.0.0.1:${port}${path}`)).json());
  costs.push(sampler.lastCostMs());
}
server.close();
console.log(JSON.stringify({ samples, costs }));
