import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Lab } from "./lab.ts";
import { cleanEnvironment, NODE, nodeFlags, payload } from "./payload.ts";

export interface AgentOptions {
  readonly lab: Lab;
  /** The node it runs on: in its network, so that a cut cable cuts the agent, too. */
  readonly node: string;
  readonly server: string;
  readonly joinKey: string;
  readonly scope?: "read" | "operate" | "exec";
  readonly env?: Readonly<Record<string, string>>;
  /** Kept by the caller: a second agent with the first one's key. Without it a temporary one is made, and removed by `stop`. */
  readonly dataDir?: string;
}

/** An agent of the built payload, running inside of a node of the lab. */
export interface LabAgent {
  readonly node: string;
  readonly dataDir: string;
  /** Everything all starts have printed. */
  log(): string;
  /** Its resident memory in bytes. */
  memory(): number;
  /** Power cut: SIGKILL. The key stays. */
  kill9(): Promise<void>;
  /** Its process stands still, with its connection open, until `thaw`. */
  freeze(): void;
  thaw(): void;
  /** Starts again with the same key, after it was killed or died with its node. */
  start(): void;
  /** Ends it, and removes its temporary folder. */
  stop(): Promise<void>;
}

const script = join(import.meta.dirname, "lab.sh");

export function startAgent(options: AgentOptions): LabAgent {
  const { lab, node, server, joinKey, scope = "exec" } = options;
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "shoal-agent-"));
  const output: string[] = [];
  const env: NodeJS.ProcessEnv = {
    ...cleanEnvironment(),
    NODE_ENV: "production",
    LAB_DIR: lab.dir,
    SHOAL_SERVER: server,
    SHOAL_JOIN_KEY: joinKey,
    SHOAL_DATA_DIR: dataDir,
    SHOAL_SCOPE: scope,
    ...options.env,
  };
  let child = launch();

  function launch(): ChildProcess {
    const entry = join(dirname(payload()), "agent.mjs");
    // A group of its own: the script that enters the node and the agent inside are ended together.
    // The script forgets DOCKER_HOST, so it is set behind it.
    const words = [
      script,
      "exec",
      node,
      "env",
      `DOCKER_HOST=${lab.host(node)}`,
      NODE,
      ...nodeFlags("agent"),
      entry,
    ];
    const started = spawn("bash", words, {
      env,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [started.stdout, started.stderr])
      stream?.on("data", (chunk: Buffer) => void output.push(String(chunk)));
    return started;
  }

  const alive = () => child.exitCode === null && child.signalCode === null;
  const signal = (name: NodeJS.Signals) => {
    if (alive() && child.pid !== undefined) process.kill(-child.pid, name);
  };
  const end = async (name: NodeJS.Signals) => {
    if (!alive()) return;
    const exited = once(child, "exit", { signal: AbortSignal.timeout(10_000) });
    signal("SIGCONT");
    signal(name);
    await exited;
  };

  return {
    node,
    dataDir,
    log: () => output.join(""),
    memory: () => memoryOfGroup(child.pid ?? 0),
    kill9: () => end("SIGKILL"),
    freeze: () => signal("SIGSTOP"),
    thaw: () => signal("SIGCONT"),
    start() {
      if (!alive()) child = launch();
    },
    async stop() {
      await end("SIGKILL");
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Resident bytes of the agent among the processes of a group. */
function memoryOfGroup(group: number): number {
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (Number(fields[2]) !== group) continue;
      const command = readFileSync(`/proc/${name}/cmdline`, "utf8");
      if (!command.includes("agent.mjs") || command.startsWith("bash") || command.startsWith("nsenter"))
        continue;
      const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${name}/status`, "utf8"))?.[1];
      return Number(kilobytes ?? 0) * 1024;
    } catch {
      // It ended while we looked.
    }
  }
  return 0;
}
