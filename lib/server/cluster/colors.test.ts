import { describe, expect, test } from "vitest";
import type { ServiceColor } from "#lib/shared/model/types.ts";
import { assignColor, type ColorStore, createColors, fnv1a32, type StoredColor } from "./colors.ts";

describe("service colours", () => {
  test("fnv1a32 is the published function", () => {
    // Test vectors of the FNV reference implementation.
    expect(fnv1a32("")).toBe(0x811c9dc5);
    expect(fnv1a32("a")).toBe(0xe40c292c);
    expect(fnv1a32("foobar")).toBe(0xbf9cf968);
  });

  test("42 services get 42 different colours, the first 14 without a marking", () => {
    const taken: ServiceColor[] = [];
    for (let i = 0; i < 42; i += 1) taken.push(assignColor(`service-${i}`, taken));
    expect(new Set(taken.map((color) => `${color.hue}/${color.marking}`)).size).toBe(42);
    expect(taken.slice(0, 14).every((color) => color.marking === 0)).toBe(true);
    expect(taken.every(({ hue }) => hue >= 1 && hue <= 14)).toBe(true);
  });

  test("when everything is taken the least used colour is used again", () => {
    const taken: ServiceColor[] = [];
    for (let i = 0; i < 84; i += 1) taken.push(assignColor(`service-${i}`, taken));
    const uses = Map.groupBy(taken, (color) => `${color.hue}/${color.marking}`);
    expect([...uses.values()].every((list) => list.length === 2)).toBe(true);
  });

  test("the preferred hue is free: it is taken; it is not: five further", () => {
    const first = assignColor("web_api", []);
    expect(first).toEqual({ hue: (fnv1a32("web_api") % 14) + 1, marking: 0 });
    expect(assignColor("web_api", [first])).toEqual({ hue: ((first.hue - 1 + 5) % 14) + 1, marking: 0 });
  });

  test("an old service keeps its colour, also after a restart", () => {
    const store = memoryStore();
    const before = createColors("local", store, () => 0);
    const api = before.of("api");
    for (let i = 0; i < 50; i += 1) before.of(`other-${i}`);
    expect(before.of("api")).toEqual(api);
    expect(createColors("local", store, () => 0).of("api")).toEqual(api);
  });

  test("a colour is kept for 30 days after its service was last seen", () => {
    const day = 24 * 3_600_000;
    const store = memoryStore();
    let now = 100 * day;
    const colors = createColors("local", store, () => now);
    colors.of("gone");
    colors.of("stays");
    now += 20 * day;
    colors.seen(["stays"]);
    now += 11 * day;
    createColors("local", store, () => now);
    expect(store.list("local").map(({ name }) => name)).toEqual(["stays"]);
  });

  test("existing services are noted at most once an hour", () => {
    const store = memoryStore();
    let now = 0;
    const colors = createColors("local", store, () => now);
    colors.of("web");
    const lastSeen = () => store.list("local")[0]?.lastSeenAt;
    for (now of [60_000, 1_800_000, 3_600_000]) colors.seen(["web"]);
    expect(lastSeen()).toBe(60_000);
    now = 3_660_000;
    colors.seen(["web"]);
    expect(lastSeen()).toBe(3_660_000);
  });
});

function memoryStore(): ColorStore {
  const rows = new Map<string, StoredColor>();
  return {
    list: () => [...rows.values()],
    put: (_cluster, added) => {
      for (const row of added) rows.set(row.name, row);
    },
    removeUnseen: (_cluster, since) => {
      for (const row of rows.values()) if (row.lastSeenAt < since) rows.delete(row.name);
    },
  };
}
