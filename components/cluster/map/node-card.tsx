"use client";

import { clsx } from "clsx";
import { memo } from "react";
import { roleWord } from "#components/nodes/node-parts.tsx";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { MapTask } from "#lib/shared/map/map-task.ts";
import { schoolsOf } from "#lib/shared/map/order-tasks.ts";
import type { NodeCondition, NodeLoad } from "#lib/shared/model/node-state.ts";
import type { NodeView } from "#lib/shared/model/types.ts";
import { NodeBars } from "./node-bars.tsx";
import { ActivateButton, NodeHead } from "./node-head.tsx";
import { SchoolLine } from "./school-line.tsx";
import { TaskTile } from "./task-tile.tsx";

export interface NodeCardProps {
  node: NodeView;
  condition: NodeCondition;
  /** In the order of the map, after the filter. */
  tasks: readonly MapTask[];
  /** Of all tasks of the node, filtered or not. */
  load: NodeLoad;
  density: "cards" | "compact";
  /** Id of the chosen task, when it is one of these. */
  selected: string | null;
  isFiltered: boolean;
  href: string;
  /** Opens the label editor; always the same function. */
  onLabels: (node: NodeView) => void;
}

function emptyWords({ condition, isFiltered }: NodeCardProps): string {
  if (isFiltered) return t("map.node.emptyFiltered");
  if (condition.kind === "drained") return t("map.node.emptyDrained");
  if (condition.kind === "paused") return t("map.node.emptyPaused");
  return t(condition.kind === "down" ? "map.node.emptyDown" : "map.node.empty");
}

function Tasks(props: NodeCardProps) {
  const { node, tasks, density, selected } = props;
  const label = t("map.tasksOn", { n: tasks.length, node: node.name });
  if (tasks.length === 0) {
    return (
      <div className="flex items-center justify-between gap-2.5 p-0.5 text-12 leading-[17px] text-ink-2">
        <p>{emptyWords(props)}</p>
        {node.availability !== "active" && <ActivateButton node={node} />}
      </div>
    );
  }
  if (density === "cards") {
    return (
      <ul aria-label={label} className="grid grid-cols-2 gap-[5px]">
        {tasks.map((item) => (
          <li key={item.task.id} className="contents">
            <TaskTile item={item} isSelected={item.task.id === selected} />
          </li>
        ))}
      </ul>
    );
  }
  return (
    <ul
      aria-label={label}
      className="grid grid-cols-[auto_minmax(0,1fr)_auto] gap-x-[9px] px-0.5 max-sm:grid-cols-[auto_minmax(0,1fr)_auto_auto_minmax(0,1fr)_auto] max-sm:gap-x-2"
    >
      {schoolsOf(tasks).map((school) => (
        <SchoolLine
          key={school.serviceId}
          school={school}
          selected={school.tasks.some(({ task }) => task.id === selected) ? selected : null}
        />
      ))}
    </ul>
  );
}

/** One node with its tasks. Renders again only when something it shows has changed. */
export const NodeCard = memo(
  function NodeCard(props: NodeCardProps) {
    const { node, condition, tasks, load, density, href, onLabels } = props;
    const label = t("map.node.label", {
      name: node.name,
      role: roleWord(node),
      state: say(t, condition.word),
      tasks: t("map.node.tasks", { n: tasks.length }),
    });
    return (
      <section
        data-node={node.id}
        aria-label={label}
        className={clsx("group/node h-full p-3", condition.kind, density)}
      >
        <NodeHead
          node={node}
          kind={condition.kind}
          tasks={tasks}
          density={density}
          href={href}
          onLabels={onLabels}
        />
        <div className="node-body">
          <div className={clsx("mt-[9px]", density === "cards" ? "mb-3" : "mb-2")}>
            <NodeBars node={node} load={load} narrow={density === "compact"} />
          </div>
          <Tasks {...props} />
        </div>
      </section>
    );
  },
  (a, b) =>
    a.node === b.node &&
    a.condition.kind === b.condition.kind &&
    a.density === b.density &&
    a.selected === b.selected &&
    a.isFiltered === b.isFiltered &&
    a.href === b.href &&
    a.load.running === b.load.running &&
    a.load.reservedNanoCpus === b.load.reservedNanoCpus &&
    a.load.reservedMemoryBytes === b.load.reservedMemoryBytes &&
    a.tasks.length === b.tasks.length &&
    a.tasks.every((item, index) => item === b.tasks[index]),
);
