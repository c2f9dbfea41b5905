"use client";

import { Stepper, type StepperProps } from "#components/ui/stepper.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { Tone } from "#lib/shared/model/task-state.ts";
import type { ServiceActions } from "./service-actions.ts";
import type { ServiceRow } from "./service-rows.ts";

const stepperTone: Readonly<Record<Tone, StepperProps["tone"]>> = {
  quiet: "plain",
  ok: "plain",
  idle: "plain",
  move: "move",
  warn: "warn",
  bad: "bad",
};

export interface ScaleControlProps {
  row: Pick<ServiceRow, "service" | "health">;
  actions: ServiceActions;
  boxed?: boolean;
}

/** The stepper of a replicated service; words for global services and jobs, which have no number to set. */
export function ScaleControl({ row, actions, boxed }: ScaleControlProps) {
  const { service, health } = row;
  if (service.mode !== "replicated") {
    const running = health.running ?? "–";
    const words =
      service.mode === "global"
        ? running === health.desired
          ? t("services.replicas.global", { n: health.desired })
          : t("services.replicas.globalSome", { running, n: health.desired })
        : t("services.replicas.job");
    return <span className="min-w-[78px] text-center font-medium text-ink-2">{words}</span>;
  }
  return (
    <Stepper
      name={service.name}
      running={health.running}
      wanted={service.replicas ?? 0}
      tone={stepperTone[health.tone]}
      boxed={boxed}
      reason={actions.may.scale ? (actions.blocked ?? undefined) : t("services.reason.scale")}
      onCommit={(replicas) => actions.scale(service, replicas)}
    />
  );
}
