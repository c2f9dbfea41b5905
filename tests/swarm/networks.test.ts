import { afterAll, beforeAll, expect, test } from "vitest";
import type { WriteAnswer } from "#lib/shared/api/types.ts";
import type { NetworkDetail, NetworkList, NetworkRow, RemovedNetwork } from "#lib/shared/networks/types.ts";
import { type AgentsOnLab, startAgentsOnLab } from "../lab/agents-on-lab.ts";
import { auditRows } from "../lab/data-dir.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { waitFor } from "../lab/wait.ts";
import { ask, createService, refusal, untilRunning } from "./server-on-lab.ts";

/** Networks of a swarm of three nodes, each through its agent. */
let lab: Lab;
let here: AgentsOnLab;

beforeAll(async () => {
  lab = await startLab({ name: "networks", nodes: 3, managers: 1 });
  here = await startAgentsOnLab(lab);
}, 180_000);
afterAll(async () => {
  await here?.stop();
  await lab?.down();
});

const list = (query = "") => ask<NetworkList>(here.shoal, "GET", `/networks${query}`);
const detail = (ref: string) => ask<NetworkDetail>(here.shoal, "GET", `/networks/${ref}`);
const make = (body: object) => ask<WriteAnswer<NetworkRow>>(here.shoal, "POST", "/networks", body);
const docker = (node: string, ...args: string[]) => lab.docker(node, ...args);
const find = ({ items }: NetworkList, name: string, node: string | null) =>
  items.find((row) => row.name === name && row.nodeName === node);
const inspected = async (node: string, name: string) =>
  JSON.parse(await docker(node, "network", "inspect", name))[0] as {
    Id: string;
    Driver: string;
    Attachable: boolean;
    Internal: boolean;
    Options: Record<string, string>;
    Labels: Record<string, string>;
    IPAM: { Config: object[] };
    Containers: Record<string, { IPv4Address: string; MacAddress: string }>;
  };

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

test("who is on an overlay and which addresses are free, as the engines themselves have it", async () => {
  await createService(
    lab, "web", "--replicas", "4", "--network", "name=back,alias=front", "--publish", "8093:8080",
  ); // biome-ignore format: one call
  await createService(lab, "names", "--endpoint-mode", "dnsrr", "--network", "back");
  await docker("node3", "run", "--detach", "--name", "solo", "--network", "back", "lab/web:1");
  await docker("node2", "create", "--name", "later", "--network", "back", "lab/web:1");
  await untilRunning(here.shoal, "web", 4);
  await untilRunning(here.shoal, "names", 1);
  // Also the record of a task that is over has an address, which is somebody else's by then.
  await docker("node1", "service", "update", "--detach", "--force", "--quiet", "names");
  const answer = await waitFor("every end", async () => {
    const now = await detail("back");
    const ends = await Promise.all(lab.nodes.map((node) => inspected(node, "back")));
    const truth = ends
      .flatMap((end) => Object.values(end.Containers).map(({ IPv4Address }) => IPv4Address))
      .sort();
    const shown = now.endpoints.flatMap(({ ipv4 }) => ipv4 ?? []).sort();
    if (JSON.stringify(shown) !== JSON.stringify(truth)) throw new Error(`${shown} is not ${truth}`);
    return now.services.find(({ name }) => name === "names")?.tasks === 1 && now;
  });
  const kinds = Map.groupBy(answer.endpoints, ({ kind }) => kind);
  const balancers = new Set(kinds.get("balancer")?.map(({ nodeName }) => nodeName));
  expect(kinds.get("task")).toHaveLength(5);
  const solo = answer.endpoints.find(({ name }) => name === "solo");
  const [truth] = Object.entries((await inspected("node3", "back")).Containers).filter(
    ([id]) => id === solo?.containerId,
  );
  expect(solo).toMatchObject({
    kind: "container",
    nodeName: "node3",
    service: null,
    isRunning: true,
    ipv4: truth?.[1].IPv4Address,
    mac: truth?.[1].MacAddress,
  });
  expect(answer.endpoints.find(({ name }) => name === "later")).toMatchObject({
    isRunning: false,
    ipv4: null,
  });
  const web = answer.services.find(({ name }) => name === "web");
  const vips = JSON.parse(
    await docker("node1", "service", "inspect", "--format", "{{json .Endpoint.VirtualIPs}}", "web"),
  );
  expect(vips.map(({ Addr }: { Addr: string }) => Addr)).toContain(web?.vips[0]);
  expect(web).toMatchObject({
    mode: "vip",
    aliases: ["front"],
    tasks: 4,
    vips: [expect.stringMatching(/^10\.60\.0\./)],
  });
  expect(answer.services.find(({ name }) => name === "names")).toMatchObject({
    mode: "dnsrr",
    vips: [],
    tasks: 1,
  });
  // 254 without the gateway, the VIP, five tasks, solo, and the end of every node that has one of them.
  expect(answer.addresses).toMatchObject([
    {
      usable: 254,
      free: 254 - 1 - 1 - 5 - 1 - balancers.size,
      counts: { gateway: 1, vip: 1, task: 5, container: 1, balancer: balancers.size },
      isScarce: false,
    },
  ]);
  expect(answer.unheard).toEqual([]);
  expect(answer.peers.map(({ nodeName }) => nodeName).filter((name) => name !== null).length).toBe(
    answer.peers.length,
  );
  expect(find(await list(), "back", null)).toMatchObject({
    isUnused: false,
    usedBy: [{ name: "names" }, { name: "web" }],
    containers: [
      { name: "later", isRunning: false },
      { name: "solo", isRunning: true },
    ],
  });
});

