import "#lib/shared/i18n/pages/history.ts";
import type { TableColumn } from "#components/data/table-types.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Tag } from "#components/ui/tag.tsx";
import type { RevisionView } from "#lib/shared/api/history.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { byWhom } from "#lib/shared/rollout/operation-words.ts";
import { changesLine } from "./change-words.ts";

interface ColumnOptions {
  /** Null: this person may not. */
  onRollback: ((item: RevisionView) => void) | null;
  blocked: string | null;
}

/** Who, and what is special about it. */
function origin(item: RevisionView): string {
  const who = say(t, byWhom(item.userName, item.via));
  if (item.action.endsWith(".away")) return t("history.away", { who });
  return item.confirmed ? who : t("history.unconfirmed", { who });
}

function When({ item }: { item: RevisionView }) {
  if (item.at === null) return t("history.firstShort");
  return <RelativeTime at={item.at} ago />;
}

function What({ item }: { item: RevisionView }) {
  const line = item.at === null ? t("history.first") : changesLine(item.changes);
  return (
    <span className="flex min-w-0 items-center gap-2" title={line}>
      {item.current && <Tag tone="accent">{t("history.current")}</Tag>}
      {item.action.endsWith(".rollback") && <Tag>{t("history.isRollback")}</Tag>}
      <span className="min-w-0 truncate">{line}</span>
    </span>
  );
}

/** Columns of the table of revisions. */
export function revisionColumns({
  onRollback,
  blocked,
}: ColumnOptions): readonly TableColumn<RevisionView>[] {
  const columns: TableColumn<RevisionView>[] = [
    { id: "when", header: t("history.column.when"), width: 104, cell: (item) => <When item={item} /> },
    { id: "what", header: t("history.column.change"), cell: (item) => <What item={item} /> },
    {
      id: "who",
      header: t("history.column.who"),
      width: "24%",
      hideBelow: 1024,
      cell: (item) => (
        <span className="block truncate text-ink-2" title={origin(item)}>
          {item.via === null ? "" : origin(item)}
        </span>
      ),
    },
  ];
  if (onRollback === null) return columns;
  return [
    ...columns,
    {
      id: "actions",
      header: t("services.column.actions"),
      headerHidden: true,
      width: 152,
      align: "right",
      onHover: true,
      cell: (item) =>
        !item.current && (
          <Button size="sm" reason={blocked ?? undefined} onClick={() => onRollback(item)}>
            <Icon name="undo" size={14} />
            {t("history.rollback.verbThis")}
          </Button>
        ),
    },
  ];
}

/** A revision below 700 px. */
export function RevisionItem({ item, onOpen }: { item: RevisionView; onOpen: () => void }) {
  return (
    <button type="button" onClick={onOpen} className="block w-full min-w-0 text-left">
      <What item={item} />
      <span className="mt-0.5 flex gap-2 text-12 text-ink-3">
        <When item={item} />
        <span className="min-w-0 truncate">{item.via === null ? "" : origin(item)}</span>
      </span>
    </button>
  );
}
