import { existsSync } from "node:fs";
import { join } from "node:path";
import { command } from "./command.ts";
import { abandonedSlots, claimSlot, type LabSlot } from "./slot.ts";

const SCRIPT = join(import.meta.dirname, "lab.sh");

/** What a lab is made of. `name` is for people who look at a lab that was left behind. */
export interface LabOptions {
  readonly name: string;
  readonly nodes: number;
  readonly managers: number;
}

/**
 * A running lab: real engines joined into a real swarm. Nodes are called node1, node2, …; the first `managers` of them
 * are managers. Every method resolves when it has been done, not when the swarm has noticed: wait for that.
 */
export interface Lab extends LabSlot {
  readonly nodes: readonly string[];
  readonly managers: readonly string[];
  /** Path of the node's Docker socket. */
  socket(node: string): string;
  /** The node's engine as a DOCKER_HOST value. */
  host(node: string): string;
  /** Power cut: SIGKILL to everything on the node. */
  kill(node: string): Promise<void>;
  /** Clean shutdown of the engine. */
  stop(node: string): Promise<void>;
  /** Boots a killed or stopped node with its old data, and resolves when its engine answers. */
  start(node: string): Promise<void>;
  /** The engine accepts connections and never answers, until `thaw`. */
  freeze(node: string): Promise<void>;
  thaw(node: string): Promise<void>;
  /** Cuts the node off the network, until `heal`. Its socket still answers. */
  partition(node: string): Promise<void>;
  heal(node: string): Promise<void>;
  /** Runs the docker CLI on a node and answers its stdout. Gives up after 60 s: an election takes 15. */
  docker(node: string, ...args: string[]): Promise<string>;
  /** Runs a program in the node's own network and mounts and answers its stdout. */
  exec(node: string, ...args: string[]): Promise<string>;
  /** Removes the lab and everything it made on this machine. May be called more than once. */
  down(): Promise<void>;
}

/** Starts a lab on a free network of its own, after removing labs that killed runs have left. The caller ends it with `down`. */
export async function startLab({ name, nodes, managers }: LabOptions): Promise<Lab> {
  for (const slot of abandonedSlots()) await removeLab(slot);
  const slot = claimSlot(name);
  try {
    await script(slot, "up", String(nodes), String(managers));
  } catch (error) {
    await removeLab(slot);
    throw error;
  }
  return controls(slot, nodeNames(nodes), nodeNames(managers));
}

function controls(slot: LabSlot, nodes: readonly string[], managers: readonly string[]): Lab {
  const socket = (node: string) => join(slot.dir, node, "docker.sock");
  const act = (verb: string) => async (node: string) => {
    await script(slot, verb, node);
  };
  return {
    ...slot,
    nodes,
    managers,
    socket,
    host: (node) => `unix://${socket(node)}`,
    kill: act("kill"),
    stop: act("stop"),
    start: act("start"),
    freeze: act("freeze"),
    thaw: act("thaw"),
    partition: act("partition"),
    heal: act("heal"),
    docker: (node, ...args) => script(slot, "docker", node, ...args),
    exec: (node, ...args) => script(slot, "exec", node, ...args),
    down: () => removeLab(slot),
  };
}

function nodeNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `node${index + 1}`);
}

async function removeLab(slot: LabSlot): Promise<void> {
  if (existsSync(slot.dir)) await script(slot, "down");
}

function script({ dir, net, bridge }: LabSlot, ...args: string[]): Promise<string> {
  const env = { LAB_DIR: dir, LAB_NET: net, LAB_BR: bridge, LAB_NAME: "node" };
  return command("bash", [SCRIPT, ...args], { env, timeoutMs: args[0] === "up" ? 180_000 : 60_000 });
}
