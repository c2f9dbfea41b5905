// The lab for people, see scripts/lab.mjs: a swarm, the sample stacks, Shoal, and one page of what to do with them.
import { once } from "node:events";
import { parseArgs } from "node:util";
import { type Lab, startLab } from "./lab.ts";
import { deploySampleStacks } from "./sample-stacks.ts";
import { type Shoal, startShoal } from "./shoal.ts";

const USAGE = "Usage: npm run lab -- [--nodes 3] [--managers 1] [--port 9000]";
const say = (text: string) => process.stdout.write(`${text}\n`);

function numbers(): { nodes: number; managers: number; port: number } {
  const options = {
    nodes: { type: "string" },
    managers: { type: "string" },
    port: { type: "string" },
  } as const;
  const { values } = parseArgs({ options });
  const number = (name: keyof typeof options, fallback: number, min: number, max: number) => {
    const value = Number(values[name] ?? fallback);
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    throw new Error(`--${name} "${values[name]}": a whole number from ${min} to ${max}.`);
  };
  const nodes = number("nodes", 3, 1, 50);
  return {
    nodes,
    managers: number("managers", 1, 1, Math.min(nodes, 9)),
    port: number("port", 9000, 0, 65_535),
  };
}

function greeting(lab: Lab, shoal: Shoal): string {
  return `
  Shoal     ${shoal.url}
  User      ${shoal.user}
  Password  ${shoal.password}

  Try the command line on it:  DOCKER_HOST=${lab.host("node1")} docker node ls
  Break a node:                LAB_DIR=${lab.dir} bash tests/lab/lab.sh kill ${lab.nodes.at(-1)}
                               (start, stop, freeze, thaw, partition and heal work the same way)
  Ctrl-C removes everything.
`;
}

async function main(): Promise<void> {
  const { nodes, managers, port } = numbers();
  const ended = new AbortController();
  // Kept for good: an impatient second Ctrl-C must not leave half a lab behind.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => ended.abort());
  const untilEnd = once(ended.signal, "abort");

  say(`Starting ${nodes} engines, ${managers} of them as managers …`);
  const lab = await startLab({ name: "npm run lab", nodes, managers });
  let shoal: Shoal | undefined;
  try {
    if (!ended.signal.aborted) say("Deploying the sample stacks …");
    if (!ended.signal.aborted) await deploySampleStacks(lab);
    if (!ended.signal.aborted) say("Starting Shoal …");
    if (!ended.signal.aborted) {
      shoal = await startShoal({ engines: lab.managers.map(lab.host), env: { SHOAL_PORT: String(port) } });
      say(greeting(lab, shoal));
      await untilEnd;
    }
  } finally {
    say("\nRemoving the lab …");
    await shoal?.stop().catch((error: unknown) => say(String(error)));
    await lab.down();
    say("Removed.");
  }
}

main().catch((error: unknown) => {
  say(error instanceof Error ? `${error.message}\n${USAGE}` : String(error));
  process.exitCode = 1;
});
