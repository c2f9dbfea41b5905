import { afterAll, expect, test } from "vitest";
import type { NetworkList } from "#lib/shared/networks/types.ts";
import { auditRows } from "../lab/data-dir.ts";
import { waitFor } from "../lab/wait.ts";
import { findNetwork, startNetworksOnLab } from "./networks-on-lab.ts";
import { ask, createService, refusal, untilRunning } from "./server-on-lab.ts";

/** Who is on the networks of a swarm of three nodes, each through its agent. */
const on = await startNetworksOnLab("network ends");
const { lab, here, docker, list, detail, make, inspected } = on;
const find = findNetwork;
afterAll(() => on.stop());

test("who is on an overlay and which addresses are free, as the engines themselves have it", async () => {
  await make({ name: "back", driver: "overlay", subnets: [{ subnet: "10.60.0.0/24" }], attachable: true });
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

test("a container is connected with an address and a name, and disconnected; one of a service is not", async () => {
  await make({ name: "lan", driver: "bridge", node: "node3", subnets: [{ subnet: "10.63.0.0/24" }] });
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
  expect(rows.map(({ action, object }) => `${action} ${object}`)).toEqual(
    expect.arrayContaining(["network.connect network back", "network.disconnect network back"]),
  );
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
