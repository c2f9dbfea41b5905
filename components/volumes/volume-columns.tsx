import "#lib/shared/i18n/pages/volumes.ts";
import type { TableColumn } from "#components/data/table-types.ts";
import { UserLinks } from "#components/resources/user-links.tsx";
import { ListLink } from "#components/ui/list-link.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { formatBytes } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import type { VolumeItem, VolumeRef } from "#lib/shared/volumes/types.ts";

type Href = (path: string) => string;

/** The address of a volume's page. */
export function volumeHref(href: Href, { name, node }: VolumeRef): string {
  return href(`/volumes/${encodeURIComponent(name)}?node=${encodeURIComponent(node)}`);
}

/** Name in ink, stack in grey; one without a name of its own by its first digits. */
export function VolumeName({ item, href }: { item: VolumeItem; href: Href }) {
  const { name, stack } = item;
  const isPrefixed = stack !== null && name.startsWith(`${stack}_`) && name.length > stack.length + 1;
  const shown = isPrefixed
    ? name.slice(stack.length + 1)
    : /^[0-9a-f]{64}$/.test(name)
      ? name.slice(0, 12)
      : name;
  return (
    <span className="flex min-w-0 items-center gap-2">
      <ListLink
        href={volumeHref(href, { name, node: item.nodeName })}
        title={name}
        className="min-w-0 truncate font-medium hover:underline"
      >
        {shown}
      </ListLink>
      {stack !== null && <span className="min-w-0 truncate text-ink-3">{stack}</span>}
      {item.isAnonymous && <Tag title={t("volumes.anonymousHint")}>{t("volumes.anonymous")}</Tag>}
    </span>
  );
}

/** Services that use it, else its containers, else "unused". */
export function VolumeUsers({ item, href }: { item: VolumeItem; href: Href }) {
  if (item.isUnused) {
    return (
      <Tag tone="outline" title={t("volumes.unusedHint")}>
        {t("volumes.unused")}
      </Tag>
    );
  }
  const users =
    item.services.length > 0
      ? item.services.map(({ id, name }) => ({ name, to: href(`/services/${encodeURIComponent(id)}`) }))
      : item.containers.map(({ id, name }) => ({ name, to: href(`/containers/${id}`) }));
  return <UserLinks users={users} />;
}

/** The columns of the table of volumes. */
export function volumeColumns(href: Href): readonly TableColumn<VolumeItem>[] {
  return [
    {
      id: "name",
      header: t("volumes.column.name"),
      width: "30%",
      compare: (a, b) => compareNatural(a.name, b.name),
      cell: (item) => <VolumeName item={item} href={href} />,
    },
    {
      id: "node",
      header: t("volumes.column.node"),
      width: "14%",
      compare: (a, b) => compareNatural(a.nodeName, b.nodeName),
      cell: (item) => item.nodeName,
    },
    {
      id: "driver",
      header: t("volumes.column.driver"),
      width: 84,
      hideBelow: 1024,
      compare: (a, b) => compareNatural(a.driver, b.driver),
      cell: (item) => <span className="text-ink-2">{item.driver}</span>,
    },
    {
      id: "size",
      header: t("volumes.column.size"),
      width: 92,
      align: "right",
      compare: (a, b) => (b.size ?? -1) - (a.size ?? -1),
      cell: (item) => <span className="text-ink-2">{item.size === null ? "" : formatBytes(item.size)}</span>,
    },
    {
      id: "usedBy",
      header: t("volumes.column.usedBy"),
      compare: (a, b) => Number(b.isUnused) - Number(a.isUnused),
      cell: (item) => <VolumeUsers item={item} href={href} />,
    },
    {
      id: "created",
      header: t("volumes.column.created"),
      width: 100,
      align: "right",
      hideBelow: 1024,
      compare: (a, b) => b.createdAt - a.createdAt,
      cell: (item) => (item.createdAt > 0 ? <RelativeTime at={item.createdAt} className="text-ink-2" /> : ""),
    },
  ];
}
