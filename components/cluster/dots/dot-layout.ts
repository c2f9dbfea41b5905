import { columnsOf, nodeHeight, nodeWidth } from "#lib/shared/map/density.ts";

/** Geometry of the dots (look.md §9), px from the top left of the group. */

const gap = 8;
const side = 9;
/** Above the dots: padding, header, bars. */
const fieldTop = 44;
/** A scale is this share of the pitch, and rows are this share of it apart. */
const scaleShare = 0.87;
const rowShare = 0.905;
const failedShare = 1.14;

/** A node among the dots. */
export interface DotCell {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly tasks: number;
  /** Dots in the long rows; short rows hold one less. */
  readonly columns: number;
}

export interface DotsLayout {
  readonly width: number;
  readonly height: number;
  readonly pitch: number;
  readonly cells: readonly DotCell[];
}

/** A dot: its middle and its edge. */
export interface Dot {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** Places nodes with so many tasks each in rows; all nodes of a row are as high as the highest. */
export function layoutDots(tasks: readonly number[], width: number, pitch: number): DotsLayout {
  const perRow = columnsOf("dots", width);
  const cellWidth = nodeWidth("dots", width);
  const columns = Math.max(1, Math.floor((cellWidth - 2 * side) / pitch));
  const cells: DotCell[] = [];
  let top = 0;
  for (let start = 0; start < tasks.length; start += perRow) {
    const row = tasks.slice(start, start + perRow);
    const heights = row.map((n) => nodeHeight("dots", { tasks: n, wide: 0, services: 0 }, width, pitch));
    const height = Math.ceil(Math.max(...heights));
    for (const [i, n] of row.entries()) {
      cells.push({ left: i * (cellWidth + gap), top, width: cellWidth, height, tasks: n, columns });
    }
    top += height + gap;
  }
  return { width, height: Math.max(0, top - gap), pitch, cells };
}

/** Row and place in the row of the dot with this index; rows hold `columns` and one less in turn. */
function seat(columns: number, index: number): readonly [row: number, column: number] {
  if (columns === 1) return [index, 0];
  const pair = 2 * columns - 1;
  const rest = index % pair;
  const row = 2 * Math.floor(index / pair);
  return rest < columns ? [row, rest] : [row + 1, rest - columns];
}

/** The dot of the task with this index in a cell. */
export function dotOf({ pitch }: DotsLayout, cell: DotCell, index: number, isFailed = false): Dot {
  const [row, column] = seat(cell.columns, index);
  const shift = row % 2 === 1 ? pitch / 2 : 0;
  const size = scaleShare * pitch;
  return {
    x: cell.left + side + column * pitch + shift + size / 2,
    y: cell.top + fieldTop + row * rowShare * pitch + size / 2,
    size: isFailed ? size * failedShare : size,
  };
}

/** Radius of the ring around a failed dot. */
export function ringRadius(pitch: number): number {
  return (11 / 14.8) * pitch;
}

/** Which cell and which of its tasks is at a point; null where there is no dot. */
export function hitDot(
  layout: DotsLayout,
  x: number,
  y: number,
): readonly [cell: number, task: number] | null {
  const at = layout.cells.findIndex(
    ({ left, top, width, height }) => x >= left && x < left + width && y >= top && y < top + height,
  );
  const cell = layout.cells[at];
  if (cell === undefined) return null;
  const { pitch } = layout;
  const row = Math.floor((y - cell.top - fieldTop) / (rowShare * pitch));
  const isShort = row % 2 === 1 && cell.columns > 1;
  const column = Math.floor((x - cell.left - side - (row % 2 === 1 ? pitch / 2 : 0)) / pitch);
  if (row < 0 || column < 0 || column >= cell.columns - (isShort ? 1 : 0)) return null;
  const before =
    cell.columns === 1 ? row : Math.floor(row / 2) * (2 * cell.columns - 1) + (isShort ? cell.columns : 0);
  const task = before + column;
  return task < cell.tasks ? [at, task] : null;
}

/** Does a cell stand where it stood? */
export function sameCell(a: DotCell, b: DotCell): boolean {
  return a === b || (a.left === b.left && a.top === b.top && a.width === b.width && a.height === b.height);
}
