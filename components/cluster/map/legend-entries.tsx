"use client";

import { useCluster } from "#components/cluster/cluster-provider.tsx";
import type { ServiceActions } from "#components/services/service-actions.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ServiceHealth } from "#lib/shared/model/service-verdict.ts";
import type { ServiceView } from "#lib/shared/model/types.ts";
import { LegendLine } from "./legend-line.tsx";

/** Services of one stack; those without one have no name. */
export interface Stack {
  readonly name: string | null;
  readonly services: readonly ServiceView[];
}

/** A name of a stack or a service, in the order in which they stand. */
export interface Entry {
  readonly stack: Stack;
  readonly service: ServiceView | null;
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

export interface LegendEntriesProps {
  entries: readonly Entry[];
  healths: ReadonlyMap<string, ServiceHealth>;
  actions: ServiceActions;
}

/** Some entries of the legend that follow one another, all of them or those in sight. */
export function LegendEntries({ entries, healths, actions }: LegendEntriesProps) {
  const { href } = useCluster();
  return inWindow(entries).map(({ stack, named, services }) => (
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
              <LegendLine key={service.id} service={service} health={health} actions={actions} href={page} />
            )
          );
        })}
      </ul>
    </section>
  ));
}
