import { describe, expect, it } from "vitest";
import type { SecretItem } from "#lib/shared/api/resource-types.ts";
import { filterResources, readResourceFilter, writeResourceFilter } from "./resource-filter.ts";

function secret(name: string, more: Partial<SecretItem> = {}): SecretItem {
  const item = {
    id: name,
    name,
    stack: null,
    labels: {},
    createdAt: 0,
    updatedAt: 0,
    usedBy: [],
    driver: null,
  };
  return { ...item, ...more };
}

const items = [
  secret("db", { stack: "shop", usedBy: [{ id: "s1", name: "shop_db" }] }),
  secret("old", { stack: "shop", labels: { team: "blue" } }),
  secret("tls"),
];

const named = (query: string) =>
  filterResources(items, readResourceFilter(new URLSearchParams(query))).map((item) => item.name);

describe("filterResources", () => {
  it.each([
    ["", ["db", "old", "tls"]],
    ["q=SHOP", ["db", "old"]],
    ["q=shop_db", ["db"]],
    ["q=team%3Dblue", ["old"]],
    ["q=shop+tls", []],
    ["stack=-", ["tls"]],
    ["stack=shop&unused=1", ["old"]],
  ])("%s", (query, expected) => {
    expect(named(query)).toEqual(expected);
  });

  it("writes what it reads", () => {
    const query = "q=a+b&stack=shop&stack=-&unused=1";
    expect(writeResourceFilter(readResourceFilter(new URLSearchParams(query))).toString()).toBe(query);
    expect(writeResourceFilter({ text: "", stacks: [], unused: false }).toString()).toBe("");
  });
});
