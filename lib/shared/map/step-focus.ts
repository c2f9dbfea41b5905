/** Where something is on the screen, px. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export type Direction = "left" | "right" | "up" | "down";

/**
 * The box an arrow key goes to, as index; null at the edge. Left and right follow the order of the list, so they
 * reach everything; up and down take the nearest line of boxes in that direction, and there the box that lies closest.
 */
export function stepFocus(boxes: readonly Box[], from: number, direction: Direction): number | null {
  const start = boxes[from];
  if (start === undefined) return boxes.length > 0 ? 0 : null;
  if (direction === "left") return from > 0 ? from - 1 : null;
  if (direction === "right") return from < boxes.length - 1 ? from + 1 : null;
  const sign = direction === "down" ? 1 : -1;
  const middle = (box: Box) => box.left + box.width / 2;
  const line = (box: Box) => box.top + box.height / 2;
  const beyond = boxes
    .map((box, index) => ({
      index,
      dy: (line(box) - line(start)) * sign,
      dx: Math.abs(middle(box) - middle(start)),
    }))
    .filter(({ dy }) => dy > start.height / 2);
  // A box straight ahead beats a nearer one far aside: one px aside counts twice.
  beyond.sort((a, b) => a.dy + 2 * a.dx - (b.dy + 2 * b.dx));
  return beyond[0]?.index ?? null;
}