test("a subnet that is too small is told, with the tasks that wait for an address", async () => {
  await make({ name: "tiny", driver: "overlay", subnets: [{ subnet: "10.62.0.0/29" }] });
  await createService(lab, "many", "--replicas", "6", "--network", "tiny");
  const { addresses, waitingTasks } = await waitFor("it to be full", async () => {
    const now = await detail("tiny");
    return now.waitingTasks > 0 && now.addresses[0]?.free === 0 && now;
  });
  expect(addresses).toMatchObject([{ usable: 6, free: 0, isScarce: true, counts: { gateway: 1, vip: 1 } }]);
  expect(waitingTasks).toBeGreaterThanOrEqual(2);
  await docker("node1", "service", "rm", "many");
});

test("a network in use stays, with who uses it; without them it goes, at its node or at a manager", async () => {
  const byService = await refusal(here.shoal, "DELETE", "/networks/back");
  expect(byService).toMatchObject({ code: "conflict" });
  expect(byService.detail).toContain("names, web");
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

test("a container is connected with an address and a name, and disconnected; one of a service is not", async () => {
  await docker("node3", "run", "--detach", "--name", "joins", "lab/web:1");
  const container = { container: "joins", node: "node3" };
  await waitFor("the container", async () =>
    ask(here.shoal, "POST", "/networks/back/connect", { ...container, ipv4: "10.60.0.200", aliases: ["db"] })
      .then(() => true)
      .catch(() => false),
  );
  const [told] = JSON.parse(await docker("node3", "inspect", "joins"));
  expect(told.NetworkSettings.Networks.back).toMatchObject({ IPAddress: "10.60.0.200" });
  expect(told.NetworkSettings.Networks.back.Aliases).toContain("db");
  const joined = await waitFor("it on the page", async () =>
    (await detail("back")).endpoints.find(({ name }) => name === "joins"),
  );
  expect(joined.ipv4).toContain("10.60.0.200");
  const [task] = await untilRunning(here.shoal, "web", 4);
  const refused = [
    ["back/connect", container, "on back already"],
    ["lan/connect?node=node3", { container: "later", node: "node2" }, "later is on node2"],
    ["ingress/connect", container, "not attachable"],
    ["tiny/connect", container, "not attachable"],
    ["host/connect?node=node3", container, "do not join host"],
    ["back/disconnect", { container: task?.containerId }, "belongs to the service web"],
    ["lan/connect?node=node3", { ...container, ipv4: "10.9.9.9" }, "no address of lan"],
  ] as const;
  for (const [path, body, text] of refused) {
    expect((await refusal(here.shoal, "POST", `/networks/${path}`, body)).detail, path).toContain(text);
  }
  const operator = await here.shoal.token("operator", "joins");
  const leave = await fetch(`${here.shoal.url}/api/v1/clusters/local/networks/back/disconnect`, {
    method: "POST",
    headers: { authorization: `Bearer ${operator}`, "content-type": "application/json" },
    body: JSON.stringify(container),
  });
  expect(leave.status).toBe(204);
  expect(
    await docker("node3", "inspect", "--format", "{{json .NetworkSettings.Networks}}", "joins"),
  ).not.toContain("back");
  const rows = auditRows(here.shoal.dataDir).filter(({ result }) => result === "ok");
  const actions = new Set(rows.map(({ action }) => action).filter((action) => action.startsWith("network.")));
  expect([...actions].sort()).toEqual([
    "network.connect",
    "network.create",
    "network.disconnect",
    "network.remove",
  ]);
  expect(rows.map(({ object }) => object)).toContain("network side on node2");
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
  await waitFor("tiny to be free", async () => (await detail("tiny")).endpoints.length === 0);
  const { items } = await waitFor("the preview", async () => {
    const now = await ask<NetworkList>(here.shoal, "GET", "/unused-networks");
    return find(now, "left", "node1") && find(now, "planned", "node3") && now;
  });
  const shown = items.map(({ name, nodeName }) => `${nodeName ?? "swarm"} ${name}`).sort();
  expect(shown).toEqual(["node1 left", "node2 wire", "node3 planned", "swarm spare", "swarm tiny"]);
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
    "tiny gone",
    "wire gone",
  ]);
  expect(await docker("node2", "network", "ls", "--format", "{{.Name}}")).not.toContain("wire");
});

test("a node that is gone is named with its age, its networks stay in the list and out of the preview", async () => {
  await docker("node3", "network", "create", "lonely");
  await waitFor("it", async () => find(await list(), "lonely", "node3"));
  const before = (await detail("back")).addresses[0];
  await here.agents.get("node3")?.stop();
  const { items, nodes } = await waitFor("the node to be silent", async () => {
    const now = await list();
    const node = now.nodes.find(({ name }) => name === "node3");
    return node?.ok === false && node.error !== null && node.ageMs > 0 && now;
  });
  expect(nodes.filter(({ ok }) => ok).map(({ name }) => name)).toEqual(["node1", "node2"]);
  expect(items.some(({ name }) => name === "lonely")).toBe(true);
  const preview = await ask<NetworkList>(here.shoal, "GET", "/unused-networks");
  expect(preview.items.filter(({ nodeName }) => nodeName === "node3")).toEqual([]);
  expect(preview.nodes.find(({ name }) => name === "node3")?.ok).toBe(false);
  const now = await detail("back");
  // What swarm tells of it is still counted: its tasks, and the container that joined by hand.
  expect(now.unheard).toEqual(["node3"]);
  expect(
    now.endpoints.find(({ containerId, nodeName }) => containerId !== null && nodeName === "node3"),
  ).toBeTruthy();
  expect(now.addresses[0]?.counts.task).toBe(before?.counts.task);
  expect(now.addresses[0]?.counts.container).toBe(before?.counts.container);
  expect((await refusal(here.shoal, "DELETE", "/networks/lonely?node=node3")).code).toBe("node_not_linked");
});
