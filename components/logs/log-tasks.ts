import type { LogTask } from "#lib/shared/logs/log-line.ts";
import { shortName } from "#lib/shared/model/index-model.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";
import { taskHue } from "./task-hue.ts";

/** A task as the log names it. */
export interface LogTaskName {
  readonly id: string;
  /** "api.1", or the start of its id while the swarm does not say more. */
  readonly name: string;
  /** Name of its node, or the start of its id. */
  readonly node: string;
  readonly hue: number;
}

/** Names of tasks, from the live picture and from what the log itself was told about earlier ones. */
export function namer(
  model: ClusterModel,
  earlier: ReadonlyMap<string, LogTask>,
): (taskId: string, nodeId: string) => LogTaskName {
  const known = new Map<string, LogTaskName>();
  const make = (taskId: string, nodeId: string): LogTaskName => {
    const task = model.tasks[taskId] ?? earlier.get(taskId);
    const service = task && model.services[task.serviceId];
    const place = task?.nodeId ?? nodeId;
    const slot = task?.slot ?? null;
    const own = earlier.get(taskId)?.name;
    const base = own ?? (service ? shortName(service) : taskId.slice(0, 12));
    return {
      id: taskId,
      name: service && slot !== null && slot !== 0 ? `${base}.${slot}` : base,
      node: model.nodes[place]?.name ?? place.slice(0, 8),
      hue: taskHue(service?.color.hue ?? 10, slot, place),
    };
  };
  return (taskId, nodeId) => {
    const name = known.get(taskId) ?? make(taskId, nodeId);
    known.set(taskId, name);
    return name;
  };
}
