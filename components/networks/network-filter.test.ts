import { expect, test } from "vitest";
import { aNetwork } from "#lib/shared/networks/testing/a-network.ts";
import { filterNetworks, networkRefs, readNetworkFilter, writeNetworkFilter } from "./network-filter.ts";

const local = { scope: "local", driver: "bridge", nodeId: "i1", nodeName: "n1", presentOn: ["n1"] };
const rows = [
  aNetwork("back", {
    usedBy: [{ id: "s", name: "shop_db" }],
    presentOn: ["n1", "n2"],
    subnets: ["10.0.1.0/24"],
  }),
  aNetwork("old", { isUnused: true, labels: { team: "blue" } }),
  aNetwork("side", local),
  aNetwork("wire", { ...local, driver: "macvlan", nodeId: "i2", nodeName: "n2", presentOn: ["n2"] }),
];
const named = (query: string) =>
  filterNetworks(rows, readNetworkFilter(new URLSearchParams(query))).map(({ name }) => name);

test.each([
  ["", ["back", "old", "side", "wire"]],
  ["q=SHOP_db", ["back"]],
  ["q=10.0.1", ["back"]],
  ["q=team%3Dblue", ["old"]],
  ["driver=bridge&driver=macvlan", ["side", "wire"]],
  ["scope=swarm", ["back", "old"]],
  ["node=n2", ["back", "wire"]],
  ["node=n2&scope=local", ["wire"]],
  ["unused=1", ["old"]],
])("%s", (query, expected) => {
  expect(named(query)).toEqual(expected);
});

test("it writes what it reads", () => {
  const query = "q=a+b&driver=overlay&scope=local&node=n1&node=n2&unused=1";
  expect(writeNetworkFilter(readNetworkFilter(new URLSearchParams(query))).toString()).toBe(query);
});

test("a name is a reference where its place has it once", () => {
  const twin = aNetwork("side", { ...local, id: "other" });
  const elsewhere = aNetwork("side", { ...local, nodeId: "i2", nodeName: "n2" });
  const refs = networkRefs([...rows, twin, elsewhere]);
  expect([rows[0], twin, elsewhere].map((row) => row && refs(row))).toEqual(["back", "other", "side"]);
});
