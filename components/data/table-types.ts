import type { ReactNode } from "react";

export interface TableColumn<Row> {
  readonly id: string;
  readonly header: string;
  /** The header is only for screen readers (actions, marks). */
  readonly headerHidden?: boolean;
  readonly cell: (row: Row) => ReactNode;
  /** Rising order of this column. Without it the column does not sort. */
  readonly compare?: (a: Row, b: Row) => number;
  /** Pixels, or a CSS width. Columns without one share what is left. */
  readonly width?: number | string;
  readonly align?: "left" | "right";
  /** Left out where the window is narrower than this. */
  readonly hideBelow?: 1024 | 1280 | 1440;
  /** The cell shows only while the row is hovered or holds the focus (always on touch). */
  readonly onHover?: boolean;
  readonly className?: string;
}

export interface TableSort {
  readonly column: string;
  readonly descending: boolean;
}

export interface TableSelection {
  readonly keys: ReadonlySet<string>;
  readonly onChange: (keys: ReadonlySet<string>) => void;
}

export interface TableProps<Row> {
  /** What the rows are, for screen readers: "Services". */
  label: string;
  /** In default order: trouble first. Already filtered. */
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** The name of a row, for its tick box and its spoken label. */
  nameOf: (row: Row) => string;
  columns: readonly TableColumn<Row>[];
  /** Sort to begin with; left out: the order of `rows`. */
  initialSort?: TableSort;
  selection?: TableSelection;
  /** Enter, or a click beside the row's controls. */
  onOpen?: (row: Row) => void;
  /** Below 700 px each row is one item of two lines instead of cells. */
  mobile: (row: Row) => ReactNode;
  /** Shown instead of rows when there are none. */
  empty: ReactNode;
  /** Floats over the bottom while rows are selected: `BulkBar`. */
  bulk?: ReactNode;
  className?: string;
}

/** Rows from here on are virtual: only those in sight are in the document. */
export const virtualFrom = 60;
/** So many rows are in the page as it is sent, enough for a window of 1,300 px; the others follow once it is alive. */
export const firstScreen = 32;
export const rowHeight = 36;
export const mobileRowHeight = 64;
