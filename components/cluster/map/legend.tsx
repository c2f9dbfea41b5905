"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { clsx } from "clsx";
import { useCallback, useMemo, useRef } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { virtualFrom } from "#components/data/table-types.ts";
import { useMedia } from "#components/data/use-media.ts";
import type { ServiceActions } from "#components/services/service-actions.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ServiceHealth } from "#lib/shared/model/service-verdict.ts";
import type { ServiceView } from "#lib/shared/model/types.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import { LegendLine } from "./legend-line.tsx";
import { MapKey } from "./map-key.tsx";

export interface LegendProps {
  services: readonly ServiceView[];
  healths: ReadonlyMap<string, ServiceHealth>;
  actions: ServiceActions;
  /** Shown over the map on windows without room beside it. */
  isOpen: boolean;
}

interface Stack {
  readonly name: string | null;
  readonly services: readonly ServiceView[];
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

/** Heights, px: of a line (on touch), and of a stack's name with the room above it. */
const [lineHeight, touchLineHeight, nameHeight] = [28, 44, 30];

/** A name of a stack or a service, in the order in which they stand. */
interface Entry {
  readonly stack: Stack;
  readonly service: ServiceView | null;
}

function entriesOf(stacks: readonly Stack[]): Entry[] {
  return stacks.flatMap((stack) => [
    { stack, service: null },
    ...stack.services.map((service) => ({ stack, service })),
  ]);
}

/** The stacks with what of them is in the window; `named`: their name is, too. */
function inWindow(entries: readonly Entry[]) {
  const parts: { stack: Stack; named: boolean; services: ServiceView[] }[] = [];
  for (const { stack, service } of entries) {
    let part = parts.at(-1);
    if (part?.stack !== stack) {
      part = { stack, named: false, services: [] };
      parts.push(part);
    }
    if (service === null) part.named = true;
    else part.services.push(service);
  }
  return parts;
}

function Lines({ services, healths, actions }: Omit<LegendProps, "isOpen">) {
  "use no memo"; // the virtualizer is a mutable object: its answers change while its identity does not
  const { href } = useCluster();
  const scroller = useRef<HTMLDivElement>(null);
  const isTouch = useMedia("(pointer: coarse)") ?? false;
  const stacks = useMemo(() => byStack(services), [services]);
  const entries = useMemo(() => entriesOf(stacks), [stacks]);
  const isVirtual = entries.length >= virtualFrom;
  // Another function where heights are others: that is when the virtualizer asks for them again.
  const keyOf = useCallback(
    (index: number) => `${isTouch} ${entries[index]?.service?.id ?? entries[index]?.stack.name}`,
    [entries, isTouch],
  );
  const virtualizer = useVirtualizer({
    count: entries.length,
    enabled: isVirtual,
    getScrollElement: () => scroller.current,
    estimateSize: (index) =>
      entries[index]?.service === null ? nameHeight : isTouch ? touchLineHeight : lineHeight,
    getItemKey: keyOf,
    overscan: 12,
    initialRect: { width: 264, height: 900 },
  });
  const window = isVirtual ? virtualizer.getVirtualItems() : undefined;
  const shown = window ? entries.slice(window[0]?.index ?? 0, (window.at(-1)?.index ?? -1) + 1) : entries;
  const above = window?.[0]?.start ?? 0;
  const below = window ? virtualizer.getTotalSize() - (window.at(-1)?.end ?? 0) : 0;
  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto pb-2">
      <div style={window && { paddingTop: above, paddingBottom: below }}>
        {inWindow(shown).map(({ stack, named, services }) => (
          <section key={stack.name ?? ""} aria-label={stack.name ?? t("map.legend.noStack")}>
            {named && (
              <h3 className="mt-1.5 flex h-6 items-center truncate px-3.5 text-11 font-medium text-ink-3">
                {stack.name ?? t("map.legend.noStack")}
              </h3>
            )}
            <ul>
              {services.map((service) => {
                const health = healths.get(service.id);
                const page = href(`/services/${encodeURIComponent(service.id)}`);
                return (
                  health && (
                    <LegendLine
                      key={service.id}
                      service={service}
                      health={health}
                      actions={actions}
                      href={page}
                    />
                  )
                );
              })}
            </ul>
          </section>
        ))}
      </div>
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
        <span className="text-ink-3">{services.length}</span>
      </div>
      <Lines services={services} healths={healths} actions={actions} />
      <MapKey />
    </aside>
  );
}
