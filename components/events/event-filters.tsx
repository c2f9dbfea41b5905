"use client";

import "#lib/shared/i18n/pages/events.ts";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { FilterBar, FilterInput } from "#components/data/filter-bar.tsx";
import { SavedFilters } from "#components/filters/saved-filters.tsx";
import { PillMenu } from "#components/ui/pill-menu.tsx";
import { type EventFilter, noStack } from "#lib/shared/events/filter.ts";
import { eventKinds, eventSeverities } from "#lib/shared/events/types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { orderedNodes } from "#lib/shared/model/index-model.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";

export interface EventFiltersProps {
  filter: EventFilter;
  onChange: (filter: EventFilter) => void;
}

/** What is there to choose, and what was chosen and is gone. */
function options(names: readonly string[], chosen: readonly string[], label = (name: string) => name) {
  return [...new Set([...names, ...chosen])].map((value) => ({ value, label: label(value) }));
}

/** The filters of the timeline, all of them in the address. */
export function EventFilters({ filter, onChange }: EventFiltersProps) {
  const { model } = useCluster();
  const services = Object.values(model.services);
  const names = services.map(({ name }) => name).sort(compareNatural);
  const stacks = [...new Set(services.map(({ stack }) => stack ?? noStack))].sort(compareNatural);
  const pill = "max-sm:hidden";
  return (
    <FilterBar>
      <FilterInput
        placeholder={t("events.filter.placeholder")}
        value={filter.text}
        onChange={(text) => onChange({ ...filter, text })}
      />
      <PillMenu
        label={t("events.filter.severity")}
        value={filter.severities}
        onChange={(severities) => onChange({ ...filter, severities })}
        options={eventSeverities
          .toReversed()
          .map((value) => ({ value, label: t(`events.severity.${value}`) }))}
      />
      <PillMenu
        className={pill}
        label={t("events.filter.kind")}
        value={filter.kinds}
        onChange={(kinds) => onChange({ ...filter, kinds })}
        options={eventKinds.map((value) => ({ value, label: t(`events.kind.${value}`) }))}
      />
      <PillMenu
        className={pill}
        label={t("events.filter.service")}
        value={filter.services}
        onChange={(chosen) => onChange({ ...filter, services: chosen })}
        options={options(names, filter.services)}
      />
      <PillMenu
        className={pill}
        label={t("events.filter.stack")}
        value={filter.stacks}
        onChange={(chosen) => onChange({ ...filter, stacks: chosen })}
        options={options(stacks, filter.stacks, (stack) =>
          stack === noStack ? t("events.filter.noStack") : stack,
        )}
      />
      <PillMenu
        className={pill}
        label={t("events.filter.node")}
        value={filter.nodes}
        onChange={(nodes) => onChange({ ...filter, nodes })}
        options={options(
          orderedNodes(model.nodes).map(({ name }) => name),
          filter.nodes,
        )}
      />
      <SavedFilters page="events" />
    </FilterBar>
  );
}
