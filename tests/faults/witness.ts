import type { ClusterModel } from "#lib/shared/model/types.ts";
import { type Truth, textAt } from "./raw-engine.ts";

/**
 * What no fault may make a page show. Judged from two full reads, before the faults and after them: what is the same
 * object in the same version in both was there all the time.
 */
export function falsehoods(before: Truth, after: Truth, pictures: readonly ClusterModel[]): string[] {
  const steady = (kind: "nodes" | "services" | "tasks") => {
    const later = new Map(after[kind].map((raw) => [textAt(raw, "ID"), raw]));
    return before[kind].filter((raw) => later.has(textAt(raw, "ID")));
  };
  const unchanged = steady("tasks").filter(
    (raw) => JSON.stringify(raw) === JSON.stringify(after.tasks.find(({ ID }) => ID === raw.ID)),
  );
  const running = unchanged.filter(
    (raw) => textAt(raw, "Status", "State") === "running" && raw.DesiredState === "running",
  );
  const said = new Set<string>();
  for (const { nodes, services, tasks } of pictures) {
    for (const raw of steady("nodes"))
      if (!nodes[textAt(raw, "ID")]) said.add(`node ${textAt(raw, "ID")} vanished for a while`);
    for (const raw of steady("services"))
      if (!services[textAt(raw, "ID")]) said.add(`service ${textAt(raw, "ID")} vanished for a while`);
    for (const raw of running) {
      const task = tasks[textAt(raw, "ID")];
      if (!task) said.add(`task ${textAt(raw, "ID")} ran all the time and vanished for a while`);
      else if (task.state !== "running")
        said.add(`task ${task.id} ran all the time and was shown as ${task.state}`);
    }
  }
  return [...said];
}
