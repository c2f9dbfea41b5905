import "#lib/shared/i18n/pages/containers.ts";
import "#lib/shared/i18n/pages/usage.ts";
import { clsx } from "clsx";
import { markingOf } from "#components/cluster/marking.ts";
import type { TableColumn } from "#components/data/table-types.ts";
import { toneClass } from "#components/services/health-line.tsx";
import { ImageName } from "#components/services/image-name.tsx";
import { PortLinks } from "#components/services/port-links.tsx";
import { ListLink } from "#components/ui/list-link.tsx";
import { TaskMark } from "#components/ui/mark.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { UsageCell } from "#components/usage/usage-cell.tsx";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import type { ContainerActions } from "./container-actions.ts";
import { groupOf } from "./container-filter.ts";
import { ContainerMenu } from "./container-menu.tsx";
import type { ContainerRow } from "./container-rows.ts";

type Href = (path: string) => string;

/** Address of a container's page. */
export function containerHref(href: Href, id: string): string {
  return href(`/containers/${encodeURIComponent(id)}`);
}

/** State mark in the service's hue, name without stack and task id; a link to the container. */
function ContainerName({ row, href }: { row: ContainerRow; href: Href }) {
  const { container, condition, service } = row;
  return (
    <ListLink
      href={containerHref(href, container.id)}
      title={container.name}
      className="flex min-w-0 items-center gap-[9px] rounded-1"
    >
      <TaskMark
        state={condition.mark}
        hue={service?.color.hue}
        marking={service ? markingOf(service.color) : undefined}
      />
      <span className="min-w-0 truncate font-medium">{row.name}</span>
      {container.isShoal && <Tag tone="accent">{t("common.appName")}</Tag>}
    </ListLink>
  );
}

/** How it is, in a word. */
export function StateWord({ row: { condition } }: { row: ContainerRow }) {
  return (
    <span
      className={clsx(
        "inline-block first-letter:uppercase",
        condition.tone === "idle" ? "text-ink-3" : toneClass[condition.tone],
      )}
    >
      {say(t, condition.word)}
    </span>
  );
}

/** The service as a link, or the compose project in grey. */
function Origin({ row: { container, service }, href }: { row: ContainerRow; href: Href }) {
  const { serviceId, serviceName, stack, project } = container;
  if (serviceId === null) {
    const to = `/projects/${encodeURIComponent(project ?? "")}?node=${encodeURIComponent(container.nodeId)}`;
    return project === null ? null : (
      <ListLink href={href(to)} className="text-ink-3 hover:underline">
        {project}
      </ListLink>
    );
  }
  const name = serviceName ?? serviceId;
  const short = stack !== null && name.startsWith(`${stack}_`) ? name.slice(stack.length + 1) : name;
  const words = (
    <>
      {short}
      {stack !== null && <span className="text-ink-3"> {stack}</span>}
    </>
  );
  if (!service) return <span className="text-ink-3">{words}</span>;
  return (
    <ListLink
      href={href(`/services/${encodeURIComponent(serviceId)}`)}
      title={name}
      className="text-ink-2 hover:underline"
    >
      {words}
    </ListLink>
  );
}

interface ColumnsContext {
  nodes: ClusterModel["nodes"];
  href: Href;
  actions: ContainerActions;
}

/** The columns of the table of all containers. */
export function containerColumns({
  nodes,
  href,
  actions,
}: ColumnsContext): readonly TableColumn<ContainerRow>[] {
  return [
    {
      id: "name",
      header: t("containers.column.name"),
      width: "20%",
      compare: (a, b) => compareNatural(a.name, b.name),
      cell: (row) => <ContainerName row={row} href={href} />,
    },
    {
      id: "state",
      header: t("services.tasks.state"),
      width: 112,
      compare: (a, b) => compareNatural(say(t, a.condition.word), say(t, b.condition.word)),
      cell: (row) => <StateWord row={row} />,
    },
    {
      id: "node",
      header: t("services.tasks.node"),
      width: "13%",
      compare: (a, b) => compareNatural(a.container.nodeName, b.container.nodeName),
      cell: ({ container }) =>
        nodes[container.nodeId] ? (
          <ListLink
            href={href(`/nodes/${encodeURIComponent(container.nodeId)}`)}
            className="text-ink-2 hover:underline"
          >
            {container.nodeName}
          </ListLink>
        ) : (
          <span className="text-ink-2">{container.nodeName}</span>
        ),
    },
    {
      id: "usage",
      header: t("usage.column"),
      width: 132,
      hideBelow: 1280,
      // What does not run uses nothing.
      cell: ({ container }) =>
        container.state === "running" && <UsageCell of="containers" id={container.id} />,
    },
    {
      id: "image",
      header: t("services.column.image"),
      compare: (a, b) => compareNatural(a.container.image.name, b.container.image.name),
      cell: ({ container }) => <ImageName image={container.image} />,
    },
    {
      id: "origin",
      header: t("containers.column.origin"),
      width: "15%",
      compare: (a, b) =>
        compareNatural(groupOf(a), groupOf(b)) ||
        compareNatural(a.container.serviceName ?? "", b.container.serviceName ?? ""),
      cell: (row) => <Origin row={row} href={href} />,
    },
    {
      id: "ports",
      header: t("services.column.ports"),
      width: 104,
      hideBelow: 1280,
      compare: (a, b) => (a.container.ports[0]?.published ?? 0) - (b.container.ports[0]?.published ?? 0),
      cell: ({ container }) => (
        <PortLinks ports={container.ports} nodeAddress={nodes[container.nodeId]?.address ?? null} limit={2} />
      ),
    },
    {
      id: "created",
      header: t("containers.column.created"),
      width: 84,
      align: "right",
      hideBelow: 1024,
      compare: (a, b) => b.container.createdAt - a.container.createdAt,
      cell: ({ container }) => <RelativeTime at={container.createdAt} className="text-ink-2" />,
    },
    {
      id: "actions",
      header: t("services.column.actions"),
      headerHidden: true,
      width: 52,
      align: "right",
      onHover: true,
      cell: (row) => <ContainerMenu row={row} actions={actions} />,
    },
  ];
}

/** A container below 700 px: name, word and menu, then node and image. */
export function ContainerItem({
  row,
  href,
  actions,
}: {
  row: ContainerRow;
  href: Href;
  actions: ContainerActions;
}) {
  const { container } = row;
  const { name, tag } = container.image;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex min-w-0 items-center gap-2">
        <div className="min-w-0 flex-1">
          <ContainerName row={row} href={href} />
        </div>
        <StateWord row={row} />
        <ContainerMenu row={row} actions={actions} />
      </div>
      <p className="truncate pl-[21px] text-12 text-ink-2">
        {[container.nodeName, tag === null ? name : `${name}:${tag}`].filter(Boolean).join(" · ")}
      </p>
    </div>
  );
}
