"use client";

import "#lib/shared/i18n/pages/containers.ts";
import { FilterBar, FilterInput } from "#components/data/filter-bar.tsx";
import { SavedFilters } from "#components/filters/saved-filters.tsx";
import { PillMenu, type PillOption } from "#components/ui/pill-menu.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { containerKinds } from "#lib/shared/containers/condition.ts";
import type { ContainerNode } from "#lib/shared/containers/types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import { type ContainerFilter, groupOf, noGroup, originOf, origins } from "./container-filter.ts";
import type { ContainerRow } from "./container-rows.ts";

export interface ContainerFiltersProps {
  rows: readonly ContainerRow[];
  nodes: readonly ContainerNode[];
  filter: ContainerFilter;
  onChange: (filter: ContainerFilter) => void;
}

/** Text, of services or not, state, node, and stack or project. */
export function ContainerFilters({ rows, nodes, filter, onChange }: ContainerFiltersProps) {
  const counts = (of: (row: ContainerRow) => string) => {
    const found = new Map<string, number>();
    for (const row of rows) found.set(of(row), (found.get(of(row)) ?? 0) + 1);
    return found;
  };
  const states = counts((row) => row.condition.kind);
  const byNode = counts((row) => row.container.nodeName);
  const groups = counts(groupOf);
  const byOrigin = counts(originOf);
  const option = (value: string, label: string, count = 0): PillOption => ({ value, label, count });
  const pill = "max-sm:hidden";
  return (
    <FilterBar>
      <FilterInput
        placeholder={t("containers.filter.placeholder")}
        value={filter.text}
        onChange={(text) => onChange({ ...filter, text })}
      />
      {byOrigin.size > 1 || filter.origin !== null ? (
        <Segmented
          label={t("containers.filter.origin")}
          value={filter.origin ?? "all"}
          onChange={(value) => onChange({ ...filter, origin: value === "all" ? null : value })}
          options={[
            { value: "all" as const, label: t("containers.filter.all") },
            ...origins.map((value) => ({ value, label: t(`containers.filter.${value}`) })),
          ]}
        />
      ) : null}
      <PillMenu
        label={t("services.filter.state")}
        value={filter.states}
        onChange={(chosen) => onChange({ ...filter, states: chosen })}
        options={containerKinds
          .filter((kind) => states.has(kind) || filter.states.includes(kind))
          .map((kind) => option(kind, t(`containers.kind.${kind}`), states.get(kind)))}
      />
      <PillMenu
        className={pill}
        label={t("services.filter.node")}
        value={filter.nodes}
        onChange={(chosen) => onChange({ ...filter, nodes: chosen })}
        options={nodes.map(({ name }) => option(name, name, byNode.get(name)))}
      />
      <PillMenu
        className={pill}
        label={t("containers.filter.group")}
        value={filter.groups}
        onChange={(chosen) => onChange({ ...filter, groups: chosen })}
        options={[...groups.keys()]
          .sort(compareNatural)
          .map((group) =>
            option(group, group === noGroup ? t("containers.filter.noGroup") : group, groups.get(group)),
          )}
      />
      <SavedFilters page="containers" />
    </FilterBar>
  );
}
