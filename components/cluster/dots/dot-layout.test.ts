import { describe, expect, it } from "vitest";
import { dotOf, hitDot, layoutDots } from "./dot-layout.ts";

describe("the layout of 50 nodes at 1920 × 1080", () => {
  const layout = layoutDots(
    Array.from({ length: 45 }, () => 44),
    1584,
    14.8,
  );

  it("stands as in the design: ten nodes in a row, nine dots in theirs", () => {
    const [first, second, eleventh] = [layout.cells[0], layout.cells[1], layout.cells[10]];
    expect(first).toMatchObject({ left: 0, top: 0, width: 151, columns: 8 });
    expect(second?.left).toBe(159);
    expect(eleventh).toMatchObject({ left: 0, top: (first?.height ?? 0) + 8 });
    expect(layout.width).toBe(1584);
  });

  it("keeps every dot inside of its node, no two on top of each other", () => {
    for (const cell of layout.cells) {
      const dots = Array.from({ length: cell.tasks }, (_, i) => dotOf(layout, cell, i));
      for (const { x, y, size } of dots) {
        expect(x - size / 2).toBeGreaterThanOrEqual(cell.left + 8.9);
        expect(x + size / 2).toBeLessThanOrEqual(cell.left + cell.width);
        expect(y + size / 2).toBeLessThanOrEqual(cell.top + cell.height);
      }
      expect(new Set(dots.map(({ x, y }) => `${x.toFixed(2)} ${y.toFixed(2)}`)).size).toBe(cell.tasks);
    }
  });
});

describe.each([
  [14.8, 300],
  [9, 1584],
  [18, 390],
  [150, 160],
])("dots of pitch %d in %d px", (pitch, width) => {
  const layout = layoutDots([0, 1, 7, 8, 9, 30], width, pitch);
  it("are found where they are drawn", () => {
    for (const [at, cell] of layout.cells.entries()) {
      for (let i = 0; i < cell.tasks; i += 1) {
        const { x, y } = dotOf(layout, cell, i);
        expect(hitDot(layout, x, y)).toEqual([at, i]);
      }
    }
  });
  it("are not found elsewhere", () => {
    const [empty, one] = layout.cells;
    expect(hitDot(layout, -1, 60)).toBeNull();
    expect(hitDot(layout, (empty?.left ?? 0) + 20, (empty?.top ?? 0) + 50)).toBeNull();
    expect(hitDot(layout, (one?.left ?? 0) + 14, (one?.top ?? 0) + 5)).toBeNull();
  });
});

it("shifts every second row by half a pitch, and it holds one less", () => {
  const layout = layoutDots([30], 180, 10);
  const cell = layout.cells[0];
  if (!cell) throw new Error("no cell");
  const first = dotOf(layout, cell, 0);
  const below = dotOf(layout, cell, cell.columns);
  const third = dotOf(layout, cell, 2 * cell.columns - 1);
  expect(below.x - first.x).toBeCloseTo(5);
  expect(below.y - first.y).toBeCloseTo(9.05);
  expect([third.x, third.y - below.y]).toEqual([first.x, expect.closeTo(9.05)]);
});
