"use client";

import { memo } from "react";
import { hoverService } from "#components/cluster/map-state.ts";
import { markingOf } from "#components/cluster/marking.ts";
import { ScaleControl } from "#components/services/scale-control.tsx";
import type { ServiceActions } from "#components/services/service-actions.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { ListLink } from "#components/ui/list-link.tsx";
import { TaskMark } from "#components/ui/mark.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { shortName } from "#lib/shared/model/index-model.ts";
import type { ServiceHealth } from "#lib/shared/model/service-verdict.ts";
import type { ServiceView } from "#lib/shared/model/types.ts";

export interface LegendLineProps {
  service: ServiceView;
  health: ServiceHealth;
  actions: ServiceActions;
  /** Page of the service. */
  href: string;
}

/** A service in the legend. Renders again only when something it shows has changed. */
export const LegendLine = memo(function LegendLine({ service, health, actions, href }: LegendLineProps) {
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
      <ListLink href={href} title={service.name} className="min-w-0 flex-1 truncate rounded-1">
        {shortName(service)}
      </ListLink>
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
});
