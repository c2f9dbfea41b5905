import { normaliseService } from "#lib/sim/world/normalise.ts";
import { createRandom, type Random } from "#lib/sim/world/random.ts";
import type { Swarm } from "#lib/sim/world/swarm.ts";
import { waitFor } from "../lab/wait.ts";
import { askEngine, EngineSaidNo } from "./raw-engine.ts";

/** What somebody, or fate, does to the swarm while its engines are faulty. */
export interface Happenings {
  /** One more thing happens. */
  next(): Promise<void>;
  /** Nodes that are away come back, and drained ones are active again. */
  settle(): Promise<void>;
  /** What happened, oldest first. */
  readonly story: readonly string[];
}

/** Everything goes through the manager's own socket, past what is faulty, but for what no call can do: ends and losses. */
export function createHappenings(swarm: Swarm, manager: string, seed: number): Happenings {
  const random = createRandom(seed);
  const story: string[] = [];
  const context: Context = {
    swarm,
    manager,
    random,
    made: { secrets: [], configs: [], networks: [] },
    count: 0,
  };

  return {
    story,
    async next() {
      const action = pick(random, weighted);
      if (!action) return;
      const told = await action(context).catch((error: unknown) => {
        // Two things at once, as people do them: a version that is old, an object in use. The swarm's own no.
        if (error instanceof EngineSaidNo) return error.message;
        throw error;
      });
      if (told) story.push(told);
    },
    async settle() {
      const { world } = swarm;
      atOnce(swarm, () => {
        for (const node of [...world.nodes.values()]) swarm.returnNode(node);
      });
      await waitFor("every node to be active", async () => {
        const waiting = [...world.nodes.values()].find(({ spec }) => spec.Availability !== "active");
        if (!waiting) return [...world.nodes.values()].every(({ isOff }) => !isOff);
        const spec = { ...waiting.spec, Availability: "active" };
        await askEngine(manager, "POST", `/nodes/${waiting.id}/update?version=${waiting.index}`, spec);
        return false;
      });
    },
  };
}

interface Context {
  readonly swarm: Swarm;
  readonly manager: string;
  readonly random: Random;
  readonly made: Record<"secrets" | "configs" | "networks", string[]>;
  count: number;
}

type Action = (context: Context) => Promise<string | null>;

const kill: Action = async ({ swarm, random }) => {
  const task = pick(
    random,
    [...swarm.world.tasks.values()].filter(({ state }) => state === "running"),
  );
  if (!task) return null;
  const code = Math.floor(random.between(0, 3));
  atOnce(swarm, () => swarm.life.exit(task, code));
  return `task ${task.id} ends with ${code}`;
};

const scale: Action = async (context) => {
  const replicas = Math.floor(context.random.between(0, 12));
  return changeService(context, `scaled to ${replicas}`, (spec) =>
    spec.Mode.Replicated ? { ...spec, Mode: { Replicated: { Replicas: replicas } } } : spec,
  );
};

const roll: Action = async (context) => {
  const tag = `2.${Math.floor(context.random.between(0, 100))}`;
  return changeService(context, `rolls to ${tag}`, (spec) => ({
    ...spec,
    TaskTemplate: {
      ...spec.TaskTemplate,
      ContainerSpec: { ...spec.TaskTemplate.ContainerSpec, Image: `registry.example.org/team/app:${tag}` },
    },
  }));
};

const create: Action = async ({ manager, random, ...context }) => {
  const name = `made-${seedless(context, random)}`;
  const isGlobal = random.between(0, 1) < 0.3;
  const spec = normaliseService(
    {
      Name: name,
      TaskTemplate: {
        ContainerSpec: {
          Image: "registry.example.org/team/made:1.0",
          ...(random.between(0, 1) < 0.5 && { Healthcheck: { Test: ["CMD", "true"], Interval: 3e8 } }),
        },
        RestartPolicy: { Delay: 1e9 },
      },
      Mode: isGlobal ? { Global: {} } : { Replicated: { Replicas: Math.floor(random.between(1, 6)) } },
      UpdateConfig: { Parallelism: 2, Monitor: 1e9, Order: "start-first" },
    },
    () => "",
  );
  await askEngine(manager, "POST", "/services/create", spec);
  return `service ${name} is made`;
};

