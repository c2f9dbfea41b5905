import { markingOf } from "#components/cluster/marking.ts";
import { Icon } from "#components/ui/icon.tsx";
import type { IconName } from "#components/ui/icon-paths.ts";
import { HealthMark, RoleMark, TaskMark } from "#components/ui/mark.tsx";
import type { EventGroup } from "#lib/shared/events/group-events.ts";
import type { ClusterEvent, EventSeverity } from "#lib/shared/events/types.ts";
import { nodeRoleKind } from "#lib/shared/model/node-state.ts";
import type { TaskKind } from "#lib/shared/model/task-state.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";
import { serviceOf } from "./event-links.ts";

const taskKinds: Readonly<Record<string, TaskKind>> = {
  placed: "starting",
  running: "running",
  failed: "failed",
  rejected: "rejected",
  complete: "complete",
  shutdown: "shutdown",
  lost: "orphaned",
  waiting: "pending",
  unhealthy: "unhealthy",
  healthy: "running",
  oom: "failed",
  removed: "shutdown",
};

const icons: Partial<Record<ClusterEvent["kind"], IconName>> = {
  container: "services",
  network: "plug",
  secret: "key",
  config: "tasks",
};

/** The mark of one event: the task's own shape in its service's hue, the node's role, or a plain icon. */
export function EventMark({ event, model }: { event: ClusterEvent; model: ClusterModel }) {
  const service = serviceOf(model, event);
  if (event.kind === "task" || event.kind === "service") {
    return (
      <TaskMark
        state={taskKinds[event.action] ?? "running"}
        hue={service?.color.hue}
        marking={service ? markingOf(service.color) : undefined}
      />
    );
  }
  if (event.kind === "node" || event.kind === "cluster") {
    if (event.severity !== "info") {
      return <HealthMark health={event.severity === "bad" ? "failing" : "unhealthy"} size={12} />;
    }
    const node = event.nodeId === null ? undefined : model.nodes[event.nodeId];
    if (event.kind === "node") return <RoleMark role={node ? nodeRoleKind(node) : "worker"} />;
    return <HealthMark health="healthy" size={12} />;
  }
  return <Icon name={icons[event.kind] ?? "info"} size={14} className="text-ink-3" />;
}

/** The mark of a story: that of its lead, or its trouble. */
export function GroupMark({
  group,
  severity,
  model,
}: {
  group: EventGroup;
  severity: EventSeverity;
  model: ClusterModel;
}) {
  if (group.type === "change" && severity !== "info") {
    return <HealthMark health={severity === "bad" ? "failing" : "paused"} size={12} />;
  }
  if (group.type === "drain") return <Icon name="drain" size={14} className="text-ink-2" />;
  const last = group.events.at(-1) ?? group.lead;
  // Of single tasks the last word counts, of stories what began them.
  return <EventMark event={group.type === "tasks" ? last : group.lead} model={model} />;
}
