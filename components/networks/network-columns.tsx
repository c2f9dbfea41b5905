import "#lib/shared/i18n/pages/networks.ts";
import type { TableColumn } from "#components/data/table-types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import type { NetworkRow } from "#lib/shared/networks/types.ts";
import type { Href } from "./network-href.ts";
import { NetworkMarks, NetworkName, NetworkPlace, NetworkUsers } from "./network-parts.tsx";

/** The columns of the table of networks. `toOf` is the address of a network's page. */
export function networkColumns(
  href: Href,
  toOf: (row: NetworkRow) => string,
): readonly TableColumn<NetworkRow>[] {
  return [
    {
      id: "name",
      header: t("networks.column.name"),
      width: "20%",
      compare: (a, b) => compareNatural(a.name, b.name),
      cell: (row) => <NetworkName row={row} to={toOf(row)} />,
    },
    {
      id: "driver",
      header: t("networks.column.driver"),
      width: 84,
      compare: (a, b) => compareNatural(a.driver, b.driver),
      cell: (row) => <span className="text-ink-2">{row.driver}</span>,
    },
    {
      id: "scope",
      header: t("networks.column.scope"),
      width: 72,
      hideBelow: 1280,
      compare: (a, b) => compareNatural(a.scope, b.scope),
      cell: (row) => <span className="text-ink-2">{row.scope}</span>,
    },
    {
      id: "node",
      header: t("networks.column.node"),
      width: "13%",
      compare: (a, b) => compareNatural(a.nodeName ?? "", b.nodeName ?? ""),
      cell: (row) => <NetworkPlace row={row} />,
    },
    {
      id: "subnets",
      header: t("networks.column.subnets"),
      width: 132,
      hideBelow: 1024,
      compare: (a, b) => compareNatural(a.subnets[0] ?? "", b.subnets[0] ?? ""),
      cell: (row) => (
        <span className="mono truncate text-ink-2" title={row.subnets.join(", ")}>
          {row.subnets.join(", ")}
        </span>
      ),
    },
    {
      id: "marks",
      header: t("networks.column.marks"),
      width: "18%",
      hideBelow: 1024,
      cell: (row) => <NetworkMarks row={row} />,
    },
    {
      id: "usedBy",
      header: t("networks.column.usedBy"),
      compare: (a, b) => usersOf(a) - usersOf(b),
      cell: (row) => <NetworkUsers row={row} href={href} />,
    },
  ];
}

const usersOf = ({ usedBy, containers }: NetworkRow) => usedBy.length + containers.length;
