import { timeOf } from "#lib/server/docker/hostile.ts";
import { isOver, mapTask, stateOf } from "#lib/server/docker/map-task.ts";
import type { WireTask } from "#lib/server/docker/wire.ts";
import type { TaskView } from "#lib/shared/model/types.ts";

/** Tasks that are over, newest first. A slot of 0 is none: tasks do not say the mode of their service. */
export function earlierTasks(tasks: readonly WireTask[]): readonly TaskView[] {
  const places = Map.groupBy(tasks, (task) => `${task.ServiceID} ${task.Slot ?? task.NodeID}`);
  const failed = (task: WireTask) => ["failed", "rejected"].includes(stateOf(task));
  return tasks
    .filter((task) => isOver(stateOf(task)))
    .sort((a, b) => timeOf(b.Status?.Timestamp) - timeOf(a.Status?.Timestamp))
    .flatMap((task) => {
      const failures = (places.get(`${task.ServiceID} ${task.Slot ?? task.NodeID}`) ?? []).filter(failed);
      const times = failures.map((each) => timeOf(each.Status?.Timestamp)).filter((time) => time > 0);
      const view = mapTask(task, {
        slot: task.Slot && task.Slot > 0 ? task.Slot : null,
        health: "none",
        // What is over was replaced, or will be: nobody asks which version it was of.
        upToDate: false,
        failures: failures.length,
        failuresSince: times.length > 0 ? Math.min(...times) : null,
      });
      return view ? [view] : [];
    });
}