const remove: Action = async ({ swarm, manager, random }) => {
  const service = pick(random, [...swarm.world.services.values()]);
  if (!service || swarm.world.services.size < 8) return null;
  await askEngine(manager, "DELETE", `/services/${service.id}`);
  return `service ${service.spec.Name} is removed`;
};

const lose: Action = async ({ swarm, random }) => {
  const nodes = [...swarm.world.nodes.values()];
  const away = nodes.find(({ isOff }) => isOff);
  if (away) {
    atOnce(swarm, () => swarm.returnNode(away));
    return `node ${away.name} is back`;
  }
  // Its socket is the one that this story itself is told through.
  const node = pick(random, nodes.slice(1));
  if (!node) return null;
  atOnce(swarm, () => swarm.loseNode(node));
  return `node ${node.name} is lost`;
};

const drain: Action = async ({ swarm, manager, random }) => {
  const node = pick(random, [...swarm.world.nodes.values()]);
  if (!node) return null;
  const word = pick(random, ["active", "active", "pause", "drain"]) ?? "active";
  await askEngine(manager, "POST", `/nodes/${node.id}/update?version=${node.index}`, {
    ...node.spec,
    Availability: word,
    Labels: { ...node.spec.Labels, turn: String(Math.floor(random.between(0, 1_000))) },
  });
  return `node ${node.name}: ${word}`;
};

const file =
  (kind: "secrets" | "configs"): Action =>
  async ({ manager, random, made, ...context }) => {
    if (made[kind].length > 3) {
      const name = made[kind].shift() ?? "";
      await askEngine(manager, "DELETE", `/${kind}/${name}`);
      return `${kind}: ${name} is removed`;
    }
    const name = `${kind}-${seedless(context, random)}`;
    await askEngine(manager, "POST", `/${kind}/create`, { Name: name, Data: "c2hvYWw=" });
    made[kind].push(name);
    return `${kind}: ${name} is made`;
  };

const network: Action = async ({ manager, random, made, ...context }) => {
  if (made.networks.length > 3) {
    const name = made.networks.shift() ?? "";
    await askEngine(manager, "DELETE", `/networks/${name}`);
    return `network ${name} is removed`;
  }
  const name = `net-${seedless(context, random)}`;
  await askEngine(manager, "POST", "/networks/create", { Name: name, Driver: "overlay" });
  made.networks.push(name);
  return `network ${name} is made`;
};

const weighted: readonly Action[] = [
  kill, kill, kill, kill, kill, kill, kill, kill, scale, scale, scale, roll, roll, create, create, remove,
  lose, lose, drain, file("secrets"), file("configs"), network,
]; // biome-ignore format: one list

type Spec =
  Swarm["world"]["services"] extends ReadonlyMap<string, infer S>
    ? S extends { spec: infer P }
      ? P
      : never
    : never;

async function changeService(
  { swarm, manager, random }: Context,
  what: string,
  change: (spec: Spec) => Spec,
): Promise<string | null> {
  const service = pick(random, [...swarm.world.services.values()]);
  if (!service) return null;
  await askEngine(
    manager,
    "POST",
    `/services/${service.id}/update?version=${service.index}`,
    change(service.spec),
  );
  return `service ${service.spec.Name}: ${what}`;
}

function atOnce({ world }: Swarm, act: () => void): void {
  world.timeline.after(0, act);
}

function seedless(_: object, random: Random): string {
  return random.id().slice(0, 8);
}

function pick<T>(random: Random, from: readonly T[]): T | undefined {
  return from[Math.floor(random.between(0, from.length))];
}
