"use client";

import "#lib/shared/i18n/pages/logs.ts";
import { markingOf } from "#components/cluster/marking.ts";
import { TaskMark } from "#components/ui/mark.tsx";
import { PillMenu } from "#components/ui/pill-menu.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import type { LogView } from "./log-address.ts";

export interface LogTargetsProps {
  model: ClusterModel;
  view: LogView;
  onView: (view: LogView) => void;
}

/** Chooses whose logs are shown: whole stacks, and services. */
export function LogTargets({ model, view, onView }: LogTargetsProps) {
  const services = Object.values(model.services).sort((a, b) => compareNatural(a.name, b.name));
  const stacks = [...new Set(services.flatMap(({ stack }) => (stack === null ? [] : [stack])))].sort(
    compareNatural,
  );
  const names = services.filter(({ id, name }) => view.services.includes(name) || view.services.includes(id));
  return (
    <>
      <PillMenu
        label={t("logs.services")}
        options={services.map(({ name, color }) => ({
          value: name,
          label: name,
          mark: <TaskMark state="running" hue={color.hue} marking={markingOf(color)} />,
        }))}
        value={names.map(({ name }) => name)}
        onChange={(chosen) => onView({ ...view, services: chosen, task: null })}
      />
      {stacks.length > 0 && (
        <PillMenu
          label={t("logs.stacks")}
          options={stacks.map((stack) => ({ value: stack, label: stack }))}
          value={view.stacks}
          onChange={(chosen) => onView({ ...view, stacks: chosen, task: null })}
        />
      )}
    </>
  );
}
