"use client";

import { type CSSProperties, useId } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import type { MapState } from "#components/cluster/map-state.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { later } from "#components/ui/later.tsx";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { columnsOf, type Density } from "#lib/shared/map/density.ts";
import { isFiltered } from "#lib/shared/map/filter-map.ts";
import type { MapGroup } from "#lib/shared/map/map-view.ts";
import { indexModel } from "#lib/shared/model/index-model.ts";
import { nodeCondition, nodeLoad } from "#lib/shared/model/node-state.ts";
import type { NodeView } from "#lib/shared/model/types.ts";
import { NodeCard } from "./node-card.tsx";
import type { DensityNow } from "./use-density.ts";

// Only a big cluster is drawn as dots.
const DotsGroup = later(async () => (await import("#components/cluster/dots/dots-group.tsx")).DotsGroup);

const maxWidth = { cards: 360, compact: 280 } as const;

/** As many columns as have room, never wider than a node may be. */
function gridStyle(density: "cards" | "compact", width: number): CSSProperties {
  return { gridTemplateColumns: `repeat(${columnsOf(density, width)}, minmax(0, ${maxWidth[density]}px))` };
}

export interface GroupProps {
  group: MapGroup;
  now: DensityNow;
  state: MapState;
  /** Shows how a machine joins; null where that is not offered. */
  onAdd: (() => void) | null;
  onLabels: (node: NodeView) => void;
}

/** Nodes that stand together, under their title. */
export function Group(props: GroupProps) {
  const { group, now, state, onAdd } = props;
  const titleId = useId();
  return (
    <section aria-labelledby={titleId} className="mb-3.5">
      <div className="mb-2 flex h-4 items-center gap-2 pl-0.5">
        <h2 id={titleId} className="min-w-0 truncate text-12 font-medium text-ink-2">
          {say(t, group.title)}{" "}
          <span className="ml-1 font-normal text-ink-3">
            {group.notes.map((note) => say(t, note)).join(", ")}
          </span>
        </h2>
        {now.density === "dots" && onAdd && (
          <Button variant="ghost" size="sm" onClick={onAdd} className="-my-1.5">
            <Icon name="plus" size={14} />
            {t("map.node.add")}
          </Button>
        )}
      </div>
      {now.density === "dots" ? (
        <DotsGroup group={group} p={now.pitch} selected={state.task} onSelect={state.select} />
      ) : (
        <Cards {...props} density={now.density} />
      )}
    </section>
  );
}

function Cards({
  group,
  now,
  state,
  onAdd,
  onLabels,
  density,
}: GroupProps & { density: Exclude<Density, "dots"> }) {
  const { model, href, now: time } = useCluster();
  const { tasksByNode } = indexModel(model);
  return (
    <ul
      aria-label={t("map.nodes")}
      style={gridStyle(density, now.space.width)}
      className="grid gap-3 max-sm:grid-cols-1! max-sm:gap-2"
    >
      {group.nodes.map(({ node, tasks }) => (
        <li key={node.id} className="min-w-0">
          <NodeCard
            node={node}
            condition={nodeCondition(node, time)}
            tasks={tasks}
            load={nodeLoad(tasksByNode.get(node.id) ?? [])}
            density={density}
            selected={tasks.some(({ task }) => task.id === state.task) ? state.task : null}
            isFiltered={isFiltered(state.filter)}
            href={href(`/nodes/${encodeURIComponent(node.id)}`)}
            onLabels={onLabels}
          />
        </li>
      ))}
      {onAdd && <AddNode onAdd={onAdd} />}
    </ul>
  );
}

function AddNode({ onAdd }: { onAdd: () => void }) {
  return (
    <li className="min-w-0">
      <button
        type="button"
        onClick={onAdd}
        className="flex size-full min-h-24 flex-col items-center justify-center gap-1.5 rounded-4 border-[1.5px] border-dashed border-line-2 font-medium text-ink-3 hover:border-accent-line hover:text-accent max-sm:min-h-14"
      >
        <Icon name="plus" />
        {t("map.node.add")}
      </button>
    </li>
  );
}
