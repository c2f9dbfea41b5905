import type { Engine } from "#lib/server/docker/engine.ts";
import type { WireService, WireTask } from "#lib/server/docker/wire.ts";
import type { WireContainerInspect } from "#lib/server/docker/wire-container.ts";
import { AppError, isAppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { LogTarget } from "#lib/shared/logs/log-line.ts";
import type { TargetFacts } from "./log-follower.ts";

const beforeStart = new Set([
  "new",
  "allocated",
  "pending",
  "assigned",
  "accepted",
  "preparing",
  "ready",
  "starting",
]);
const over = new Set(["complete", "shutdown", "failed", "rejected", "remove", "orphaned"]);

/** What a target is now. Throws not_found when it is gone. */
export async function inspectTarget(engine: Engine, { kind, id }: LogTarget): Promise<TargetFacts> {
  const path = `/${kind}s/${encodeURIComponent(id)}`;
  if (kind === "service") {
    const service = await orGone(engine.get<WireService>(path), kind, id);
    const tasks = await engine.get<readonly WireTask[] | null>("/tasks", {
      query: { filters: { service: [id] } },
    });
    const started = (tasks ?? []).filter((task) => !beforeStart.has(String(task.Status?.State)));
    return {
      tty: service.Spec?.TaskTemplate?.ContainerSpec?.TTY === true,
      isOver: false,
      started: new Set(started.map((task) => task.ID ?? "")),
      taskIds: (tasks ?? []).flatMap((task) => (task.ID && task.NodeID ? [task.ID] : [])),
    };
  }
  if (kind === "container") {
    const { State, Config } = await engine.get<WireContainerInspect>(`${path}/json`);
    return {
      tty: Config?.Tty === true,
      isOver: State?.Running !== true && State?.Restarting !== true,
      started: new Set([id]),
      taskIds: [id],
    };
  }
  const task = await orGone(engine.get<WireTask>(path), kind, id);
  return {
    tty: task.Spec?.ContainerSpec?.TTY === true,
    isOver: over.has(String(task.Status?.State)),
    started: new Set([id]),
    taskIds: [id],
  };
}

async function orGone<T>(answer: Promise<T>, kind: LogTarget["kind"], id: string): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!isAppError(error) || error.code !== "not_found") throw error;
    throw new AppError(
      "not_found",
      t(kind === "task" ? "logs.error.noTask" : "logs.error.noService", { id }),
      {
        cause: error,
      },
    );
  }
}
