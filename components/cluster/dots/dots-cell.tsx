"use client";

import { clsx } from "clsx";
import { memo } from "react";
import { useHoveredService } from "#components/cluster/map-state.ts";
import { useNodeUse } from "#components/cluster/map-use.ts";
import { CapacityBar } from "#components/ui/capacity-bar.tsx";
import { ListLink } from "#components/ui/list-link.tsx";
import { RoleMark } from "#components/ui/mark.tsx";
import { formatBytes, formatCpu } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { MapTask } from "#lib/shared/map/map-task.ts";
import {
  type NodeCondition,
  type NodeKind,
  type NodeLoad,
  nodeRoleKind,
} from "#lib/shared/model/node-state.ts";
import type { NodeView } from "#lib/shared/model/types.ts";
import { type DotCell, sameCell } from "./dot-layout.ts";
import { sameTasks } from "./same-tasks.ts";

const hatch =
  "bg-[repeating-linear-gradient(135deg,transparent_0_6px,color-mix(in_oklab,var(--line-2)_45%,transparent)_6px_7px)]";
const edge = "shadow-[0_0_0_1px_color-mix(in_oklab,var(--line)_80%,transparent)]";
const dashed = "outline-[1.5px] -outline-offset-1 outline-dashed outline-line-2";

const looks: Readonly<Record<NodeKind, string>> = {
  ready: clsx("bg-surface", edge),
  unreachable: clsx("bg-surface", edge),
  paused: clsx("bg-surface", dashed),
  drained: clsx(hatch, dashed),
  down: "bg-bad-soft shadow-[inset_0_0_0_1.5px_var(--bad-line)]",
  unknown: clsx("bg-surface opacity-60", edge),
  stale: clsx("bg-surface opacity-60", edge),
};

function emptySentence(kind: NodeKind): string {
  if (kind === "drained") return t("map.node.emptyDrained");
  if (kind === "paused") return t("map.node.emptyPaused");
  return kind === "down" ? t("map.node.emptyDown") : t("map.node.empty");
}

const words = {
  down: "map.node.down",
  drained: "map.node.drained",
  paused: "map.node.paused",
  unreachable: "map.node.unreachable",
  unknown: "map.node.silent",
  stale: "map.node.silent",
} as const;

/** What is special about the node, in a word; null for one that is simply ready. */
function wordOf(node: NodeView, kind: NodeKind): string | null {
  if (kind !== "ready") return t(words[kind]);
  return node.leader ? t("map.node.leader") : null;
}

/** How many tasks; while a service is lit, how many of it. */
function Count({ tasks }: { tasks: readonly MapTask[] }) {
  const lit = useHoveredService();
  const count = lit === null ? tasks.length : tasks.filter(({ task }) => task.serviceId === lit).length;
  if (count === 0) return null;
  return (
    <span className={clsx("ml-auto text-11", lit === null ? "text-ink-3" : "font-medium text-ink")}>
      {count}
    </span>
  );
}

interface BarProps {
  name: string;
  reserved: number;
  total: number;
  used: number | null;
  format: (value: number) => string;
}

function Bar({ name, reserved, total, used, format }: BarProps) {
  const words = { label: name, reserved: format(reserved), total: format(total) };
  return (
    <CapacityBar
      thin
      label={
        used === null ? t("nodes.load.of", words) : t("nodes.load.usedOf", { ...words, used: format(used) })
      }
      reserved={total > 0 ? reserved / total : 0}
      used={used === null || total === 0 ? undefined : used / total}
    />
  );
}

function Bars({ node, load }: { node: NodeView; load: NodeLoad }) {
  const use = useNodeUse(node.id);
  const cpu = use?.cpu ?? null;
  return (
    <div className="mt-1.5 grid grid-cols-2 gap-[5px]">
      <Bar
        name={t("map.node.cpu")}
        reserved={load.reservedNanoCpus}
        total={node.nanoCpus}
        used={cpu === null ? null : cpu * 1e9}
        format={(value) => formatCpu(value)}
      />
      <Bar
        name={t("map.node.memory")}
        reserved={load.reservedMemoryBytes}
        total={node.memoryBytes}
        used={use?.memory ?? null}
        format={(value) => formatBytes(value)}
      />
    </div>
  );
}

export interface DotsCellProps {
  node: NodeView;
  condition: NodeCondition;
  /** After the filter. */
  tasks: readonly MapTask[];
  /** Of all tasks of the node, filtered or not. */
  load: NodeLoad;
  cell: DotCell;
  /** Page of the node. */
  href: string;
}

/** A node among the dots, without its dots: name, state, and what of it is reserved. */
export const DotsCell = memo(
  function DotsCell({ node, condition, tasks, load, cell, href }: DotsCellProps) {
    const { kind } = condition;
    const word = wordOf(node, kind);
    return (
      <section
        data-node={node.id}
        aria-label={node.name}
        className={clsx("absolute rounded-3 px-[9px] py-2", looks[kind])}
        style={{ left: cell.left, top: cell.top, width: cell.width, height: cell.height }}
      >
        <div className="flex h-4 min-w-0 items-center gap-[5px] text-12">
          <RoleMark role={nodeRoleKind(node)} size={10} />
          <ListLink href={href} title={node.name} className="min-w-0 truncate font-semibold hover:underline">
            {node.name}
          </ListLink>
          {word !== null && (
            <span
              className={clsx("shrink-0 text-11 font-medium", kind === "down" ? "text-bad" : "text-ink-3")}
            >
              {word}
            </span>
          )}
          <Count tasks={tasks} />
        </div>
        <Bars node={node} load={load} />
        {tasks.length === 0 && <p className="mt-2 truncate text-12 text-ink-3">{emptySentence(kind)}</p>}
      </section>
    );
  },
  (a, b) =>
    a.node === b.node &&
    a.condition.kind === b.condition.kind &&
    a.load.reservedNanoCpus === b.load.reservedNanoCpus &&
    a.load.reservedMemoryBytes === b.load.reservedMemoryBytes &&
    sameCell(a.cell, b.cell) &&
    sameTasks(a.tasks, b.tasks),
);
