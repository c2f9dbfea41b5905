"use client";

import { clsx } from "clsx";
import { useMemo } from "react";
import type { ServiceActions } from "#components/services/service-actions.ts";
import { later } from "#components/ui/later.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ServiceHealth } from "#lib/shared/model/service-verdict.ts";
import type { ServiceView } from "#lib/shared/model/types.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import { type Entry, LegendEntries, type Stack } from "./legend-entries.tsx";
import { MapKey } from "./map-key.tsx";

const LegendWindow = later(async () => (await import("./legend-window.tsx")).LegendWindow);

export interface LegendProps {
  services: readonly ServiceView[];
  healths: ReadonlyMap<string, ServiceHealth>;
  actions: ServiceActions;
  /** Shown over the map on windows without room beside it. */
  isOpen: boolean;
}

/** Services by stack, those without one last, all in natural order. */
function byStack(services: readonly ServiceView[]): readonly Stack[] {
  const stacks = new Map<string | null, ServiceView[]>();
  for (const service of [...services].sort((a, b) => compareNatural(a.name, b.name))) {
    const list = stacks.get(service.stack);
    if (list) list.push(service);
    else stacks.set(service.stack, [service]);
  }
  return [...stacks]
    .map(([name, list]) => ({ name, services: list }))
    .sort((a, b) =>
      a.name === null || b.name === null
        ? Number(a.name === null) - Number(b.name === null)
        : compareNatural(a.name, b.name),
    );
}

function entriesOf(stacks: readonly Stack[]): Entry[] {
  return stacks.flatMap((stack) => [
    { stack, service: null },
    ...stack.services.map((service) => ({ stack, service })),
  ]);
}

/** From so many lines on only those in sight are drawn. */
const windowFrom = 200;

function Lines({ services, healths, actions }: Omit<LegendProps, "isOpen">) {
  const entries = useMemo(() => entriesOf(byStack(services)), [services]);
  if (entries.length >= windowFrom)
    return <LegendWindow entries={entries} healths={healths} actions={actions} />;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto pb-2">
      <LegendEntries entries={entries} healths={healths} actions={actions} />
    </div>
  );
}

/** The services by stack: what each colour means, how many run, and how many should. From 200 on only those in sight are drawn. */
export function Legend({ services, healths, actions, isOpen }: LegendProps) {
  return (
    <aside
      data-slot="legend"
      aria-label={t("map.services")}
      className={clsx(
        "w-[264px] min-h-0 shrink-0 flex-col border-l border-line bg-bg max-sm:hidden xl:flex",
        "max-xl:absolute max-xl:inset-y-0 max-xl:right-0 max-xl:z-20 max-xl:shadow-3",
        isOpen ? "max-xl:flex" : "max-xl:hidden",
      )}
    >
      <div className="flex h-10 shrink-0 items-center gap-2 px-3.5">
        <h2 className="font-semibold">{t("map.services")}</h2>
        <span className="text-ink-3">{services.length.toLocaleString("en")}</span>
      </div>
      <Lines services={services} healths={healths} actions={actions} />
      <MapKey />
    </aside>
  );
}
