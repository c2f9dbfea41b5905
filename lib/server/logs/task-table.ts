import type { Engine } from "#lib/server/docker/engine.ts";
import { textOf } from "#lib/server/docker/hostile.ts";
import type { WireTask } from "#lib/server/docker/wire.ts";
import type { LogTarget, LogTask } from "#lib/shared/logs/log-line.ts";

/** An answer serves everybody for this long, ms. */
const freshMs = 2_000;

/** Slots and nodes of tasks, earlier ones too: lines only tell the task's id. One read serves all who ask. */
export function createTaskTable(manager: () => Engine) {
  const answers = new Map<string, { at: number; tasks: Promise<readonly LogTask[]> }>();

  async function read({ kind, id }: LogTarget): Promise<readonly LogTask[]> {
    const tasks = await manager().get<readonly WireTask[] | null>("/tasks", {
      query: { filters: { [kind === "service" ? "service" : "id"]: [id] } },
    });
    return (tasks ?? []).map((task) => ({
      id: textOf(task.ID),
      serviceId: textOf(task.ServiceID),
      slot: typeof task.Slot === "number" && task.Slot > 0 ? task.Slot : null,
      nodeId: textOf(task.NodeID) || null,
    }));
  }

  return {
    of(target: LogTarget): Promise<readonly LogTask[]> {
      const key = `${target.kind} ${target.id}`;
      const known = answers.get(key);
      if (known && Date.now() - known.at < freshMs) return known.tasks;
      for (const [other, { at }] of answers) if (Date.now() - at >= freshMs) answers.delete(other);
      const tasks = read(target);
      answers.set(key, { at: Date.now(), tasks });
      return tasks;
    },
  };
}
