import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "pino";
import type { LastLinesTable } from "#lib/server/db/last-lines.ts";
import type { Engine } from "#lib/server/docker/engine.ts";
import type { DockerEvent, WireTask } from "#lib/server/docker/wire.ts";
import type { TaskLastLines } from "#lib/shared/api/last-lines.ts";
import { isAppError } from "#lib/shared/errors.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";
import { taskLabel } from "../container-reader.ts";
import { type Link, nodeIdOf } from "../link.ts";
import { createFailureBudget } from "./failure-budget.ts";
import { readLastLines } from "./read-last-lines.ts";

/** What failed tasks wrote last, read from their node at once: swarm removes their containers soon. */
export interface LastLines {
  /** An engine that is linked said something about a container. */
  heard(link: Link, event: DockerEvent): void;
  /** What was kept of a task. */
  of(taskId: string): TaskLastLines | null;
  stop(): void;
}

export interface LastLinesOptions {
  readonly cluster: string;
  readonly table: LastLinesTable;
  /** A manager that answers now. Throws AppError. */
  readonly manager: () => Engine;
  readonly model: () => ClusterModel;
  readonly log: Logger;
  readonly now?: () => number;
}

const keep = { perService: 20, all: 500, days: 7 } as const;
/** Reads at the same time, and how long swarm may take to judge a container that was stopped, ms. */
const [together, judgeMs] = [8, 2_000];
/** Most stopped containers remembered. */
const mostStopped = 2_000;

interface Death {
  readonly engine: Engine;
  readonly containerId: string;
  readonly taskId: string;
  readonly skipped: number;
  readonly wasStopped: boolean;
  readonly place: Pick<TaskLastLines, "serviceId" | "serviceName" | "nodeId" | "nodeName">;
}

export function createLastLines(options: LastLinesOptions): LastLines {
  const { cluster, table, manager, log, now = Date.now } = options;
  const budget = createFailureBudget({ now });
  const stopped = new Set<string>();
  const outOfMemory = new Set<string>();
  let running = 0;
  let ended = false;

  function remember(set: Set<string>, id: string): void {
    const oldest = set.values().next().value;
    if (set.size >= mostStopped && oldest !== undefined) set.delete(oldest);
    set.add(id);
  }

  function died(link: Link, { Actor }: DockerEvent): void {
    const { ID: containerId, Attributes } = Actor;
    const wasStopped = stopped.delete(containerId);
    const ranOut = outOfMemory.has(containerId);
    const taskId = Attributes[taskLabel];
    const serviceId = Attributes["com.docker.swarm.service.id"] ?? "";
    const engine = link.engine();
    const nodeId = nodeIdOf(link);
    if (engine === null || nodeId === null || taskId === undefined || ended) return;
    if (Attributes.exitCode === "0" && !ranOut) return;
    const skipped = running < together ? budget.take(serviceId) : budget.miss(serviceId);
    if (skipped === null) return;
    const serviceName = (Attributes["com.docker.swarm.service.name"] ?? "").slice(0, 255);
    const nodeName = options.model().nodes[nodeId]?.name ?? nodeId;
    const place = { serviceId, serviceName, nodeId, nodeName };
    running += 1;
    keepDeath({ engine, containerId, taskId, skipped, wasStopped, place })
      .catch((error: unknown) => {
        if (!isAppError(error)) log.error({ err: error }, "last lines of a task could not be kept");
        else log.debug({ err: error, task: taskId }, "last lines of a task could not be read");
      })
      .finally(() => {
        running -= 1;
      });
  }

  async function keepDeath({
    engine,
    containerId,
    taskId,
    skipped,
    wasStopped,
    place,
  }: Death): Promise<void> {
    const read = await readLastLines(engine, containerId, taskId);
    // Stopped from outside: a failure only where swarm says so (a health check), not when a service is scaled down.
    if (wasStopped && !(await isFailed(taskId))) return;
    if (ended) return;
    const oomKilled = read.oomKilled || outOfMemory.delete(containerId);
    table.add(cluster, { ...read, ...place, oomKilled, taskId, containerId, skipped });
    const since = now() - keep.days * 86_400_000;
    table.prune(cluster, place.serviceId, { since, perService: keep.perService, all: keep.all });
  }

  /** Kernel and engine tell it in no order: before the end of the container, while it is being read, or after. */
  function ranOutOfMemory(containerId: string, taskId: string): void {
    remember(outOfMemory, containerId);
    table.markOutOfMemory(cluster, taskId, containerId);
  }

  async function isFailed(taskId: string): Promise<boolean> {
    await delay(judgeMs, undefined, { ref: false });
    const task = await manager().get<WireTask>(`/tasks/${taskId}`);
    return task.Status?.State === "failed";
  }

  return {
    heard(link, event) {
      const taskId = event.Actor.Attributes[taskLabel];
      if (event.Type !== "container" || taskId === undefined) return;
      if (event.Action === "kill") remember(stopped, event.Actor.ID);
      if (event.Action === "oom") ranOutOfMemory(event.Actor.ID, taskId);
      if (event.Action === "die") died(link, event);
    },
    of: (taskId) => table.of(cluster, taskId),
    stop() {
      ended = true;
    },
  };
}
