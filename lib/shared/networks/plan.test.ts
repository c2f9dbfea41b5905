import { expect, test } from "vitest";
import { say } from "../i18n/phrase.ts";
import { t } from "../i18n/translate.ts";
import { planProblems, planWarnings } from "./plan.ts";
import type { NetworkCreate } from "./schemas.ts";

const overlay = (more: Partial<NetworkCreate> = {}): NetworkCreate => ({
  name: "n",
  driver: "overlay",
  ...more,
});
const problems = (input: NetworkCreate) =>
  planProblems(input).map(({ field, phrase }) => `${field}: ${say(t, phrase)}`);

test.each<[string, NetworkCreate]>([
  ["nothing but a name", overlay()],
  ["everything an overlay can be told", overlay({
    attachable: true, internal: true, encrypted: true, ipv6: true, mtu: 1400,
    subnets: [
      { subnet: "10.9.0.0/24", gateway: "10.9.0.254", range: "10.9.0.0/25" },
      { subnet: "fd00:9::/64", gateway: "fd00:9::1" },
    ],
  })], // biome-ignore format: one case
  ["a macvlan", { name: "n", driver: "macvlan", node: "n1", parent: "eth0.10", mode: "vepa" }],
  ["a bridge with flags that are off", { name: "n", driver: "bridge", node: "n1", encrypted: false }],
  ["two hosts", overlay({ subnets: [{ subnet: "10.0.0.0/31", gateway: "10.0.0.0" }] })],
])("%s is fine", (_name, input) => {
  expect(problems(input)).toEqual([]);
});

test.each<[string, NetworkCreate, string]>([
  ["a node of the swarm's", overlay({ node: "n1" }), "node: An overlay"],
  ["no node", { name: "n", driver: "bridge" }, "node: A bridge network is of one node"],
  ["an overlay with a parent", overlay({ parent: "eth0" }), "parent: overlay networks have no such thing"],
  ["an encrypted bridge", { name: "n", driver: "bridge", node: "n1", encrypted: true }, "encrypted: bridge"],
  ["a mode of the other one", { name: "n", driver: "ipvlan", node: "n1", mode: "vepa" }, "mode: ipvlan knows l2, l3, l3s"],
  ["a parent with a space", { name: "n", driver: "macvlan", node: "n1", parent: "eth 0" }, "parent: "],
  ["a tiny packet", overlay({ mtu: 20 }), "mtu: From 68 to 65,535"],
  ["an option that has a field", overlay({ mtu: 1400, options: { "com.docker.network.driver.mtu": "9" } }), "options: com.docker"],
  ["no subnet", overlay({ subnets: [{ subnet: "10.0.0.0" }] }), "subnets.0.subnet: 10.0.0.0 is no subnet"],
  ["an address in a subnet", overlay({ subnets: [{ subnet: "10.0.0.5/24" }] }), "Write 10.0.0.0/24"],
  ["IPv6 without saying so", overlay({ subnets: [{ subnet: "fd00::/64" }] }), "subnets.0.subnet: Switch on IPv6"],
  ["twice the same", overlay({ subnets: [{ subnet: "10.0.0.0/8" }, { subnet: "10.1.0.0/16" }] }), "subnets.1.subnet: "],
  ["a gateway elsewhere", overlay({ subnets: [{ subnet: "10.0.0.0/24", gateway: "10.0.1.1" }] }), "subnets.0.gateway: "],
  ["the last address as gateway", overlay({ subnets: [{ subnet: "10.0.0.0/24", gateway: "10.0.0.255" }] }), "subnets.0.gateway: "],
  ["a range beyond", overlay({ subnets: [{ subnet: "10.0.0.0/24", range: "10.0.0.0/23" }] }), "subnets.0.range: "],
])("%s is told at its field", (_name, input, expected) => {
  const found = problems(input);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(expected);
}); // biome-ignore format: one case a line

const known = {
  networks: [
    { name: "back", nodeId: null, nodeName: null, subnets: ["10.0.1.0/24"] },
    { name: "bridge", nodeId: "id1", nodeName: "n1", subnets: ["172.17.0.0/16"] },
    { name: "bridge", nodeId: "id2", nodeName: "n2", subnets: ["172.17.0.0/16"] },
  ],
  nodes: [
    { id: "id1", name: "n1", address: "192.168.0.1" },
    { id: "id2", name: "n2", address: "192.168.0.2" },
  ],
};
const warnings = (input: NetworkCreate) => planWarnings(input, known).map((phrase) => say(t, phrase));
const local = (driver: NetworkCreate["driver"], subnet: string): NetworkCreate => ({
  name: "n",
  driver,
  node: "n1",
  subnets: [{ subnet }],
});

test("overlaps are told for the places where the network would be", () => {
  expect(warnings(overlay({ subnets: [{ subnet: "10.0.1.128/25" }] }))[0]).toContain("back");
  expect(warnings(overlay({ subnets: [{ subnet: "172.17.9.0/24" }] }))).toHaveLength(2);
  expect(warnings(local("bridge", "172.17.9.0/24"))).toHaveLength(1);
  expect(warnings(local("bridge", "10.0.0.0/16"))[0]).toContain("back");
  expect(warnings(local("bridge", "192.168.0.0/24"))).toEqual([expect.stringContaining("192.168.0.1")]);
  expect(warnings(local("macvlan", "192.168.0.0/24"))).toEqual([]);
  expect(warnings(overlay({ subnets: [{ subnet: "10.0.2.0/24" }, { subnet: "nonsense" }] }))).toEqual([]);
});
