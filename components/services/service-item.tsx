import { HealthLine } from "./health-line.tsx";
import { ScaleControl } from "./scale-control.tsx";
import type { ServiceActions } from "./service-actions.ts";
import { ServiceName } from "./service-columns.tsx";
import type { ServiceRow } from "./service-rows.ts";

/** A service below 700 px: name and stepper, then health and cause. */
export function ServiceItem({
  row,
  href,
  actions,
}: {
  row: ServiceRow;
  href: string;
  actions: ServiceActions;
}) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex min-w-0 items-center gap-2">
        <div className="min-w-0 flex-1">
          <ServiceName row={row} href={href} />
        </div>
        <ScaleControl row={row} actions={actions} />
      </div>
      <HealthLine health={row.health} className="pl-[21px] text-12" />
    </div>
  );
}
