import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command } from "../lab/command.ts";
import { type ConsoleOptions, openConsole, type TestConsole } from "../lab/console.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { waitFor } from "../lab/wait.ts";

/** An image with one program, `/busybox-tool`, and nothing else: no shell. */
export async function importShellLess(lab: Lab, node: string, tag: string): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "shoal-image-"));
  try {
    copyFileSync("/bin/busybox", join(dir, "busybox-tool"));
    await command("tar", ["-C", dir, "-cf", join(dir, "image.tar"), "busybox-tool"]);
    const change = 'CMD ["/busybox-tool", "sleep", "100000"]';
    await lab.docker(node, "import", "--change", change, join(dir, "image.tar"), tag);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Memory the server's process holds now, MB. */
export function residentMb(shoal: Shoal): number {
  const status = readFileSync(`/proc/${shoal.pid()}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

/** Starts a container of the lab's image that runs a command. */
export function runContainer(lab: Lab, name: string, node: string, ...args: string[]): Promise<string> {
  const options = ["--detach", "--init", "--no-healthcheck", "--name", name];
  return lab.docker(node, "run", ...options, "lab/web:1", ...args);
}

/** Waits until the engine of a node answers through its link. */
export function untilLinked(shoal: Shoal, node: string) {
  return waitFor(`${node} linked`, async () => {
    const { body } = await shoal.api("GET", "/api/v1/clusters/local/nodes");
    const { items } = body as { items: { name: string; linked: boolean }[] };
    return items.find(({ name }) => name === node)?.linked;
  });
}

/** Two nodes, a server with a link to both, and a container `box` on node2. */
export interface ConsoleLab {
  readonly lab: Lab;
  readonly shoal: Shoal;
  /** An admin's token. */
  readonly admin: string;
  /** What runs in a container, as its engine tells. */
  top(name: string, node?: string): Promise<string>;
  /** Opens a console; `closeAll` closes it. */
  open(container: string, options?: ConsoleOptions): Promise<TestConsole>;
  closeAll(): void;
  stop(): Promise<void>;
}

export async function startConsoleLab(name: string): Promise<ConsoleLab> {
  const lab = await startLab({ name, nodes: 2, managers: 1 });
  const shoal = await startShoal({ engines: [lab.host("node1"), lab.host("node2")] });
  const admin = await shoal.token("admin");
  await runContainer(lab, "box", "node2", "sleep", "100000");
  await untilLinked(shoal, "node2");
  const consoles: TestConsole[] = [];
  return {
    lab,
    shoal,
    admin,
    top: (container, node = "node2") => lab.docker(node, "top", container, "-o", "pid,args"),
    async open(container, options = {}) {
      const made = await openConsole(shoal, options.token ?? admin, container, options);
      consoles.push(made);
      return made;
    },
    closeAll() {
      for (const one of consoles.splice(0)) one.link.close();
    },
    async stop() {
      await shoal.stop();
      await lab.down();
    },
  };
}

/** A command line for the lab's shell. */
export const sh = (script: string) => ["sh", "-c", script];
