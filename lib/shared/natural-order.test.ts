import { expect, it } from "vitest";
import { compareNatural } from "./natural-order.ts";

it("orders numbers in names by value and keeps a total order", () => {
  const names = ["swarm-10", "Web", "swarm-2", "web", "api", "swarm-1"];
  expect(names.sort(compareNatural)).toEqual(["api", "swarm-1", "swarm-2", "swarm-10", "Web", "web"]);
});
