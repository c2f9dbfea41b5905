"use client";

import "#lib/shared/i18n/pages/containers.ts";
import { useDetail } from "#components/cluster/use-detail.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { ContainerProcesses } from "#lib/shared/containers/api-types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ContainerRow } from "./container-rows.ts";
import { ReadOnDemand } from "./read-on-demand.tsx";

/** What runs inside, as ps on the node tells. */
export function Processes({ row }: { row: ContainerRow }) {
  const { id, state } = row.container;
  if (state !== "running" && state !== "paused")
    return <EmptyState icon="tasks" title={t("containers.error.notRunning", { name: row.name })} />;
  return <Running key={id} row={row} />;
}

function Running({ row }: { row: ContainerRow }) {
  const detail = useDetail<ContainerProcesses>(`/containers/${row.container.id}/processes`, null, [
    row.container.state,
  ]);
  return (
    <ReadOnDemand title={t("containers.view.processes")} detail={detail}>
      {({ titles, rows }) => (
        <section
          className="overflow-x-auto"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
          tabIndex={0}
          aria-label={t("containers.view.processes")}
        >
          <table className="mono w-full text-12">
            <thead>
              <tr>
                {titles.map((title) => (
                  <th
                    key={title}
                    scope="col"
                    className="border-b border-line px-3.5 py-2 text-left font-medium whitespace-nowrap text-ink-3"
                  >
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((process) => (
                <tr key={process.join(" ")}>
                  {process.map((text, column) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: columns are fixed
                    <td key={column} className="border-b border-line px-3.5 py-1.5 whitespace-nowrap">
                      {text}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </ReadOnDemand>
  );
}
