import { describe, expect, it } from "vitest";
import {
  bestDensity,
  columnsOf,
  type Density,
  dotPitch,
  dotRows,
  type MapShape,
  mapHeight,
  nodeHeight,
  nodeWidth,
} from "./density.ts";

const fullHd = { width: 1920 - 52 - 264 - 40, height: 1080 - 92 - 34 };
const laptop = { width: 932, height: 774 };

function shape(nodes: number, tasks: number, services = Math.min(tasks, 12)): MapShape {
  return { groups: [Array.from({ length: nodes }, () => ({ tasks, wide: 0, services }))], laneHeight: 0 };
}

describe("node height", () => {
  it.each<[Density, number, number]>([
    ["cards", 9, 88 + 33 * 5 - 5],
    ["cards", 0, 88 + 33 - 5],
    ["compact", 9, 84 + 22 * 4],
    ["compact", 0, 84 + 22],
  ])("%s with %i tasks", (density, tasks, expected) => {
    expect(nodeHeight(density, { tasks, wide: 0, services: tasks === 0 ? 0 : 4 }, 932)).toBe(expected);
  });

  it("gives trouble both columns of a card", () => {
    expect(nodeHeight("cards", { tasks: 5, wide: 1, services: 5 }, 932)).toBe(88 + 33 * 3 - 5);
  });

  it("packs dots in rows of c and c − 1", () => {
    expect(dotRows(10, 18 + 5 * 18, 18)).toBe(3);
    expect(dotRows(9, 18 + 5 * 18, 18)).toBe(2);
    expect(dotRows(5, 18 + 5 * 18, 18)).toBe(1);
    expect(dotRows(0, 200, 18)).toBe(0);
  });
});

it("has as many columns as fit, and nodes no wider than they may be", () => {
  expect(columnsOf("cards", 932)).toBe(3);
  expect(nodeWidth("cards", 932)).toBe(302);
  expect(nodeWidth("cards", 700)).toBe(344);
  expect(columnsOf("cards", 100)).toBe(1);
});

it("counts rows of a group by their highest node", () => {
  const uneven: MapShape = {
    groups: [
      [
        { tasks: 2, wide: 0, services: 1 },
        { tasks: 8, wide: 0, services: 1 },
      ],
    ],
    laneHeight: 50,
  };
  expect(mapHeight("cards", uneven, 932)).toBe(50 + 24 + 14 + (88 + 33 * 4 - 5));
});

describe("bestDensity", () => {
  it.each<[string, MapShape, { width: number; height: number }, Density]>([
    ["3 nodes with 8 tasks", shape(3, 8), laptop, "cards"],
    ["7 nodes with 20 tasks of 8 services", shape(7, 20, 8), laptop, "compact"],
    ["50 nodes with 40 tasks", shape(50, 40), fullHd, "dots"],
    ["a narrow window", shape(3, 8), { width: 360, height: 700 }, "compact"],
    ["a narrow window with 60 tasks on a node", shape(3, 60), { width: 360, height: 700 }, "dots"],
  ])("%s", (_name, what, space, expected) => {
    expect(bestDensity(what, space)).toBe(expected);
  });

  it("switches only with 10 % of slack, in both directions", () => {
    const what = shape(6, 12, 3);
    const height = mapHeight("cards", what, laptop.width);
    const at = (share: number, current: Density) =>
      bestDensity(what, { width: laptop.width, height: height / share }, current);
    expect(at(1.2, "cards")).toBe("cards");
    expect(at(1.3, "cards")).not.toBe("cards");
    expect(at(1.1, "compact")).toBe("compact");
    expect(at(1.0, "compact")).toBe("cards");
  });
});

it("fits 50 nodes with 2,000 tasks into 1920 × 1080 with dots of at least 14 px", () => {
  const what = shape(50, 40);
  const pitch = dotPitch(what, fullHd);
  expect(pitch).toBeGreaterThanOrEqual(14);
  expect(mapHeight("dots", what, fullHd.width, pitch)).toBeLessThanOrEqual(fullHd.height);
});

it("keeps the size of dots while it fits and a much larger one would not", () => {
  const best = dotPitch(shape(30, 70), fullHd);
  expect(dotPitch(shape(30, 70), fullHd, best - 0.8)).toBe(best - 0.8);
  expect(dotPitch(shape(30, 70), fullHd, best - 1)).toBe(best);
  expect(dotPitch(shape(30, 70), fullHd, best + 0.2)).toBe(best);
  expect(dotPitch(shape(30, 70), fullHd, null)).toBe(best);
});

it("never makes dots smaller than they may be", () => {
  expect(dotPitch(shape(50, 400), laptop)).toBe(9);
});
