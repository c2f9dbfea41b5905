import "#lib/shared/i18n/pages/usage.ts";
import { markingOf } from "#components/cluster/marking.ts";
import type { TableColumn } from "#components/data/table-types.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { ListLink } from "#components/ui/list-link.tsx";
import { TaskMark } from "#components/ui/mark.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { UsageCell } from "#components/usage/usage-cell.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import { HealthLine } from "./health-line.tsx";
import { ImageName } from "./image-name.tsx";
import { NewerTag } from "./newer-parts.tsx";
import { PortLinks } from "./port-links.tsx";
import { Replicas } from "./replicas.tsx";
import type { ServiceActions } from "./service-actions.ts";
import { compareRows, type ServiceRow } from "./service-rows.ts";

/** Mark, name without stack, stack in grey; a link to the service. */
export function ServiceName({ row, href }: { row: ServiceRow; href: string }) {
  const { service } = row;
  return (
    <ListLink href={href} title={service.name} className="flex min-w-0 items-center gap-[9px] rounded-1">
      <TaskMark state="running" hue={service.color.hue} marking={markingOf(service.color)} />
      <span className="min-w-0 truncate">
        <span className="font-medium">{row.name}</span>
        {service.stack !== null && row.name !== service.name && (
          <span className="text-ink-3"> {service.stack}</span>
        )}
      </span>
    </ListLink>
  );
}

/** Address of a node that has a task of the row, for ports published on single nodes. */
export function addressOf(row: ServiceRow, nodes: ClusterModel["nodes"]): string | null {
  for (const id of row.nodeIds) {
    const address = nodes[id]?.address;
    if (address) return address;
  }
  return null;
}

/** The columns of the services table. */
export function serviceColumns(
  nodes: ClusterModel["nodes"],
  hrefOf: (row: ServiceRow) => string,
  actions: ServiceActions,
  /** Services whose tag names a newer image. */
  outdated: ReadonlySet<string> = new Set(),
): readonly TableColumn<ServiceRow>[] {
  return [
    {
      id: "name",
      header: t("services.column.service"),
      width: "15.5%",
      compare: (a, b) => compareNatural(a.name, b.name),
      cell: (row) => <ServiceName row={row} href={hrefOf(row)} />,
    },
    {
      id: "health",
      header: t("services.column.health"),
      compare: compareRows,
      cell: (row) => <HealthLine health={row.health} />,
    },
    {
      id: "replicas",
      header: t("services.column.replicas"),
      width: 192,
      compare: (a, b) => a.health.desired - b.health.desired,
      cell: (row) => <Replicas row={row} actions={actions} />,
    },
    {
      id: "usage",
      header: t("usage.column"),
      width: 132,
      hideBelow: 1280,
      cell: (row) => <UsageCell of="services" id={row.service.id} />,
    },
    {
      id: "image",
      header: t("services.column.image"),
      width: "16%",
      compare: (a, b) => compareNatural(a.service.image.name, b.service.image.name),
      cell: (row) => (
        <span className="flex min-w-0 items-center gap-1.5">
          <ImageName image={row.service.image} />
          {outdated.has(row.service.id) && <NewerTag />}
        </span>
      ),
    },
    {
      id: "ports",
      header: t("services.column.ports"),
      width: 92,
      hideBelow: 1280,
      compare: (a, b) => (a.service.ports[0]?.published ?? 0) - (b.service.ports[0]?.published ?? 0),
      cell: (row) => <PortLinks ports={row.service.ports} nodeAddress={addressOf(row, nodes)} limit={2} />,
    },
    {
      id: "updated",
      header: t("services.column.updated"),
      width: 76,
      align: "right",
      hideBelow: 1024,
      compare: (a, b) => b.service.updatedAt - a.service.updatedAt,
      cell: (row) => <RelativeTime at={row.service.updatedAt} className="text-ink-2" />,
    },
    {
      id: "actions",
      header: t("services.column.actions"),
      headerHidden: true,
      width: 82,
      align: "right",
      onHover: true,
      cell: (row) => <RowActions row={row} actions={actions} href={hrefOf(row)} />,
    },
  ];
}

function RowActions({ row, actions, href }: { row: ServiceRow; actions: ServiceActions; href: string }) {
  const { name } = row.service;
  return (
    <span className="inline-flex">
      {actions.may.edit && (
        <Button asChild variant="ghost" size="icon-sm" aria-label={t("services.action.editName", { name })}>
          <ListLink href={`${href}/edit`}>
            <Icon name="edit" size={14} />
          </ListLink>
        </Button>
      )}
      {actions.may.restart && (
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label={t("services.action.restartName", { name })}
          reason={actions.blocked ?? undefined}
          onClick={() => void actions.restart(row.service)}
        >
          <Icon name="restart" size={14} />
        </Button>
      )}
    </span>
  );
}
