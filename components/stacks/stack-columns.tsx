import "#lib/shared/i18n/pages/task-pages.ts";
import "#lib/shared/i18n/pages/resources.ts";
import { clsx } from "clsx";
import type { TableColumn } from "#components/data/table-types.ts";
import { HealthLine } from "#components/services/health-line.tsx";
import { ListLink } from "#components/ui/list-link.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import { compareStacks, type StackRow } from "./stack-rows.ts";

type HrefOf = (row: StackRow) => string;

function StackName({ row, href }: { row: StackRow; href: string }) {
  return row.name === null ? (
    <ListLink href={href} title={t("stacks.noneHint")} className="rounded-1 text-ink-3 hover:underline">
      {t("services.filter.noStack")}
    </ListLink>
  ) : (
    <ListLink href={href} title={row.name} className="truncate rounded-1 font-medium hover:underline">
      {row.name}
    </ListLink>
  );
}

function Health({ row }: { row: StackRow }) {
  if (row.health === null) return <span className="text-ink-3">{t("stacks.onlyParts")}</span>;
  return <HealthLine health={row.health} />;
}

/** "12/12"; in colour where some are missing. */
function Tasks({ row: { running, desired } }: { row: StackRow }) {
  return (
    <span
      className={clsx(running < desired ? "font-medium text-ink" : "text-ink-2")}
      title={t("tasks.ofService", { running, n: desired })}
    >
      {`${running}/${desired}`}
    </span>
  );
}

function partColumn(part: "networks" | "secrets" | "configs"): TableColumn<StackRow> {
  return {
    id: part,
    header: t(`resources.${part}`),
    width: 100,
    align: "right",
    hideBelow: 1024,
    compare: (a, b) => (b.parts?.[part] ?? 0) - (a.parts?.[part] ?? 0),
    cell: ({ parts }) => {
      const n = parts?.[part] ?? 0;
      return <span className={n === 0 ? "text-ink-3" : "text-ink-2"}>{n === 0 ? "–" : n}</span>;
    },
  };
}

/** The columns of the table of stacks. */
export function stackColumns(hrefOf: HrefOf): readonly TableColumn<StackRow>[] {
  return [
    {
      id: "name",
      header: t("services.filter.stack"),
      width: "18%",
      compare: (a, b) => compareNatural(a.name ?? "", b.name ?? ""),
      cell: (row) => <StackName row={row} href={hrefOf(row)} />,
    },
    {
      id: "health",
      header: t("services.column.health"),
      compare: compareStacks,
      cell: (row) => <Health row={row} />,
    },
    {
      id: "services",
      header: t("services.title"),
      width: 100,
      align: "right",
      compare: (a, b) => b.services.length - a.services.length,
      cell: (row) => <span className="text-ink-2">{row.services.length}</span>,
    },
    {
      id: "tasks",
      header: t("tasks.title"),
      width: 100,
      align: "right",
      compare: (a, b) => b.desired - a.desired,
      cell: (row) => <Tasks row={row} />,
    },
    partColumn("networks"),
    partColumn("secrets"),
    partColumn("configs"),
    {
      id: "updated",
      header: t("services.column.updated"),
      width: 100,
      align: "right",
      compare: (a, b) => b.updatedAt - a.updatedAt,
      cell: (row) => <RelativeTime at={row.updatedAt} className="text-ink-2" />,
    },
  ];
}

/** A stack below 700 px: name and tasks, then health. */
export function StackListItem({ row, href }: { row: StackRow; href: string }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex min-w-0 items-center gap-2">
        <span className="flex min-w-0 flex-1">
          <StackName row={row} href={href} />
        </span>
        <span className="shrink-0 text-12 text-ink-3">
          {t("stacks.services", { n: row.services.length })}
        </span>
        <Tasks row={row} />
      </div>
      <div className="text-12">
        <Health row={row} />
      </div>
    </div>
  );
}
