import "#lib/shared/i18n/pages/audit.ts";
import type { TableColumn } from "#components/data/table-types.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { AuditItem } from "#lib/shared/api/people-types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { FactsLine, ResultTag, Who } from "./audit-parts.tsx";

/** The columns of the audit log. It is in the order of time and sorts by nothing else: more rows follow below. */
export const auditColumns: readonly TableColumn<AuditItem>[] = [
  {
    id: "time",
    header: t("audit.column.time"),
    width: 108,
    cell: (item) => <RelativeTime at={item.at} ago className="text-ink-2" />,
  },
  { id: "who", header: t("audit.column.who"), width: "16%", cell: (item) => <Who item={item} /> },
  {
    id: "action",
    header: t("audit.column.action"),
    width: 178,
    cell: (item) => <span className="mono text-12">{item.action}</span>,
  },
  {
    id: "object",
    header: t("audit.column.object"),
    width: "19%",
    cell: (item) => <span title={item.object}>{item.object}</span>,
  },
  {
    id: "facts",
    header: t("audit.column.facts"),
    hideBelow: 1024,
    cell: (item) => <FactsLine facts={item.facts} />,
  },
  {
    id: "address",
    header: t("audit.column.address"),
    width: 124,
    hideBelow: 1280,
    cell: (item) => <span className="mono text-12 text-ink-2">{item.address}</span>,
  },
  {
    id: "result",
    header: t("audit.column.result"),
    width: 132,
    cell: (item) => <ResultTag result={item.result} />,
  },
];

/** One entry below 700 px. */
export function AuditRow({ item }: { item: AuditItem }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex min-w-0 items-center gap-2">
        <span className="min-w-0 flex-1 truncate">
          <Who item={item} />
        </span>
        <ResultTag result={item.result} />
      </div>
      <p className="truncate">
        <span className="mono text-12">{item.action}</span> <span className="text-ink-2">{item.object}</span>
      </p>
      <p className="truncate text-12 text-ink-3">
        <RelativeTime at={item.at} ago /> · <span className="mono">{item.address}</span>
      </p>
    </div>
  );
}
