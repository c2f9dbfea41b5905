"use client";

import { FilterBar, FilterInput } from "#components/data/filter-bar.tsx";
import { SavedFilters } from "#components/filters/saved-filters.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { atLeisure } from "#components/ui/later.tsx";
import { Menu, MenuChoices } from "#components/ui/menu.tsx";
import { Pill, PillMenu } from "#components/ui/pill-menu.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { Density } from "#lib/shared/map/density.ts";
import { type MapFilter, noStack, type StateName, stateChoices } from "#lib/shared/map/filter-map.ts";
import { byLabel, byRole, labelKeys } from "#lib/shared/map/group-nodes.ts";
import { taskCondition } from "#lib/shared/model/task-state.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import type { MapState } from "../map-state.ts";

const MapColour = atLeisure(async () => (await import("#components/usage/map-colour.tsx")).MapColour);

function count<T>(items: readonly T[]): ReadonlyMap<T, number> {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

const atMost = (text: string) => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

interface FilterProps {
  model: ClusterModel;
  filter: MapFilter;
  onFilter: (filter: MapFilter) => void;
}

function Filters({ model, filter, onFilter }: FilterProps) {
  const tasks = Object.values(model.tasks);
  const stacks = count(tasks.map((task) => model.services[task.serviceId]?.stack ?? noStack));
  const kinds = count(
    tasks.map(
      (task) => taskCondition(task, task.nodeId === null ? undefined : model.nodes[task.nodeId]).kind,
    ),
  );
  const labels = count(
    Object.values(model.nodes).flatMap((node) => Object.entries(node.labels).map(([k, v]) => `${k}=${v}`)),
  );
  const inState = (state: string) =>
    (stateChoices[state] ?? []).reduce((sum, kind) => sum + (kinds.get(kind) ?? 0), 0);
  const pill = "max-sm:hidden";
  return (
    <>
      <PillMenu
        className={pill}
        label={t("map.filter.stack")}
        value={filter.stacks}
        onChange={(chosen) => onFilter({ ...filter, stacks: chosen })}
        options={[...stacks.keys()].sort(compareNatural).map((stack) => ({
          value: stack,
          label: stack === noStack ? t("map.filter.noStack") : atMost(stack),
          count: stacks.get(stack),
        }))}
      />
      <PillMenu
        className={pill}
        label={t("map.filter.state")}
        value={filter.states}
        onChange={(chosen) => onFilter({ ...filter, states: chosen })}
        options={(Object.keys(stateChoices) as StateName[])
          .filter((state) => inState(state) > 0 || filter.states.includes(state))
          .map((state) => ({ value: state, label: t(`map.filter.state.${state}`), count: inState(state) }))}
      />
      {(labels.size > 0 || filter.labels.length > 0) && (
        <PillMenu
          className={pill}
          label={t("map.filter.label")}
          value={filter.labels}
          onChange={(chosen) => onFilter({ ...filter, labels: chosen })}
          options={[...labels.keys()].sort(compareNatural).map((label) => ({
            value: label,
            label: atMost(label),
            count: labels.get(label),
          }))}
        />
      )}
    </>
  );
}

function GroupChoice({ model, state }: { model: ClusterModel; state: MapState }) {
  const keys = labelKeys(model.nodes);
  const options = [
    { value: byRole, label: t("map.group.role") },
    ...keys.map((key) => ({ value: byLabel(key), label: atMost(key) })),
  ];
  const chosen = options.find(({ value }) => value === state.groupBy)?.label ?? state.groupBy;
  if (keys.length === 0 && state.groupBy === byRole) return null;
  return (
    <Menu
      trigger={
        <Pill className="max-lg:hidden">
          {t("map.group.by")} <b className="max-w-32 truncate font-medium text-ink">{chosen}</b>
          <Icon name="chevron-down" size={14} className="text-ink-3" />
        </Pill>
      }
    >
      <MenuChoices value={state.groupBy} options={options} onChange={state.setGroupBy} />
    </Menu>
  );
}

export interface MapFiltersProps {
  model: ClusterModel;
  state: MapState;
  /** What "Auto" has chosen. */
  auto: Density;
  /** How many tasks of all are shown, when some are not. */
  shown: string | null;
  isLegendOpen: boolean;
  onLegend: () => void;
}

/** What to see and how: filters left, grouping and density right. */
export function MapFilters({ model, state, auto, shown, isLegendOpen, onLegend }: MapFiltersProps) {
  const { filter, setFilter } = state;
  return (
    <FilterBar className="min-h-9! pt-0! pb-2.5! max-sm:pt-1.5!">
      <FilterInput
        placeholder={t("map.filter.placeholder")}
        value={filter.text}
        onChange={(text) => setFilter({ ...filter, text })}
        className="lg:w-[286px]!"
      />
      <Filters model={model} filter={filter} onFilter={setFilter} />
      <SavedFilters page="map" />
      {shown !== null && (
        <span className="shrink-0 px-1 text-12 text-ink-3 max-sm:hidden" role="status">
          {shown}
        </span>
      )}
      <span className="flex-1 max-sm:hidden" />
      <MapColour />
      <GroupChoice model={model} state={state} />
      <Segmented
        label={t("map.density")}
        value={state.density}
        onChange={state.setDensity}
        className="max-sm:hidden"
        options={[
          { value: "auto", label: t(`map.density.auto.${auto}`) },
          { value: "cards", label: t("map.density.cards") },
          { value: "compact", label: t("map.density.compact") },
          { value: "dots", label: t("map.density.dots") },
        ]}
      />
      <Pill
        on={isLegendOpen}
        aria-expanded={isLegendOpen}
        onClick={onLegend}
        className="max-sm:hidden xl:hidden"
      >
        {t("map.legend.toggle")}
      </Pill>
    </FilterBar>
  );
}
