import "#lib/shared/i18n/pages/projects.ts";
import { clsx } from "clsx";
import type { TableColumn } from "#components/data/table-types.ts";
import { healthMark, toneClass } from "#components/services/health-line.tsx";
import { ListLink } from "#components/ui/list-link.tsx";
import { HealthMark } from "#components/ui/mark.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import type { ProjectRow } from "#lib/shared/projects/project-rows.ts";
import { projectLook } from "./project-look.ts";

/** A row, and whether Shoal has its files. */
export interface ListedProject extends ProjectRow {
  readonly isKnown: boolean;
}

type HrefOf = (row: ListedProject) => string;
const loudest = ["failing", "partly", "running", "stopped"] as const;

/** Mark and word of a project's state. */
export function ProjectStateWord({ row: { state } }: { row: Pick<ProjectRow, "state"> }) {
  const look = projectLook[state];
  return (
    <span data-state={state} className="flex min-w-0 items-center gap-2">
      <HealthMark health={healthMark[look.mark]} size={12} />
      <span className={clsx(look.tone === "idle" ? "text-ink-3" : toneClass[look.tone])}>
        {t(`projects.state.${state}`)}
      </span>
    </span>
  );
}

function Name({ row, href }: { row: ListedProject; href: string }) {
  return (
    <ListLink href={href} title={row.name} className="truncate rounded-1 font-medium hover:underline">
      {row.name}
    </ListLink>
  );
}

function Containers({ row: { running, total } }: { row: ListedProject }) {
  return (
    <span
      className={running < total ? "font-medium text-ink" : "text-ink-2"}
      title={t("projects.of", { running, n: total })}
    >
      {`${running}/${total}`}
    </span>
  );
}

/** The columns of the table of projects. */
export function projectColumns(hrefOf: HrefOf, hasNodes: boolean): readonly TableColumn<ListedProject>[] {
  const node: TableColumn<ListedProject> = {
    id: "node",
    header: t("projects.column.node"),
    width: "14%",
    compare: (a, b) => compareNatural(a.nodeName, b.nodeName),
    cell: (row) => <span className="text-ink-2">{row.nodeName}</span>,
  };
  return [
    {
      id: "name",
      header: t("projects.column.name"),
      width: "22%",
      compare: (a, b) => compareNatural(a.name, b.name),
      cell: (row) => <Name row={row} href={hrefOf(row)} />,
    },
    {
      id: "state",
      header: t("projects.column.state"),
      width: 150,
      compare: (a, b) => loudest.indexOf(a.state) - loudest.indexOf(b.state),
      cell: (row) => <ProjectStateWord row={row} />,
    },
    {
      id: "services",
      header: t("projects.column.services"),
      cell: ({ services }) => (
        <span className="truncate text-ink-2" title={services.join(", ")}>
          {services.join(", ")}
        </span>
      ),
    },
    {
      id: "containers",
      header: t("projects.column.containers"),
      width: 104,
      align: "right",
      compare: (a, b) => b.total - a.total,
      cell: (row) => <Containers row={row} />,
    },
    ...(hasNodes ? [node] : []),
    {
      id: "files",
      header: t("projects.column.files"),
      width: 132,
      hideBelow: 1024,
      compare: (a, b) => Number(b.isKnown) - Number(a.isKnown),
      cell: ({ isKnown }) => (
        <span className={isKnown ? "text-ink-2" : "text-ink-3"}>
          {t(isKnown ? "projects.known" : "projects.foreign")}
        </span>
      ),
    },
    {
      id: "changed",
      header: t("projects.column.changed"),
      width: 100,
      align: "right",
      compare: (a, b) => b.changedAt - a.changedAt,
      cell: (row) => <RelativeTime at={row.changedAt} className="text-ink-2" />,
    },
  ];
}

/** A project below 700 px: name and containers, then its state. */
export function ProjectListItem({ row, href }: { row: ListedProject; href: string }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex min-w-0 items-center gap-2">
        <span className="flex min-w-0 flex-1">
          <Name row={row} href={href} />
        </span>
        <Containers row={row} />
      </div>
      <div className="flex items-center gap-3 text-12">
        <ProjectStateWord row={row} />
        <span className="min-w-0 flex-1 truncate text-right text-ink-3">{row.services.join(", ")}</span>
      </div>
    </div>
  );
}
