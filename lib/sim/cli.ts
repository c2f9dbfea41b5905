import { parseArgs } from "node:util";
import { machineClock } from "./clock.ts";
import { createCrowdSwarm } from "./crowd/crowd-swarm.ts";
import { isProfileName } from "./profiles/profile.ts";
import { serveSwarm } from "./start-simulator.ts";

const usage = `npm run simulate -- [options]: a simulated swarm behind the Docker API

  --nodes 20         nodes; three of them managers (one, of fewer than three)
  --services 200     services, replicated
  --tasks 1000       tasks that run, spread over the services
  --history 0        finished tasks that each place keeps
  --churn 0/s        tasks that are replaced, in a second
  --profile 26       the engine that is played: 20.10, 26 or 29 (29 is written from the changelog)
  --seed 1           the same seed, the same swarm
  --speed 1          how fast its time passes
  --engines 1        how many nodes have an engine that listens
  --listen ADDRESS   of the first: tcp://127.0.0.1:2375 or unix:///path; default a socket of its own
`;

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n\n${usage}`);
  process.exit(2);
}

function numberOf(name: string, text: string): number {
  const value = Number(text.replace(/\/s$/, ""));
  if (!Number.isFinite(value) || value < 0) fail(`--${name} needs a number, not ${text}`);
  return value;
}

function placeOf(address: string): { host: string; port: number } | { path: string } {
  const tcp = /^tcp:\/\/([^:/]+):(\d+)$/.exec(address);
  if (tcp) return { host: tcp[1] ?? "", port: Number(tcp[2]) };
  const path = /^unix:\/\/(\/.+)$/.exec(address)?.[1] ?? (address.startsWith("/") ? address : undefined);
  return path === undefined
    ? fail(`--listen needs tcp://host:port or unix:///path, not ${address}`)
    : { path };
}

async function main(): Promise<void> {
  const text = (value: string) => ({ type: "string" as const, default: value });
  const { values } = parseArgs({
    options: {
      nodes: text("20"), services: text("200"), tasks: text("1000"), history: text("0"), churn: text("0/s"), profile: text("26"),
      seed: text("1"), speed: text("1"), engines: text("1"), listen: { type: "string" }, help: { type: "boolean", default: false },
    }, // biome-ignore format: a list
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const { profile } = values;
  if (!isProfileName(profile)) fail(`--profile is one of 20.10, 26 and 29, not ${profile}`);
  const began = performance.now();
  const clock = machineClock(numberOf("speed", values.speed) || 1);
  const swarm = createCrowdSwarm({
    now: clock.now(),
    seed: numberOf("seed", values.seed),
    nodes: Math.max(1, numberOf("nodes", values.nodes)),
    services: Math.max(1, numberOf("services", values.services)),
    tasks: numberOf("tasks", values.tasks),
    history: numberOf("history", values.history),
    churnPerSecond: numberOf("churn", values.churn),
  });
  const { address, close } = await serveSwarm(swarm, {
    clock,
    profile,
    engines: Math.max(1, numberOf("engines", values.engines)),
    ...(values.listen !== undefined && { listen: placeOf(values.listen) }),
  });
  const where = address.kind === "unix" ? `unix://${address.path}` : `tcp://${address.host}:${address.port}`;
  const { nodes, services, tasks } = swarm.world;
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const memory = Math.round(process.memoryUsage.rss() / 1024 ** 2);
  process.stdout.write(
    `${nodes.size} nodes, ${services.size} services, ${tasks.size} tasks after ${seconds} s, ${memory} MB: DOCKER_HOST=${where}\n`,
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void close().then(() => process.exit(0)));
  }
}

await main();
