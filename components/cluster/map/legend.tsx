"use client";

import { clsx } from "clsx";
import Link from "next/link";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { hoverService } from "#components/cluster/map-state.ts";
import { markingOf } from "#components/cluster/marking.ts";
import { ScaleControl } from "#components/services/replicas.tsx";
import type { ServiceActions } from "#components/services/service-actions.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { TaskMark } from "#components/ui/mark.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { shortName } from "#lib/shared/model/index-model.ts";
import type { ServiceHealth } from "#lib/shared/model/service-verdict.ts";
import type { ServiceView } from "#lib/shared/model/types.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
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

interface LegendLineProps {
  service: ServiceView;
  health: ServiceHealth;
  actions: ServiceActions;
}

function LegendLine({ service, health, actions }: LegendLineProps) {
  const { href } = useCluster();
  return (
    <li
      data-service={service.id}
      onPointerEnter={() => hoverService(service.id)}
      onPointerLeave={() => hoverService(null)}
      onFocus={() => hoverService(service.id)}
      onBlur={() => hoverService(null)}
      className="group/line flex h-7 items-center gap-2 pr-1.5 pl-3.5 focus-within:bg-surface-3 hover:bg-surface-3 touch:h-11"
    >
      <TaskMark state="running" hue={service.color.hue} marking={markingOf(service.color)} />
      <Link
        href={href(`/services/${encodeURIComponent(service.id)}`)}
        title={service.name}
        className="min-w-0 flex-1 truncate rounded-1"
      >
        {shortName(service)}
      </Link>
      {actions.may.restart && (
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label={t("map.task.restart", { name: service.name })}
          title={t("services.action.restart")}
          reason={actions.blocked ?? undefined}
          onClick={() => void actions.restart(service)}
          className="-mx-1 w-0! overflow-hidden opacity-0 group-focus-within/line:w-[26px]! group-focus-within/line:opacity-100 group-hover/line:w-[26px]! group-hover/line:opacity-100 touch:w-9! touch:opacity-100"
        >
          <Icon name="restart" size={14} />
        </Button>
      )}
      {service.mode === "replicated-job" && health.kind === "job_done" ? (
        <span className="min-w-[78px] text-center font-medium text-ink-2">{t("map.legend.jobDone")}</span>
      ) : (
        <ScaleControl row={{ service, health }} actions={actions} />
      )}
    </li>
  );
}

/** The services by stack: what each colour means, how many run, and how many should. */
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
      <div className="min-h-0 flex-1 overflow-y-auto pb-2">
        {byStack(services).map((stack) => (
          <section key={stack.name ?? ""} aria-label={stack.name ?? t("map.legend.noStack")}>
            <h3 className="mt-1.5 flex h-6 items-center truncate px-3.5 text-11 font-medium text-ink-3">
              {stack.name ?? t("map.legend.noStack")}
            </h3>
            <ul>
              {stack.services.map((service) => {
                const health = healths.get(service.id);
                return (
                  health && (
                    <LegendLine key={service.id} service={service} health={health} actions={actions} />
                  )
                );
              })}
            </ul>
          </section>
        ))}
      </div>
      <MapKey />
    </aside>
  );
}
