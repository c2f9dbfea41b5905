import { afterAll, expect, test } from "vitest";
import type { NetworkList, RemovedNetwork } from "#lib/shared/networks/types.ts";
import { auditRows } from "../lab/data-dir.ts";
import { waitFor } from "../lab/wait.ts";
import { findNetwork, startNetworksOnLab } from "./networks-on-lab.ts";
import { ask, createService, refusal, untilRunning } from "./server-on-lab.ts";

/** Networks of a swarm of three nodes, each through its agent. */
const on = await startNetworksOnLab("networks");
const { lab, here, docker, list, detail, make, inspected } = on;
const find = findNetwork;
afterAll(() => on.stop());

test("networks of every node in one list: the swarm's once, each node's own with it", async () => {
  await docker("node2", "network", "create", "--label", "team=blue", "side");
  await docker("node3", "network", "create", "--config-only", "--subnet", "10.61.0.0/24", "plan");
  const answer = await waitFor("what the command line has made", async () => {
    const now = await list();
    return find(now, "side", "node2") && find(now, "plan", "node3") && now;
  });
  expect(answer.nodes.map(({ name, ok }) => [name, ok])).toEqual(lab.nodes.map((name) => [name, true]));
  expect(answer.swarmError).toBeNull();
  const own = answer.items.filter(({ name }) => name === "bridge");
  expect(own.map(({ nodeName, scope, isPredefined }) => [nodeName, scope, isPredefined])).toEqual(
    lab.nodes.map((name) => [name, "local", true]),
  );
  expect(answer.items.filter(({ name }) => name === "ingress")).toMatchObject([
    { nodeId: null, ingress: true, isPredefined: true, isUnused: false },
  ]);
  expect(find(answer, "side", "node2")).toMatchObject({
    driver: "bridge",
    labels: { team: "blue" },
    isUnused: true,
    containers: [],
  });
  expect(find(answer, "plan", "node3")).toMatchObject({ isConfigOnly: true, isUnused: true });
  const { items } = await list("?node=node2&scope=local");
  expect(items.map(({ name }) => name)).toEqual(["bridge", "docker_gwbridge", "host", "none", "side"]);
});

test("an overlay is made with everything that was asked for", async () => {
  const { item, warnings } = await make({
    name: "back",
    driver: "overlay",
    subnets: [{ subnet: "10.60.0.0/24", gateway: "10.60.0.1" }],
    attachable: true,
    mtu: 1400,
    labels: { team: "red" },
  });
  expect(item).toMatchObject({ name: "back", nodeId: null, attachable: true, subnets: ["10.60.0.0/24"] });
  expect(warnings).toEqual([]);
  expect(await inspected("node1", "back")).toMatchObject({
    Driver: "overlay",
    Attachable: true,
    Labels: { team: "red" },
    Options: { "com.docker.network.driver.mtu": "1400" },
    IPAM: { Config: [{ Subnet: "10.60.0.0/24", Gateway: "10.60.0.1" }] },
  });
  const meeting = await make({ name: "meets", driver: "overlay", subnets: [{ subnet: "10.60.0.128/25" }] });
  expect(meeting.warnings.join()).toContain("meets 10.60.0.0/24 of the swarm's network back");
  await ask(here.shoal, "DELETE", "/networks/meets");
  const refused = [
    [{ name: "back", driver: "overlay" }, "conflict", "already is a network back"],
    [
      { name: "b", driver: "overlay", subnets: [{ subnet: "10.60.0.1/24" }] },
      "invalid_input",
      "10.60.0.0/24",
    ],
    [{ name: "b", driver: "bridge" }, "invalid_input", "is of one node"],
    [{ name: "bridge", driver: "bridge", node: "node2" }, "conflict", "already has a network bridge"],
  ] as const;
  for (const [body, code, text] of refused) {
    const problem = await refusal(here.shoal, "POST", "/networks", body);
    expect(problem.code).toBe(code);
    expect(JSON.stringify(problem)).toContain(text);
  }
});

