import "#lib/shared/i18n/pages/images.ts";
import type { ReactNode } from "react";
import type { TableColumn } from "#components/data/table-types.ts";
import { UsedBy } from "#components/resources/resource-parts.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { formatBytes } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ImageItem } from "#lib/shared/images/types.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import { imageName, isUnused, shortId } from "./image-filter.ts";

type Href = (path: string) => string;

/** First tag, how many more, and the first digits of the id. */
export function ImageName({ item }: { item: ImageItem }) {
  const more = item.tags.length - 1;
  return (
    <span
      className="flex min-w-0 items-center gap-2"
      title={[...item.tags, ...item.digests, item.id].join("\n")}
    >
      <span className="min-w-0 truncate font-medium">{imageName(item)}</span>
      {more > 0 && <span className="shrink-0 text-ink-3">{t("common.andMore", { n: more })}</span>}
      {item.dangling && <Tag tone="outline">{t("images.untagged")}</Tag>}
      {item.tags.length + item.digests.length > 0 && (
        <code className="mono shrink-0 text-ink-3 max-lg:hidden">{shortId(item.id)}</code>
      )}
    </span>
  );
}

/** "all 3" or "2 of 3", the names on hover. */
function Places({ item, total }: { item: ImageItem; total: number }) {
  const names = item.nodes.map(({ name }) => name).join(", ");
  const n = item.nodes.length;
  if (n === 1 && total > 1) return <span className="block truncate text-ink-2">{names}</span>;
  return (
    <span className="text-ink-2" title={names}>
      {n === total ? t("images.onAll", { n }) : t("images.onSome", { n, all: total })}
    </span>
  );
}

/** Services that run it, containers made from it, and who would go back to it. */
export function ImageUsers({ item, href }: { item: ImageItem; href: Href }) {
  const containers = item.nodes.reduce((sum, place) => sum + place.containers, 0);
  if (isUnused(item)) {
    return (
      <Tag tone="outline" title={t("images.unusedHint")}>
        {t("images.unused")}
      </Tag>
    );
  }
  return (
    <span className="flex min-w-0 items-center gap-2">
      {item.services.length > 0 && <UsedBy services={item.services} href={href} />}
      {containers > 0 && (
        <span className="shrink-0 text-ink-3">{t("images.containers", { n: containers })}</span>
      )}
      {item.rollbacks.length > 0 && (
        <Tag
          title={t("images.rollbackHint", { services: item.rollbacks.map(({ name }) => name).join(", ") })}
        >
          {t("images.rollback")}
        </Tag>
      )}
    </span>
  );
}

/** The columns of the table of images. */
export function imageColumns(options: {
  href: Href;
  /** Nodes that were heard, or were before. */
  total: number;
  menu: ((item: ImageItem) => ReactNode) | null;
}): readonly TableColumn<ImageItem>[] {
  const { href, total, menu } = options;
  return [
    {
      id: "image",
      header: t("images.column.image"),
      width: "38%",
      compare: (a, b) => compareNatural(imageName(a), imageName(b)),
      cell: (item) => <ImageName item={item} />,
    },
    {
      id: "size",
      header: t("images.column.size"),
      width: 92,
      align: "right",
      compare: (a, b) => b.sizeBytes - a.sizeBytes,
      cell: (item) => <span className="text-ink-2">{formatBytes(item.sizeBytes)}</span>,
    },
    {
      id: "nodes",
      header: t("images.column.nodes"),
      width: 110,
      compare: (a, b) => b.nodes.length - a.nodes.length,
      cell: (item) => <Places item={item} total={total} />,
    },
    {
      id: "usedBy",
      header: t("images.column.usedBy"),
      compare: (a, b) => Number(isUnused(b)) - Number(isUnused(a)),
      cell: (item) => <ImageUsers item={item} href={href} />,
    },
    {
      id: "created",
      header: t("images.column.created"),
      width: 100,
      align: "right",
      hideBelow: 1024,
      compare: (a, b) => b.createdAt - a.createdAt,
      cell: (item) => <RelativeTime at={item.createdAt} className="text-ink-2" />,
    },
    ...(menu === null
      ? []
      : [
          {
            id: "actions",
            header: t("images.actions"),
            headerHidden: true,
            width: 52,
            align: "right" as const,
            onHover: true,
            cell: menu,
          },
        ]),
  ];
}
