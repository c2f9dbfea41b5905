import type { LogTarget, LogTask } from "#lib/shared/logs/log-line.ts";
import { indexModel } from "#lib/shared/model/index-model.ts";
import { isLive } from "#lib/shared/model/task-state.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import { type LogTaskName, namer } from "./log-tasks.ts";

/** The tasks a log is about: those that live now, by name. */
export function tasksOfLog(
  model: ClusterModel,
  earlier: ReadonlyMap<string, LogTask>,
  targets: readonly LogTarget[],
): readonly (LogTaskName & { readonly nodeId: string })[] {
  const { tasksByService } = indexModel(model);
  const name = namer(model, earlier);
  const live = targets.flatMap(({ kind, id }) => {
    if (kind === "service") return (tasksByService.get(id) ?? []).filter(isLive);
    if (kind === "container") return earlier.get(id) ?? [];
    return model.tasks[id] ?? [];
  });
  return live
    .flatMap(({ id, nodeId }) => (nodeId === null ? [] : [{ ...name(id, nodeId), nodeId }]))
    .sort((a, b) => compareNatural(a.name, b.name));
}
