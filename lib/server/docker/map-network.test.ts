import { expect, test } from "vitest";
import { mapEnds } from "./map-network.ts";
import type { WireNetwork } from "./wire-resources.ts";

const id = (letter: string) => letter.repeat(64);
const end = (Name: string, IPv4Address: string) => ({ Name, IPv4Address, IPv6Address: "", MacAddress: "" });

// Seen on engine 20.10 while tasks of a service were starting.
test("an end that its engine lists twice while it comes or goes is there once", () => {
  const wire = {
    Id: "n1",
    Name: "back",
    Containers: {
      "ep-1": end("web.2.abc", "10.70.0.3/28"),
      [id("a")]: end("web.2.abc", "10.70.0.3/28"),
      [id("b")]: end("solo", ""),
      [id("c")]: end("duo", ""),
      "lb-back": end("back-endpoint", "10.70.0.10/28"),
      "ep-2": end("back-endpoint", "10.70.0.10/28"),
    },
  };
  const { ends } = mapEnds(wire as unknown as WireNetwork);
  expect(ends.map(({ containerId, name, ipv4 }) => [containerId?.[0] ?? null, name, ipv4])).toEqual([
    ["a", "web.2.abc", "10.70.0.3/28"],
    ["b", "solo", null],
    ["c", "duo", null],
    [null, "back-endpoint", "10.70.0.10/28"],
  ]);
});
