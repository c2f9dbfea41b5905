import "#lib/shared/i18n/pages/registries.ts";
import type { ReactNode } from "react";
import type { TableColumn } from "#components/data/table-types.ts";
import type { ClusterName } from "#components/people/role-word.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import type { RegistryItem } from "#lib/shared/registries/types.ts";

/** The clusters a login is used in, by their names. */
function usedIn({ clusters }: RegistryItem, known: readonly ClusterName[]): string {
  if (clusters === null) return t("registries.everywhere");
  return clusters.map((id) => known.find((each) => each.id === id)?.name ?? id).join(", ");
}

/** The columns of the table of registries; `menu` stands at the end of a row. */
export function registryColumns(
  clusters: readonly ClusterName[],
  menu: (item: RegistryItem) => ReactNode,
): readonly TableColumn<RegistryItem>[] {
  return [
    {
      id: "name",
      header: t("registries.column.name"),
      width: "22%",
      compare: (a, b) => compareNatural(a.name, b.name),
      cell: ({ name }) => <span className="truncate font-medium">{name}</span>,
    },
    {
      id: "address",
      header: t("registries.column.address"),
      compare: (a, b) => compareNatural(a.address, b.address),
      cell: ({ address, kind }) => (
        <span className="min-w-0 truncate">
          <span className="mono">{address}</span>{" "}
          <span className="text-ink-3">{t(`registries.kind.${kind}`)}</span>
        </span>
      ),
    },
    {
      id: "user",
      header: t("registries.column.user"),
      width: "16%",
      hideBelow: 1024,
      cell: ({ user }) => <span className="mono truncate">{user}</span>,
    },
    {
      id: "clusters",
      header: t("registries.column.clusters"),
      width: "16%",
      hideBelow: 1024,
      cell: (item) => <span className="truncate">{usedIn(item, clusters)}</span>,
    },
    {
      id: "updated",
      header: t("registries.column.updated"),
      width: 100,
      align: "right",
      hideBelow: 1280,
      compare: (a, b) => b.updatedAt - a.updatedAt,
      cell: ({ updatedAt }) => <RelativeTime at={updatedAt} className="text-ink-2" />,
    },
    {
      id: "actions",
      header: t("registries.column.actions"),
      headerHidden: true,
      width: 110,
      align: "right",
      cell: menu,
    },
  ];
}

/** One of them below 700 px. */
export function RegistryRow({
  item,
  clusters,
  menu,
}: {
  item: RegistryItem;
  clusters: readonly ClusterName[];
  menu: ReactNode;
}) {
  return (
    <div className="flex min-w-0 items-center gap-2">
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <span className="truncate font-medium">{item.name}</span>
        <span className="mono truncate text-12 text-ink-2">{item.address}</span>
        <span className="truncate text-12 text-ink-3">
          {item.user}, {usedIn(item, clusters)}
        </span>
      </div>
      {menu}
    </div>
  );
}
