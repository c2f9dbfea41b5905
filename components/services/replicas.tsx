"use client";

import { markingOf } from "#components/cluster/marking.ts";
import { School } from "#components/ui/school.tsx";
import { ScaleControl } from "./scale-control.tsx";
import type { ServiceActions } from "./service-actions.ts";
import { markLimit, type ServiceRow } from "./service-rows.ts";

/** The school of a service and its stepper. */
export function Replicas({ row, actions }: { row: ServiceRow; actions: ServiceActions }) {
  const { service } = row;
  return (
    <span className="flex items-center gap-0.5">
      <School
        states={row.marks}
        hue={service.color.hue}
        marking={markingOf(service.color)}
        limit={markLimit}
        className="w-[94px] shrink-0"
      />
      <ScaleControl row={row} actions={actions} />
    </span>
  );
}
