"use client";

import { clsx } from "clsx";
import { type KeyboardEvent, type MouseEvent, memo } from "react";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { HeldRow } from "./frozen-order.ts";
import type { TableColumn, TableProps } from "./table-types.ts";

/** Where the window has room for a column. Class names must be whole for the style sheet to find them. */
const hideClass = {
  1024: "max-lg:hidden",
  1280: "max-xl:hidden",
  1440: "max-2xl:hidden",
} as const;

export function columnClass<Row>(column: TableColumn<Row>): string {
  return clsx(
    column.align === "right" ? "text-right" : "text-left",
    column.hideBelow && hideClass[column.hideBelow],
  );
}

/** Which of the two shapes of a row to draw; `both` until the width of the window is known. */
export type RowShape = "cells" | "item" | "both";

export interface TableRowProps<Row>
  extends Pick<TableProps<Row>, "columns" | "nameOf" | "onOpen" | "mobile"> {
  held: HeldRow<Row>;
  /** Left out: rows cannot be selected. */
  isSelected: boolean | undefined;
  onSelect: (key: string, on: boolean) => void;
  /** Place among all rows, from 0. */
  index: number;
  /** The one row that Tab reaches; arrows move from there. */
  isCurrent: boolean;
  shape: RowShape;
  /** False in the page as it is sent: what shows on hover is left out. */
  isAlive: boolean;
  onKey: (event: KeyboardEvent<HTMLTableRowElement>, index: number) => void;
}

const controls = 'a, button, input, select, label, [role="checkbox"], [role="menuitem"]';

/** One row: cells on wide windows, an item of two lines below 700 px. Drawn again only when something of it is another. */
export const TableRow = memo(DrawnRow) as typeof DrawnRow;

function DrawnRow<Row>({
  held,
  index,
  isCurrent,
  shape,
  isAlive,
  columns,
  nameOf,
  isSelected,
  onSelect,
  onOpen,
  mobile,
  onKey,
}: TableRowProps<Row>) {
  const { key, row, gone } = held;
  const open = (event: MouseEvent<HTMLTableRowElement>) => {
    const target = event.target as Element;
    // Clicks in popovers and dialogs bubble here through React although they are elsewhere in the document.
    if (!event.currentTarget.contains(target) || target.closest(controls)) return;
    if (window.getSelection()?.toString()) return;
    onOpen?.(row);
  };
  const ground = isSelected ? "bg-accent-soft" : "row-ground";
  return (
    <tr
      data-slot="table-row"
      data-index={index}
      data-key={key}
      data-selected={isSelected || undefined}
      aria-rowindex={index + 2}
      aria-disabled={gone || undefined}
      title={gone ? t("common.gone") : undefined}
      tabIndex={isCurrent ? 0 : -1}
      onKeyDown={(event) => onKey(event, index)}
      onClick={onOpen && !gone ? open : undefined}
      className={clsx(
        // A layer of its own: what was painted of it is painted again from memory while the table is scrolled.
        "group/row relative -outline-offset-2!",
        onOpen && !gone && "cursor-pointer",
        gone && "opacity-50",
      )}
    >
      {isSelected !== undefined && shape !== "item" && (
        <td className={clsx("h-9 w-[45px] border-b border-line pr-2.5 pl-5 max-sm:hidden", ground)}>
          <Checkbox
            aria-label={t("common.selectRow", { name: nameOf(row) })}
            checked={isSelected}
            disabled={gone}
            tabIndex={-1}
            onCheckedChange={(on) => onSelect(key, on)}
          />
        </td>
      )}
      {shape !== "item" &&
        columns.map((column) => (
          <td key={column.id} className={clsx("row-cell", columnClass(column), ground, column.className)}>
            {column.onHover && !isAlive ? null : column.onHover ? (
              <div className="flex justify-end opacity-0 group-focus-within/row:opacity-100 group-hover/row:opacity-100 has-data-[state=open]:opacity-100 touch:opacity-100">
                {column.cell(row)}
              </div>
            ) : (
              column.cell(row)
            )}
          </td>
        ))}
      {shape !== "cells" && (
        <td
          colSpan={columns.length + (isSelected === undefined ? 0 : 1)}
          className="border-b border-line px-4 py-2.5 group-focus-within/row:bg-surface-2 sm:hidden"
        >
          {mobile(row)}
        </td>
      )}
    </tr>
  );
}
