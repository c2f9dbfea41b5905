import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { ImageItem, PullNode, PullView } from "#lib/shared/images/types.ts";
import { type AgentsOnLab, startAgentsOnLab } from "../lab/agents-on-lab.ts";
import { auditRows } from "../lab/data-dir.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { followPulls, type PullsViewer } from "../lab/pulls-viewer.ts";
import { type LabRegistry, startRegistry } from "../lab/registry.ts";
import type { Valve } from "../lab/valve.ts";
import { waitFor } from "../lab/wait.ts";
import { ask, list, refusal } from "./server-on-lab.ts";

/** Pulls from a real registry, through agents: of node3's agent with the scope that reads every request itself. */
let lab: Lab;
let registry: LabRegistry;
let valve: Valve;
let agents: AgentsOnLab;
let viewer: PullsViewer;
let digest: string;
/** What the valve lets through on each connection. */
let passed = 0;

const megabyte = 1_000_000;
const size = 4 * megabyte;
const pullsPath = "/api/v1/clusters/local/images/pulls";

async function pull(image: string, nodes: readonly string[], more: object = {}): Promise<string> {
  const { status, body } = await agents.shoal.api("POST", pullsPath, { image, nodes, ...more });
  expect(status, JSON.stringify(body)).toBe(202);
  return (body as PullView).id;
}
/** As a page shows it. */
function shown(id: string): PullView {
  const found = viewer.pulls().find((each) => each.id === id);
  if (!found) throw new Error(`the page does not show the pull ${id}`);
  return found;
}
const ended = (id: string) =>
  waitFor("the end of the pull", () => {
    const found = shown(id);
    if (found.endedAt === null) throw new Error(JSON.stringify(found.nodes));
    return found;
  });
const bytes = ({ layers }: PullNode) => layers.reduce((sum, { current }) => sum + current, 0);
function letThrough(most: number): void {
  passed = most;
  valve.limit(most);
}
/**
 * Lets the downloads on, bit by bit because an engine tells of what comes at once only at its end, until the page shows
 * that every node has more than so many bytes; then they are held.
 */
const heldBeyond = (id: string, least: number) =>
  waitFor(`downloads held beyond ${least} bytes`, () => {
    const { nodes } = shown(id);
    if (nodes.every((node) => bytes(node) > least)) return nodes;
    letThrough(passed + 100_000);
    throw new Error(JSON.stringify([valve.waiting(), nodes]));
  });
const has = async (node: string, image: string) =>
  (await lab.docker(node, "image", "ls", "--quiet", image)).trim() !== "";

beforeAll(async () => {
  lab = await startLab({ name: "pulls", nodes: 3, managers: 1 });
  registry = await startRegistry(lab);
  valve = await registry.throttled();
  digest = await registry.push("node1", "team/app:1", size);
  agents = await startAgentsOnLab(lab, ["node1", "node2"]);
  agents.add({ node: "node3", scope: "operate" });
  await agents.until("node3", { status: "connected", engineError: null });
  const token = await agents.shoal.token("viewer");
  viewer = await followPulls(agents.shoal.url, { authorization: `Bearer ${token}` });
}, 180_000);
afterEach(() => valve?.limit(Number.POSITIVE_INFINITY));
afterAll(async () => {
  viewer?.close();
  await agents?.stop();
  await registry?.stop();
  await lab?.down();
});

