import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ListAnswer } from "#lib/shared/api/types.ts";
import type { ContainerView } from "#lib/shared/containers/types.ts";
import { followContainers } from "../lab/container-viewer.ts";
import { type EngineProxy, startEngineProxy } from "../lab/engine-proxy.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { waitFor } from "../lab/wait.ts";
import { ask, refusal } from "./server-on-lab.ts";

/** The list of containers when a node is silent, when much happens at once, and when many look. */
let lab: Lab;
let shoal: Shoal;
let proxy: EngineProxy;
let token: string;

const nodes = ["node1", "node2", "node3"];

beforeAll(async () => {
  lab = await startLab({ name: "containers live", nodes: 3, managers: 1 });
  proxy = await startEngineProxy(lab.socket("node1"));
  await Promise.all(nodes.map((node) => lab.docker(node, "run", "--detach", "--name", "same", "lab/web:1")));
  shoal = await startShoal({ engines: [proxy.host, lab.host("node2"), lab.host("node3")] });
  token = await shoal.token("viewer");
}, 180_000);
afterAll(async () => {
  await shoal?.stop();
  proxy?.close();
  await lab?.down();
});

const everything = () => ask<ListAnswer<ContainerView>>(shoal, "GET", "/containers?all=1");
const watch = () => followContainers(shoal.url, { authorization: `Bearer ${token}` });

test("a node whose engine is frozen is named with its age, its rows stay, and it heals", async () => {
  const viewer = await watch();
  await waitFor("rows of node3", () => viewer.rows().some(({ nodeName }) => nodeName === "node3"));
  const before = viewer.rows().filter(({ nodeName }) => nodeName === "node3");
  await lab.freeze("node3");
  const frozen = await waitFor("node3 to be named", () =>
    viewer.picture().nodes.find(({ name, ok }) => name === "node3" && !ok),
  );
  expect(frozen.error).toBeTruthy();
  expect(Date.now() - (frozen.lastAt ?? 0)).toBeLessThan(30_000);
  expect(
    viewer
      .rows()
      .filter(({ nodeName }) => nodeName === "node3")
      .map(({ id }) => id),
  ).toEqual(expect.arrayContaining(before.map(({ id }) => id)));
  const answer = await everything();
  const told = answer.nodes?.find(({ name }) => name === "node3");
  expect(told?.ok).toBe(false);
  expect(told?.ageMs).toBeGreaterThan(0);
  expect(answer.nodes?.filter(({ ok }) => ok).map(({ name }) => name)).toEqual(["node1", "node2"]);
  const refused = await refusal(shoal, "POST", "/containers/same/stop?node=node3", {});
  expect(refused.code).toBe("node_not_linked");
  expect(refused.detail).toContain("node3");
  await lab.thaw("node3");
  await waitFor("node3 to answer again", () => viewer.picture().nodes.every(({ ok }) => ok), {
    timeoutMs: 30_000,
  });
  expect((await lab.docker("node3", "inspect", "--format", "{{.State.Status}}", "same")).trim()).toBe(
    "running",
  );
  viewer.close();
}, 120_000);

test("three hundred containers that come and go: none lost, none doubled, each with its node", async () => {
  const viewer = await watch();
  await waitFor("the snapshot", () => viewer.rows().length > 0);
  const script = (node: string) => `
    for i in $(seq 1 110); do docker create --name churn-$i --label home=${node} lab/web:1 > /dev/null; done &
    wait
    for i in $(seq 1 10); do docker rm churn-$i > /dev/null; docker rename churn-$((i+20)) moved-$i; done
    for i in $(seq 50 53); do docker start churn-$i > /dev/null; done`;
  let over = false;
  const work = Promise.all(
    nodes.map((node) =>
      lab.exec(node, "sh", "-c", script(node).replaceAll("docker ", `docker -H ${lab.host(node)} `)),
    ),
  ).finally(() => {
    over = true;
  });
  let looks = 0;
  while (!over) {
    const { items } = await everything();
    looks += 1;
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    await pause(200);
  }
  await work;
  expect(looks).toBeGreaterThan(3);
  for (const node of nodes) {
    const told = (
      await lab.docker(node, "ps", "--all", "--no-trunc", "--format", "{{.ID}} {{.Names}}")
    ).trim();
    const wanted = told
      .split("\n")
      .filter((line) => / (churn|moved)-/.test(line))
      .sort();
    expect(wanted).toHaveLength(100);
    await waitFor(`all of ${node}`, () => {
      const shown = viewer
        .rows()
        .filter(({ name, nodeName }) => nodeName === node && /^(churn|moved)-/.test(name))
        .map(({ id, name }) => `${id} ${name}`)
        .sort();
      if (shown.join() !== wanted.join()) throw new Error(`${shown.length} shown, ${wanted.length} there`);
      return true;
    });
  }
  await waitFor("those that were started to run", () => {
    const running = viewer
      .rows()
      .filter(({ name, state }) => name.startsWith("churn-") && state === "running");
    if (running.length !== 12) throw new Error(`${running.length} run`);
    return true;
  });
  viewer.close();
}, 150_000);

test("twenty viewers cost the engine what one costs", async () => {
  const callsDuring = async () => {
    const before = proxy.calls();
    await lab.docker("node1", "restart", "--time", "0", "same");
    await pause(10_000); // the thing measured is calls per time
    return proxy.calls() - before;
  };
  const first = await watch();
  await waitFor("a picture", () => first.rows().length > 0);
  const one = await callsDuring();
  const more = await Promise.all(Array.from({ length: 19 }, watch));
  await waitFor("pictures for all", () => more.every((viewer) => viewer.rows().length > 0));
  const twenty = await callsDuring();
  expect(one).toBeGreaterThan(1);
  expect(twenty).toBeLessThan(one * 2);
  expect(more.every((viewer) => viewer.deltas() > 0)).toBe(true);
  for (const viewer of [first, ...more]) viewer.close();
}, 60_000);
