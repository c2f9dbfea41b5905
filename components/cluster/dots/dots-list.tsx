"use client";

import { type KeyboardEvent, memo } from "react";
import { taskLabel } from "#components/cluster/map/task-words.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { MapTask } from "#lib/shared/map/map-task.ts";
import type { MapNode } from "#lib/shared/map/map-view.ts";
import type { NodeView } from "#lib/shared/model/types.ts";
import { optionId } from "./option-id.ts";
import { sameTasks } from "./same-tasks.ts";

/** Where a key goes from a task: to the next one, or to the same place of the next node that has any. */
export function stepDot(nodes: readonly MapNode[], taskId: string | null, key: string): string | null {
  const full = nodes.filter(({ tasks }) => tasks.length > 0);
  const all = full.flatMap(({ tasks }) => tasks.map(({ task }) => task.id));
  if (key === "Home") return all[0] ?? null;
  if (key === "End") return all.at(-1) ?? null;
  const at = taskId === null ? -1 : all.indexOf(taskId);
  if (at < 0) return all[0] ?? null;
  if (key === "ArrowRight") return all[at + 1] ?? null;
  if (key === "ArrowLeft") return all[at - 1] ?? null;
  const node = full.findIndex(({ tasks }) => tasks.some(({ task }) => task.id === taskId));
  const column = full[node]?.tasks.findIndex(({ task }) => task.id === taskId) ?? 0;
  const target = full[node + (key === "ArrowDown" ? 1 : -1)]?.tasks;
  return target?.[Math.min(column, target.length - 1)]?.task.id ?? null;
}

/** Up to so many options are all there; of more, those of the node with the active one and of its neighbours. */
const mostOptions = 2_000;

/** A node whose options are there, and how many stand before them. */
export interface ListedNode extends MapNode {
  readonly before: number;
}

/**
 * The nodes whose tasks are options in the page. A list of twenty thousand would be most of what the page is made of;
 * positions and the size of the set say what is not there.
 */
export function listedNodes(nodes: readonly MapNode[], active: string | null): readonly ListedNode[] {
  let before = 0;
  const full = nodes
    .filter(({ tasks }) => tasks.length > 0)
    .map((each) => {
      const listed = { ...each, before };
      before += each.tasks.length;
      return listed;
    });
  if (before <= mostOptions) return full;
  const at = full.findIndex(({ tasks }) => active !== null && tasks.some(({ task }) => task.id === active));
  return full.slice(Math.max(0, at - 1), Math.max(0, at) + 2);
}

const keys = new Set(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"]);

export interface DotsListProps {
  label: string;
  nodes: readonly MapNode[];
  active: string | null;
  selected: string | null;
  onActive: (taskId: string | null) => void;
  onSelect: (taskId: string) => void;
}

/** The same tasks as the dots, for keyboard and screen reader: not seen, in the order they are drawn. */
export function DotsList({ label, nodes, active, selected, onActive, onSelect }: DotsListProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (keys.has(event.key)) {
      const next = stepDot(nodes, active, event.key);
      if (next !== null) onActive(next);
    } else if ((event.key === "Enter" || event.key === " ") && active !== null) {
      onSelect(active);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const all = nodes.reduce((sum, { tasks }) => sum + tasks.length, 0);
  const first = nodes.find(({ tasks }) => tasks.length > 0)?.tasks[0]?.task.id ?? null;
  return (
    <div
      role="listbox"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={active === null ? undefined : optionId(active)}
      onKeyDown={onKeyDown}
      onFocus={() => onActive(active ?? selected ?? first)}
      onBlur={() => onActive(null)}
      className="sr-only"
    >
      {listedNodes(nodes, active).map(({ node, tasks, before }) => (
        <NodeOptions
          key={node.id}
          node={node}
          tasks={tasks}
          before={before}
          all={all}
          selected={tasks.some(({ task }) => task.id === selected) ? selected : null}
        />
      ))}
    </div>
  );
}

interface NodeOptionsProps {
  node: NodeView;
  tasks: readonly MapTask[];
  /** How many options stand before these, and how many there are. */
  before: number;
  all: number;
  selected: string | null;
}

function sameOptions(a: NodeOptionsProps, b: NodeOptionsProps): boolean {
  const isPart = a.all > mostOptions || b.all > mostOptions;
  const isPlace = a.before === b.before && a.all === b.all;
  return (
    a.node === b.node && a.selected === b.selected && (!isPart || isPlace) && sameTasks(a.tasks, b.tasks)
  );
}

/** Two thousand options are cheap as long as only those of a node that changed are made anew. */
const NodeOptions = memo(function NodeOptions({ node, tasks, before, all, selected }: NodeOptionsProps) {
  const isPart = all > mostOptions;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of options inside a listbox has no element of its own
    <div role="group" aria-label={t("map.tasksOn", { n: tasks.length, node: node.name })}>
      {tasks.map((item, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the listbox holds the focus and names the active option
        <div
          key={item.task.id}
          id={optionId(item.task.id)}
          role="option"
          aria-selected={item.task.id === selected}
          {...(isPart && { "aria-posinset": before + index + 1, "aria-setsize": all })}
        >
          {taskLabel(item)}
        </div>
      ))}
    </div>
  );
}, sameOptions);
