"use client";

import { clsx } from "clsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { HeldRow } from "./frozen-order.ts";
import { columnClass } from "./table-row.tsx";
import type { TableColumn, TableSelection, TableSort } from "./table-types.ts";

export interface TableHeadProps<Row> {
  columns: readonly TableColumn<Row>[];
  rows: readonly HeldRow<Row>[];
  selection: TableSelection | undefined;
  sort: TableSort | undefined;
  onSort: (column: string) => void;
}

const cellClass =
  "sticky top-0 z-[2] h-8 border-b border-line bg-bg px-2.5 text-12 font-medium text-ink-3 first:pl-5 last:pr-5";

/** The head: one tick box for all rows, and sort buttons. Below 700 px only screen readers see it. */
export function TableHead<Row>({ columns, rows, selection, sort, onSort }: TableHeadProps<Row>) {
  const present = rows.filter((row) => !row.gone).map((row) => row.key);
  const selected = selection ? present.filter((key) => selection.keys.has(key)).length : 0;
  const all = present.length > 0 && selected === present.length;
  return (
    <thead className="max-sm:sr-only">
      <tr aria-rowindex={1}>
        {selection && (
          <th scope="col" className={clsx(cellClass, "w-[45px]")}>
            <Checkbox
              aria-label={t("common.selectAll")}
              checked={all ? true : selected > 0 ? "indeterminate" : false}
              onCheckedChange={() => selection.onChange(new Set(all ? [] : present))}
            />
          </th>
        )}
        {columns.map((column) => (
          <HeadCell key={column.id} column={column} sort={sort} onSort={onSort} />
        ))}
      </tr>
    </thead>
  );
}

function HeadCell<Row>({
  column,
  sort,
  onSort,
}: {
  column: TableColumn<Row>;
  sort: TableSort | undefined;
  onSort: (column: string) => void;
}) {
  const isSorted = sort?.column === column.id;
  return (
    <th
      scope="col"
      style={column.width === undefined ? undefined : { width: column.width }}
      aria-sort={isSorted ? (sort.descending ? "descending" : "ascending") : undefined}
      className={clsx(cellClass, columnClass(column), "overflow-hidden whitespace-nowrap")}
    >
      {column.compare ? (
        <button
          type="button"
          title={t("common.sortBy", { column: column.header })}
          onClick={() => onSort(column.id)}
          className={clsx(
            "group/sort -mx-1 inline-flex items-center gap-1 rounded-1 px-1 py-0.5 hover:text-ink",
            isSorted && "text-ink",
            column.align === "right" && "flex-row-reverse",
          )}
        >
          {column.header}
          <Icon
            name="sort"
            size={12}
            className={clsx(
              isSorted ? "text-accent" : "opacity-0 group-hover/sort:opacity-60",
              isSorted && !sort.descending && "rotate-180",
            )}
          />
        </button>
      ) : column.headerHidden ? (
        <span className="sr-only">{column.header}</span>
      ) : (
        column.header
      )}
    </th>
  );
}
