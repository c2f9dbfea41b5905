"use client";

import { useMemo, useRef, useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useMapState } from "#components/cluster/map-state.ts";
import { ChosenTask } from "#components/cluster/task/chosen-task.tsx";
import { useServiceActions } from "#components/services/use-service-actions.tsx";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { shapeOf } from "#lib/shared/map/density.ts";
import { isFiltered } from "#lib/shared/map/filter-map.ts";
import { mapChips } from "#lib/shared/map/map-chips.ts";
import { mapView, taskOrder } from "#lib/shared/map/map-view.ts";
import { clusterSentence, healthOfAll } from "#lib/shared/model/cluster-summary.ts";
import { Legend } from "./legend.tsx";
import { MapFilters } from "./map-filters.tsx";
import { MapHead } from "./map-head.tsx";
import "./map.css";
import { later } from "#components/ui/later.tsx";
import { Sea } from "./sea.tsx";
import { laneHeight } from "./unplaced-lane.tsx";
import { useDensity } from "./use-density.ts";
import { useLighting } from "./use-lighting.ts";
import { useMapKeys } from "./use-map-keys.ts";

const TaskPopover = later(async () => (await import("#components/cluster/task-popover.tsx")).TaskPopover);

/** The home of a cluster: every node with its tasks, live, with the services beside them. */
export function MapPage() {
  const { model, now, freshness, may } = useCluster();
  const state = useMapState();
  const actions = useServiceActions();
  const [isLegendOpen, setLegendOpen] = useState(false);
  const sea = useRef<HTMLDivElement>(null);

  const healths = healthOfAll(model, now);
  const services = useMemo(() => Object.values(model.services), [model.services]);
  const view = mapView(model, {
    filter: state.filter,
    groupBy: state.groupBy,
    healthOf: (id) => healths.get(id)?.kind,
    now,
  });
  const density = useDensity(sea, state.density, (space) =>
    shapeOf(view, laneHeight(view.unplaced, space.width), may("swarm.tokens")),
  );
  useLighting(model.services);
  useMapKeys(state, model, actions);
  return (
    <>
      <MapHead
        sentence={say(t, clusterSentence(model, healths, now))}
        chips={mapChips(model, healths, now)}
        freshness={freshness}
        filter={state.filter}
        onFilter={state.setFilter}
      />
      <MapFilters
        model={model}
        state={state}
        auto={density.auto}
        shown={isFiltered(state.filter) ? t("map.filter.shown", { shown: view.shown, n: view.total }) : null}
        isLegendOpen={isLegendOpen}
        onLegend={() => setLegendOpen((open) => !open)}
      />
      <div className="relative flex min-h-0 flex-1">
        <Sea ref={sea} view={view} now={density} state={state} />
        <Legend services={services} healths={healths} actions={actions} isOpen={isLegendOpen} />
      </div>
      <TaskPopover />
      <ChosenTask task={state.task} order={taskOrder(view)} onSelect={state.select} />
    </>
  );
}
