import { setTimeout as delay } from "node:timers/promises";
import type { ActionContext } from "#lib/server/cluster/actions/context.ts";
import type { Revision } from "#lib/server/db/revisions.ts";
import { parseEndpoint } from "#lib/server/docker/endpoint.ts";
import { createEngine, type Engine } from "#lib/server/docker/engine.ts";
import { mapNode } from "#lib/server/docker/map-node.ts";
import { mapService } from "#lib/server/docker/map-service.ts";
import { projectTasks } from "#lib/server/docker/map-task.ts";
import type { WireNode, WireService, WireTask } from "#lib/server/docker/wire.ts";
import type { Caller } from "#lib/server/runtime-types.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";
import type { Lab } from "../lab/lab.ts";

/** Who acts in these tests. */
export const tester: Caller = {
  userId: "u1",
  name: "tester",
  role: "admin",
  access: { role: "admin", clusters: {} },
  via: "session",
  credentialId: "s1",
  address: "127.0.0.1",
};

/** The actions' view of a lab, without the live model: the picture is what `refresh` read last. */
export interface LabContext extends ActionContext {
  readonly engines: ReadonlyMap<string, Engine>;
  readonly revisions: Revision[];
  /** Reads nodes, services and tasks. */
  refresh(): Promise<void>;
  close(): void;
}

/** Connects to every node of the lab. `manager()` takes the managers in turns, as a failover would. The caller closes it. */
export async function labContext(lab: Lab): Promise<LabContext> {
  const engines = new Map(lab.nodes.map((node) => [node, createEngine(parseEndpoint(lab.socket(node)))]));
  await Promise.all([...engines.values()].map((engine) => engine.connect()));
  const revisions: Revision[] = [];
  let model = emptyModel;
  let turn = 0;
  const engineNamed = (name: string): Engine => {
    const engine = engines.get(name);
    if (!engine) throw new Error(`the lab has no ${name}`);
    return engine;
  };
  const context: LabContext = {
    clusterId: "lab",
    engines,
    revisions,
    manager: () => engineNamed(lab.managers[turn++ % lab.managers.length] ?? ""),
    ownEngine: () => engineNamed("node1"),
    engineOfNode: (id) => engines.get(model.nodes[id]?.name ?? "") ?? null,
    model: () => model,
    self: () => null,
    registryAuth: () => null,
    operatorHostAccess: false,
    history: null,
    beginRevision: (revision) => {
      revisions.push(revision);
      const drop = () => void revisions.splice(revisions.indexOf(revision), 1);
      return { confirm: () => undefined, drop };
    },
    changed: () => {},
    sleep: (ms) => delay(ms),
    now: () => Date.now(),
    refresh: async () => {
      model = await readModel(engineNamed("node1"));
    },
    close: () => {
      for (const engine of engines.values()) engine.close();
    },
  };
  await context.refresh();
  return context;
}

// The parts of `info` are not looked at by actions.
const emptyModel = { seq: 0, info: {}, nodes: {}, services: {}, tasks: {} } as unknown as ClusterModel;

async function readModel(engine: Engine): Promise<ClusterModel> {
  const nodes = (await engine.get<WireNode[]>("/nodes")).map((node) =>
    mapNode(node, { linked: true, stateSince: null }),
  );
  const wires = await engine.get<WireService[]>("/services", { query: { status: true } });
  const services = wires.map((wire) => mapService(wire, { color: { hue: 1, marking: 0 }, isShoal: false }));
  const allTasks = await engine.get<WireTask[]>("/tasks");
  const tasks = wires.flatMap((wire) =>
    projectTasks(
      allTasks.filter((task) => task.ServiceID === wire.ID),
      wire,
    ),
  );
  return { ...emptyModel, nodes: byId(nodes), services: byId(services), tasks: byId(tasks) };
}

function byId<T extends { readonly id: string }>(items: readonly (T | null)[]): Record<string, T> {
  return Object.fromEntries(items.flatMap((item) => (item === null ? [] : [[item.id, item]])));
}