test("a network in use stays, with who uses it; without them it goes, at its node or at a manager", async () => {
  await createService(lab, "web", "--network", "back");
  await untilRunning(here.shoal, "web", 1);
  const byService = await refusal(here.shoal, "DELETE", "/networks/back");
  expect(byService).toMatchObject({ code: "conflict" });
  expect(byService.detail).toContain("in use by web");
  await docker("node2", "run", "--detach", "--name", "guest", "--network", "side", "lab/web:1");
  const byContainer = await waitFor("the guest", async () => {
    const answer = await here.shoal.api("DELETE", "/api/v1/clusters/local/networks/side?node=node2");
    if (answer.status === 204) throw new Error("it was removed");
    return answer.body as { detail: string };
  });
  expect(byContainer.detail).toContain("guest");
  await docker("node2", "stop", "--time", "0", "guest");
  expect((await refusal(here.shoal, "DELETE", "/networks/side?node=node2")).detail).toContain("guest");
  await docker("node2", "rm", "guest");
  await waitFor("nobody on it", async () => find(await list(), "side", "node2")?.isUnused);
  await ask(here.shoal, "DELETE", "/networks/side?node=node2");
  expect(await docker("node2", "network", "ls", "--format", "{{.Name}}")).not.toContain("side");
  for (const [path, text] of [
    ["/networks/bridge?node=node2", "engine's own"],
    ["/networks/ingress", "engine's own"],
    ["/networks/bridge", "node1, node2, node3"],
    ["/networks/side?node=node2", "has no network side"],
  ] as const) {
    expect((await refusal(here.shoal, "DELETE", path)).detail).toContain(text);
  }
});

test("local networks: a bridge and a macvlan on a chosen node, and an engine's refusal in its own words", async () => {
  const { item } = await make({
    name: "lan",
    driver: "bridge",
    node: "node3",
    subnets: [{ subnet: "10.63.0.0/24", range: "10.63.0.128/28" }],
    internal: true,
  });
  expect(item).toMatchObject({ nodeName: "node3", internal: true, isUnused: true });
  await docker("node3", "run", "--detach", "--name", "inside", "--network", "lan", "lab/web:1");
  const { addresses, ipam } = await waitFor("its address", async () => {
    const now = await detail("lan?node=node3");
    return now.endpoints.some(({ ipv4 }) => ipv4 !== null) && now;
  });
  expect(ipam).toMatchObject([{ subnet: "10.63.0.0/24", range: "10.63.0.128/28" }]);
  expect(addresses[0]).toMatchObject({ usable: 16, counts: { gateway: 1, container: 1 } });
  await make({
    name: "wire",
    driver: "macvlan",
    node: "node2",
    parent: "eth0",
    mode: "bridge",
    subnets: [{ subnet: "10.64.0.0/24", gateway: "10.64.0.1" }],
  });
  expect(await inspected("node2", "wire")).toMatchObject({
    Options: { parent: "eth0", macvlan_mode: "bridge" },
  });
  const taken = await refusal(here.shoal, "POST", "/networks", {
    name: "again",
    driver: "bridge",
    node: "node3",
    subnets: [{ subnet: "10.63.0.0/24" }],
  });
  expect(taken.engineText).toContain("overlaps");
});

test("removing unused ones: the preview is exact, and what a rollback or settings need stays", async () => {
  await make({ name: "spare", driver: "overlay" });
  await make({ name: "before", driver: "overlay" });
  await createService(lab, "moved", "--network", "before");
  await docker(
    "node1",
    "service",
    "update",
    "--detach",
    "--quiet",
    "--network-rm",
    "before",
    "--network-add",
    "back",
    "moved",
  );
  await docker("node3", "network", "create", "--config-from", "plan", "planned");
  await docker("node1", "network", "create", "left");
  await untilRunning(here.shoal, "moved", 1);
  const { items } = await waitFor("the preview", async () => {
    const now = await ask<NetworkList>(here.shoal, "GET", "/unused-networks");
    return find(now, "left", "node1") && find(now, "planned", "node3") && now;
  });
  const shown = items.map(({ name, nodeName }) => `${nodeName ?? "swarm"} ${name}`).sort();
  expect(shown).toEqual(["node1 left", "node2 wire", "node3 planned", "swarm spare"]);
  expect(find(await list(), "before", null)?.previousServices).toMatchObject([{ name: "moved" }]);
  // Used since the preview, and never in it.
  await docker("node1", "run", "--detach", "--name", "late", "--network", "left", "lab/web:1");
  const networks = [
    ...items.map(({ id, nodeName }) => ({ id, ...(nodeName !== null && { node: nodeName }) })),
    { id: "before" },
    { id: "ingress" },
  ];
  const answer = await ask<{ items: readonly RemovedNetwork[] }>(here.shoal, "POST", "/unused-networks", {
    networks,
  });
  const outcome = answer.items
    .map(({ name, error }) => `${name} ${error === null ? "gone" : "stays"}`)
    .sort();
  expect(outcome).toEqual([
    "before stays",
    "ingress stays",
    "left stays",
    "planned gone",
    "spare gone",
    "wire gone",
  ]);
  expect(await docker("node2", "network", "ls", "--format", "{{.Name}}")).not.toContain("wire");
  const rows = auditRows(here.shoal.dataDir).filter(({ result }) => result === "ok");
  const actions = new Set(rows.map(({ action }) => action).filter((action) => action.startsWith("network.")));
  expect([...actions].sort()).toEqual(["network.create", "network.prune", "network.remove"]);
  expect(rows.map(({ object }) => object)).toContain("network side on node2");
});