describe("a pull that works", () => {
  test("shows its bytes rise on every node, and ends with the digest and the image", async () => {
    const image = `${valve.address}/team/app:1`;
    letThrough(0);
    const id = await pull(image, ["node2", "node3"]);
    const first = await heldBeyond(id, megabyte / 2);
    expect(valve.waiting()).toBe(2);
    for (const node of first) {
      expect(node).toMatchObject({ state: "pulling", layers: [{ status: "Downloading", done: false }] });
      expect(bytes(node)).toBeLessThan(passed);
      expect(node.layers[0]?.total).toBeGreaterThan(size - megabyte / 10);
    }
    await heldBeyond(id, 1.5 * megabyte);

    // A page that is opened now is told the same.
    const token = await agents.shoal.token("viewer");
    const late = await followPulls(agents.shoal.url, { authorization: `Bearer ${token}` });
    await waitFor("the pull on the second page", () => late.pulls().some((each) => each.id === id));
    expect(late.pulls()[0]?.nodes.every((node) => bytes(node) > 1.5 * megabyte)).toBe(true);
    late.close();

    valve.limit(Number.POSITIVE_INFINITY);
    const { nodes } = await ended(id);
    expect(nodes.map(({ name, state, digest: its }) => [name, state, its])).toEqual([
      ["node2", "done", digest],
      ["node3", "done", digest],
    ]);
    const item = await waitFor("the image in the list", async () =>
      (await list<ImageItem>(agents.shoal, "/images")).find(({ tags }) => tags.includes(image)),
    );
    expect(item.nodes.map(({ name }) => name)).toEqual(["node2", "node3"]);
    expect(item.digests).toContain(`${valve.address}/team/app@${digest}`);
    expect(await has("node1", image)).toBe(false);
    for (const node of ["node2", "node3"]) await lab.docker(node, "image", "rm", image);
  });

  test("on one node is told apart from one that failed on another", async () => {
    const [host = "", port = ""] = registry.address.split(":");
    const rule = ["OUTPUT", "-p", "tcp", "-d", host, "--dport", port, "-j", "REJECT", "--reject-with"];
    await lab.exec("node3", "iptables", "-I", ...rule, "tcp-reset");
    try {
      const { nodes } = await ended(await pull(`${registry.address}/team/app:1`, ["node2", "node3"]));
      expect(nodes.map(({ name, state }) => [name, state])).toEqual([
        ["node2", "done"],
        ["node3", "failed"],
      ]);
      expect(nodes[0]).toMatchObject({ digest, error: null });
      expect(nodes[1]?.error).toMatch(/refused/);
    } finally {
      await lab.exec("node3", "iptables", "-D", ...rule, "tcp-reset");
    }
  });
});

test("a pull that fails says what the engine says: wrong tag, no password, wrong password, registry away", async () => {
  const auth = { username: "ann", password: "right-one" };
  const closed = await startRegistry(lab, { auth });
  await closed.push("node1", "team/secret:1", 10_000);
  const image = `${closed.address}/team/secret:1`;
  const outcome = async (name: string, more?: object) => {
    const { nodes } = await ended(await pull(name, ["node2", "node3"], more));
    expect(nodes[1]).toMatchObject({ state: nodes[0]?.state, error: nodes[0]?.error });
    return nodes[0]?.error ?? nodes[0]?.state;
  };
  expect(await outcome(`${registry.address}/team/app:nope`)).toMatch(/team\/app:nope.*not found/);
  expect(await outcome(image)).toMatch(/no basic auth credentials/);
  expect(await outcome(image, { auth: { ...auth, password: "wrong-one" } })).toMatch(/unauthorized|denied/i);
  expect(await outcome(image, { auth })).toBe("done");
  await closed.stop();
  expect(await outcome(image, { auth })).toMatch(/connection refused/);
  expect(JSON.stringify([viewer.pictures, auditRows(agents.shoal.dataDir)])).not.toMatch(/(right|wrong)-one/);
});

describe("a cancelled pull", () => {
  test("stops the engines' downloads, leaves no image, is written down, and may be started again", async () => {
    const { shoal } = agents;
    await registry.push("node1", "team/other:1", size);
    const image = `${valve.address}/team/other:1`;
    letThrough(0);
    const id = await pull(image, ["node2", "node3"]);
    await heldBeyond(id, megabyte / 2);
    expect(valve.waiting()).toBe(2);

    const token = await shoal.token("operator", "canceller");
    const answer = await shoal.api("POST", `${pullsPath}/${id}/cancel`, undefined, { token });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expect((answer.body as PullView).nodes.map(({ state }) => state)).toEqual(["cancelled", "cancelled"]);
    const { cancelledBy } = await ended(id);
    expect(cancelledBy).toBe("token canceller");
    // An engine looks whether it is still wanted when the next bytes come. Far fewer than all are let through.
    await waitFor("the engines to hang up", () => {
      letThrough(passed + 1_000);
      return valve.waiting() === 0;
    });
    expect(passed).toBeLessThan(size / 2);
    for (const node of ["node2", "node3"]) expect(await has(node, image)).toBe(false);
    const row = auditRows(shoal.dataDir).find(({ action }) => action === "image.pull.cancel");
    expect(row).toMatchObject({ result: "ok", object: `image ${image}`, userName: "token canceller" });
    expect((await refusal(shoal, "POST", `/images/pulls/${id}/cancel`)).code).toBe("conflict");

    valve.limit(Number.POSITIVE_INFINITY);
    const again = await ended(await pull(image, ["node2", "node3"]));
    expect(again.nodes.map(({ state }) => state)).toEqual(["done", "done"]);
    expect((await ask<{ items: PullView[] }>(shoal, "GET", "/images/pulls")).items[1]?.id).toBe(id);
  });
});
