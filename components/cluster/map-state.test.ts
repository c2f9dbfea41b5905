import { expect, it } from "vitest";
import { noFilter } from "#lib/shared/map/filter-map.ts";
import { readMapFilter, writeMapFilter } from "./map-state.ts";

it("keeps a filter in the address, whatever its words hold", () => {
  const filter = {
    text: "api & co=1",
    stacks: ["web", "-"],
    states: ["failed"],
    labels: ["disk=a b", "gpu="],
    health: ["failing"],
  };
  const query = writeMapFilter(new URLSearchParams("density=dots"), filter);
  expect(readMapFilter(new URLSearchParams(query.toString()))).toEqual(filter);
  expect(query.get("density")).toBe("dots");
});

it("leaves nothing behind when the filter is cleared", () => {
  const query = new URLSearchParams("q=x&stack=a&stack=b&label=c&health=failing&task=t1");
  expect(writeMapFilter(query, noFilter).toString()).toBe("task=t1");
});
