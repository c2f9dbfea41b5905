import "#lib/shared/i18n/pages/resources.ts";
import type { ReactNode } from "react";
import type { TableColumn } from "#components/data/table-types.ts";
import { fileHref } from "#components/files/file-href.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { ConfigItem, ResourceItem, SecretItem } from "#lib/shared/api/resource-types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import type { FileKind } from "#lib/shared/swarm-files/limits.ts";
import { Labels, ResourceName, UsedBy } from "./resource-parts.tsx";

type Href = (path: string) => string;
type Column<Item> = TableColumn<Item>;

function nameColumn<Item extends ResourceItem>(to: (item: Item) => string): Column<Item> {
  return {
    id: "name",
    header: t("resources.column.name"),
    width: "26%",
    compare: (a, b) => compareNatural(a.name, b.name),
    cell: (item) => <ResourceName item={item} to={to(item)} />,
  };
}

function usedByColumn<Item extends ResourceItem>(href: Href): Column<Item> {
  return {
    id: "usedBy",
    header: t("resources.column.usedBy"),
    compare: (a, b) => a.usedBy.length - b.usedBy.length,
    cell: (item) => <UsedBy services={item.usedBy} href={href} />,
  };
}

function timeColumn<Item extends ResourceItem>(field: "createdAt" | "updatedAt"): Column<Item> {
  return {
    id: field,
    header: t(field === "createdAt" ? "resources.column.created" : "services.column.updated"),
    width: 100,
    align: "right",
    hideBelow: 1024,
    compare: (a, b) => b[field] - a[field],
    cell: (item) => <RelativeTime at={item[field]} className="text-ink-2" />,
  };
}

/** What secrets and configs have in common. */
function fileColumns<Item extends ResourceItem>(href: Href, kind: FileKind): readonly Column<Item>[] {
  return [
    nameColumn((item) => fileHref(href, kind, item.id)),
    {
      id: "labels",
      header: t("resources.column.labels"),
      width: "24%",
      hideBelow: 1024,
      cell: (item) => <Labels item={item} />,
    },
    usedByColumn(href),
    timeColumn("createdAt"),
    timeColumn("updatedAt"),
  ];
}

/** The columns of the table of secrets. */
export function secretColumns(href: Href): readonly Column<SecretItem>[] {
  return fileColumns(href, "secret");
}

/** The columns of the table of configs; `reveal` is the button at the end of a row, for those who may. */
export function configColumns(
  href: Href,
  reveal: ((item: ConfigItem) => ReactNode) | null,
): readonly Column<ConfigItem>[] {
  if (reveal === null) return fileColumns(href, "config");
  return [
    ...fileColumns<ConfigItem>(href, "config"),
    {
      id: "actions",
      header: t("services.column.actions"),
      headerHidden: true,
      width: 52,
      align: "right",
      onHover: true,
      cell: reveal,
    },
  ];
}
