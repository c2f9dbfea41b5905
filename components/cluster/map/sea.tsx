"use client";

import { clsx } from "clsx";
import { type MouseEvent, type RefObject, useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import type { MapState } from "#components/cluster/map-state.ts";
import { Currents } from "#components/states/currents.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { later } from "#components/ui/later.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { isFiltered, noFilter } from "#lib/shared/map/filter-map.ts";
import type { MapView } from "#lib/shared/map/map-view.ts";
import type { NodeView } from "#lib/shared/model/types.ts";
import { Group } from "./map-group.tsx";
import { UnplacedLane } from "./unplaced-lane.tsx";
import type { DensityNow } from "./use-density.ts";
import { useTaskFocus } from "./use-map-keys.ts";

// Loaded when they are opened, and motion once the map is there to be moved.
const JoinDialog = later(async () => (await import("#components/nodes/join-dialog.tsx")).JoinDialog);
const LabelEditor = later(async () => (await import("#components/nodes/label-editor.tsx")).LabelEditor);
const MotionLayer = later(
  async () => (await import("#components/cluster/motion/motion-layer.tsx")).MotionLayer,
);

/** What is said when the map has nothing to show, or nothing but empty nodes. */
function Nothing({ view, state }: { view: MapView; state: MapState }) {
  const { model } = useCluster();
  if (view.groups.length === 0 && view.unplaced.length === 0 && isFiltered(state.filter)) {
    return (
      <EmptyState
        icon="search"
        title={t("common.noMatch")}
        action={<Button onClick={() => state.setFilter(noFilter)}>{t("common.clearFilter")}</Button>}
      />
    );
  }
  if (Object.keys(model.services).length > 0) return null;
  return <EmptyState icon="services" title={t("map.empty")} className="pt-4" />;
}

export interface SeaProps {
  ref: RefObject<HTMLDivElement | null>;
  view: MapView;
  now: DensityNow;
  state: MapState;
}

/** The water with the nodes: scrolls, and hears the clicks and arrow keys of all tasks. */
export function Sea({ ref, view, now, state }: SeaProps) {
  const { model, may } = useCluster();
  const [isJoinOpen, setJoinOpen] = useState<boolean | null>(null);
  const [edited, setEdited] = useState<NodeView | null>(null);
  const keys = useTaskFocus(ref);
  const openJoin = may("swarm.tokens") ? () => setJoinOpen(true) : null;
  const open = ({ target }: MouseEvent) => {
    const task = target instanceof Element ? target.closest<HTMLElement>("[data-task]") : null;
    if (task?.dataset.task) state.select(task.dataset.task);
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the buttons inside act; this only listens for all of them */}
      <div
        ref={ref}
        data-slot="sea"
        data-density={now.density}
        onClick={open}
        onFocus={keys.onFocus}
        onKeyDown={keys.onKeyDown}
        className="sea relative min-h-0 min-w-0 flex-1 overflow-x-hidden overflow-y-auto"
      >
        <div className="relative min-h-full">
          <Currents />
          <div
            key={now.density}
            className={clsx(
              "relative px-5 pt-3.5 pb-1.5 max-sm:px-3 max-sm:pt-3",
              now.hasSwitched && "animate-[shoal-fade-in_var(--d-2)_var(--ease)]",
            )}
          >
            <UnplacedLane groups={view.unplaced} selected={state.task} />
            {view.groups.map((group, index) => (
              <Group
                key={group.key}
                group={group}
                now={now}
                state={state}
                onAdd={index === view.groups.length - 1 ? openJoin : null}
                onLabels={setEdited}
              />
            ))}
            <Nothing view={view} state={state} />
          </div>
          <MotionLayer />
        </div>
      </div>
      {isJoinOpen !== null && <JoinDialog open={isJoinOpen} onOpenChange={setJoinOpen} />}
      {edited && (
        <LabelEditor
          node={model.nodes[edited.id] ?? edited}
          open
          onOpenChange={(isOpen) => !isOpen && setEdited(null)}
        />
      )}
    </>
  );
}
