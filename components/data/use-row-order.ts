"use client";

import { useState } from "react";
import { type HeldRow, holdOrder } from "./frozen-order.ts";
import type { TableColumn, TableSort } from "./table-types.ts";

export interface RowOrder<Row> {
  rows: readonly HeldRow<Row>[];
  /** Rows that came, went or would move; 0 while the order is not held. */
  changes: number;
  sort: TableSort | undefined;
  /** First rising, then falling, then the default order again. */
  sortBy: (column: string) => void;
  /** Applies the waiting changes. */
  release: () => void;
}

function sorted<Row>(
  rows: readonly Row[],
  columns: readonly TableColumn<Row>[],
  sort: TableSort | undefined,
): readonly Row[] {
  const compare = sort && columns.find((column) => column.id === sort.column)?.compare;
  if (!sort || !compare) return rows;
  return [...rows].sort((a, b) => (sort.descending ? compare(b, a) : compare(a, b)));
}

/** The order of a table's rows: sorted, and held still while `isHeld`. */
export function useRowOrder<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  columns: readonly TableColumn<Row>[],
  isHeld: boolean,
  initialSort?: TableSort,
): RowOrder<Row> {
  const [sort, setSort] = useState(initialSort);
  const [held, setHeld] = useState<readonly HeldRow<Row>[]>();
  const next = sorted(rows, columns, sort);
  const asHeld = (list: readonly Row[]) => list.map((row) => ({ key: keyOf(row), row, gone: false }));

  if (isHeld && held === undefined) setHeld(asHeld(next));
  if (!isHeld && held !== undefined) setHeld(undefined);

  const shown = isHeld && held ? holdOrder(held, next, keyOf) : { rows: asHeld(next), changes: 0 };
  const sortBy = (column: string) => {
    const again = sort?.column === column;
    const wanted = again && sort.descending ? undefined : { column, descending: again };
    setSort(wanted);
    if (isHeld) setHeld(asHeld(sorted(rows, columns, wanted)));
  };
  return { ...shown, sort, sortBy, release: () => setHeld(isHeld ? asHeld(next) : undefined) };
}
