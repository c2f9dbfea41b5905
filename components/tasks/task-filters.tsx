"use client";

import "#lib/shared/i18n/pages/task-pages.ts";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { FilterBar, FilterInput } from "#components/data/filter-bar.tsx";
import { SavedFilters } from "#components/filters/saved-filters.tsx";
import { PillMenu, type PillOption } from "#components/ui/pill-menu.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { noStack, type StateName, stateChoices } from "#lib/shared/map/filter-map.ts";
import { orderedNodes } from "#lib/shared/model/index-model.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import { isInState, noNode, type TaskFilter, valuesOf } from "./task-filter.ts";
import type { TaskRow } from "./task-rows.ts";

export interface TaskFiltersProps {
  rows: readonly TaskRow[];
  filter: TaskFilter;
  onChange: (filter: TaskFilter) => void;
}

/** Text, state, service, node and stack. */
export function TaskFilters({ rows, filter, onChange }: TaskFiltersProps) {
  const { model } = useCluster();
  // Counted when a menu opens: with 20,000 rows it takes longer than a key in the filter may.
  const options = (
    key: "service" | "node" | "stack",
    names: readonly string[],
    labels: Readonly<Record<string, string>> = {},
  ): PillOption[] => {
    const counts = new Map<string, number>();
    for (const row of rows) {
      const value = valuesOf(row)[key];
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const others = [...counts.keys()].sort(compareNatural);
    return [...new Set([...names, ...others])].map((value) => ({
      value,
      label: labels[value] ?? value,
      count: counts.get(value) ?? 0,
    }));
  };
  const services = () => Object.values(model.services).map((service) => service.name);
  const nodes = () => orderedNodes(model.nodes).map((node) => node.name);
  const pill = "max-sm:hidden";
  return (
    <FilterBar>
      <FilterInput
        placeholder={t("tasks.filter.placeholder")}
        value={filter.text}
        onChange={(text) => onChange({ ...filter, text })}
      />
      <PillMenu
        label={t("services.filter.state")}
        value={filter.states}
        onChange={(states) => onChange({ ...filter, states })}
        options={() => stateOptions(rows, filter.states)}
      />
      <PillMenu
        className={pill}
        label={t("services.tasks.service")}
        value={filter.services}
        onChange={(chosen) => onChange({ ...filter, services: chosen })}
        options={() => options("service", services().sort(compareNatural))}
      />
      <PillMenu
        className={pill}
        label={t("services.filter.node")}
        value={filter.nodes}
        onChange={(nodes) => onChange({ ...filter, nodes })}
        options={() => options("node", nodes(), { [noNode]: t("services.tasks.noNode") })}
      />
      <PillMenu
        className={pill}
        label={t("services.filter.stack")}
        value={filter.stacks}
        onChange={(chosen) => onChange({ ...filter, stacks: chosen })}
        options={() => options("stack", [], { [noStack]: t("services.filter.noStack") })}
      />
      <SavedFilters page="tasks" />
    </FilterBar>
  );
}

function stateOptions(rows: readonly TaskRow[], chosen: readonly string[]): PillOption[] {
  const states = Object.keys(stateChoices) as StateName[];
  return states
    .map((state) => ({
      value: state,
      label: t(`map.filter.state.${state}`),
      count: rows.filter((row) => isInState(row, state)).length,
    }))
    .filter(({ value, count }) => count > 0 || chosen.includes(value));
}
