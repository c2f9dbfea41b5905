import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ListAnswer } from "#lib/shared/api/types.ts";
import type { ImageItem, NodeDisk, PruneAnswer, PrunePreview, PullView } from "#lib/shared/images/types.ts";
import { auditRows } from "../lab/data-dir.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { waitFor } from "../lab/wait.ts";
import { ask, createService, list, refusal, untilRunning } from "./server-on-lab.ts";

/** Images of all nodes: the list, pulls that fail per node, tags, removal, and what a clean-up takes and what not. */
let lab: Lab;
let shoal: Shoal;

/** A further image on some nodes; the same everywhere has the same id only through one import. */
async function make(node: string, tag: string): Promise<string> {
  await lab.exec(node, "sh", "-c", `mkdir -p /tmp/made && echo ${tag} > /tmp/made/name`);
  const script = `tar -C /tmp/made -c . | docker -H unix://${lab.socket(node)} import - ${tag}`;
  return (await lab.exec(node, "sh", "-c", script)).trim();
}
const imageNamed = async (tag: string) =>
  (await list<ImageItem>(shoal, "/images")).find(({ tags }) => tags.includes(tag));
const idOf = async (node: string, tag: string) =>
  (await lab.docker(node, "image", "inspect", "--format", "{{.Id}}", tag)).trim();
const idsOn = async (node: string) =>
  new Set((await lab.docker(node, "image", "ls", "--quiet", "--no-trunc")).split("\n").filter(Boolean));

beforeAll(async () => {
  lab = await startLab({ name: "images", nodes: 3, managers: 1 });
  shoal = await startShoal({ engines: lab.nodes.map(lab.host) });
  await createService(lab, "web");
  await untilRunning(shoal, "web", 1);
}, 120_000);
afterAll(async () => {
  await shoal?.stop();
  await lab?.down();
});

describe("the list", () => {
  test("has one row for an image, with its nodes and who runs it, and follows the command line", async () => {
    const web = await imageNamed("lab/web:1");
    expect(web?.nodes.map(({ name }) => name)).toEqual(["node1", "node2", "node3"]);
    expect(web?.services.map(({ name }) => name)).toEqual(["web"]);
    expect(web?.nodes.reduce((sum, { containers }) => sum + containers, 0)).toBe(1);
    expect(web?.sizeBytes).toBeGreaterThan(100_000);
    await make("node2", "only/two:1");
    const two = await waitFor("the new image", () => imageNamed("only/two:1"));
    expect(two?.nodes.map(({ name }) => name)).toEqual(["node2"]);
  });

  test("is shared: a second look costs no engine a call for images", async () => {
    // Answers that were read for every look would never grow old.
    await waitFor("an answer that was read half a second ago", async () => {
      const { nodes = [] } = await ask<ListAnswer<ImageItem>>(shoal, "GET", "/images");
      return nodes.length === 3 && nodes.every(({ ok, ageMs }) => ok && ageMs > 500);
    });
  });
});

describe("a pull", () => {
  test("tells each node's own error, is found again, and keeps no password", async () => {
    const body = {
      image: "127.0.0.1:1/team/app:1",
      nodes: ["node1", "node3"],
      auth: { username: "ann", password: "hunter2-secret" },
    };
    const answer = await shoal.api("POST", "/api/v1/clusters/local/images/pulls", body);
    expect(answer.status).toBe(202);
    const { id } = answer.body as PullView;
    const pull = await waitFor("the end of the pull", async () => {
      const found = (await list<PullView>(shoal, "/images/pulls")).find((each) => each.id === id);
      return found?.endedAt === null ? undefined : found;
    });
    expect(pull?.nodes.map(({ name, state }) => [name, state])).toEqual([
      ["node1", "failed"],
      ["node3", "failed"],
    ]);
    expect(pull?.nodes[0]?.error).toMatch(/127\.0\.0\.1:1|connect/);
    expect(JSON.stringify([pull, auditRows(shoal.dataDir)])).not.toContain("hunter2");
    const wrong = await refusal(shoal, "POST", "/images/pulls", { image: "a:1", nodes: ["node9"] });
    expect(wrong.code).toBe("not_found");
  });
});

describe("tag and remove", () => {
  test("on every node that has it, and what is in use stays with a sentence", async () => {
    const web = await imageNamed("lab/web:2");
    await ask(shoal, "POST", `/images/${web?.id}/tag`, { tag: "other/name:9" });
    for (const node of lab.nodes) expect(await idOf(node, "other/name:9")).toBe(web?.id);
    await ask(shoal, "DELETE", `/images/${web?.id}?tag=other/name:9`);
    expect((await imageNamed("lab/web:2"))?.tags).not.toContain("other/name:9");

    const id = await make("node1", "used/by:1");
    await waitFor("the image", () => imageNamed("used/by:1"));
    await lab.docker("node1", "create", "--name", "holder", "used/by:1", "/nothing");
    const stays = await refusal(shoal, "DELETE", `/images/${id}`);
    expect(stays).toMatchObject({ code: "refused_by_engine" });
    expect(stays.detail).toContain("used/by:1 stays on node1: a stopped container uses it");
    await lab.docker("node1", "rm", "holder");
    await ask(shoal, "DELETE", `/images/${id}`);
    expect(await idsOn("node1")).not.toContain(id);
    expect(auditRows(shoal.dataDir).some(({ action }) => action === "image.remove")).toBe(true);
  });
});

describe("a clean-up", () => {
  const preview = (what: string) => ask<PrunePreview>(shoal, "POST", "/images/prune/preview", { what });
  const goingOn = (answer: PrunePreview, name: string) =>
    answer.nodes.find((node) => node.name === name)?.images.map(({ id }) => id) ?? [];

  test("never lists what a rollback needs, and removes exactly what it listed", async () => {
    // Three specifications: what runs, what the engine goes back to, and one that only Shoal remembers.
    for (const image of ["kept/first:1", "kept/second:1", "loose/one:1", "loose/two:1"])
      await lab.docker("node1", "tag", "lab/web:1", image);
    const old = await make("node3", "kept/first:1");
    const before = await make("node3", "kept/second:1");
    const loose = await make("node3", "loose/one:1");
    const update = (image: string) =>
      lab.docker(
        "node1",
        "service",
        "update",
        "--detach",
        "--quiet",
        "--no-resolve-image",
        "--image",
        image,
        "web",
      );
    for (const image of ["kept/first:1", "kept/second:1", "lab/web:1"]) {
      await update(image);
      await waitFor(`the specification with ${image}`, async () => {
        const { body } = await shoal.api("GET", "/api/v1/clusters/local/services/web");
        return JSON.stringify((body as { service: { image: unknown } }).service.image).includes(
          image.split(":")[0] ?? "",
        );
      });
    }
    await untilRunning(shoal, "web", 1);
    await waitFor("no container of the old images", async () => {
      const ids = await lab.docker("node3", "ps", "--all", "--quiet", "--filter", `ancestor=${old}`);
      return ids.trim() === "";
    });

    const first = await preview("unused");
    const going = goingOn(first, "node3");
    expect(going).toContain(loose);
    expect(going).not.toContain(old);
    expect(going).not.toContain(before);
    const node3 = first.nodes.find(({ name }) => name === "node3");
    expect(node3?.kept.map(({ id }) => id)).toEqual(expect.arrayContaining([old, before]));
    expect(node3?.freesAtLeast).toBeGreaterThan(0);

    // What came after the look is no part of it.
    const later = await make("node3", "loose/later:1");
    const had = await idsOn("node3");
    const nodes = first.nodes
      .filter(({ name }) => name === "node3")
      .map(({ id, images }) => ({ id, images: images.map((image) => image.id) }));
    const done = await ask<PruneAnswer>(shoal, "POST", "/images/prune", { nodes });
    expect(done.nodes[0]).toMatchObject({ name: "node3", problems: [] });
    expect([...(done.nodes[0]?.removed ?? [])].sort()).toEqual([...going].sort());
    const has = await idsOn("node3");
    expect([...had].filter((id) => !has.has(id)).sort()).toEqual([...going].sort());
    expect(has).toContain(later);
  });

  test("leaves what is needed by now, and says so", async () => {
    const id = await make("node2", "soon/used:1");
    const listed = await preview("unused");
    expect(goingOn(listed, "node2")).toContain(id);
    await lab.docker("node2", "create", "--name", "late", "soon/used:1", "/nothing");
    const node = listed.nodes.find(({ name }) => name === "node2")?.id;
    const done = await ask<PruneAnswer>(shoal, "POST", "/images/prune", {
      nodes: [{ id: node, images: [id] }],
    });
    expect(done.nodes[0]).toMatchObject({
      removed: [],
      problems: ["soon/used:1 stays on node2: something needs it by now."],
    });
    expect(await idsOn("node2")).toContain(id);
    await lab.docker("node2", "rm", "late");
  });
});

test("disk use of every node, two at once, also of engines that refuse a second df", async () => {
  const [one, two] = await Promise.all([1, 2].map(() => ask<ListAnswer<NodeDisk>>(shoal, "GET", "/disk")));
  expect(one?.items.map(({ name }) => name)).toEqual(["node1", "node2", "node3"]);
  expect(one?.items.every(({ imagesBytes, images }) => imagesBytes > 0 && images > 0)).toBe(true);
  expect(two?.nodes?.every(({ ok }) => ok)).toBe(true);
});

test("a node whose engine is frozen keeps its part of the list, with its age and why", async () => {
  await list(shoal, "/images");
  await lab.freeze("node3");
  try {
    const answer = await waitFor(
      "the frozen node in the answer",
      async () => {
        const now = await ask<ListAnswer<ImageItem>>(shoal, "GET", "/images");
        return now.nodes?.find(({ name }) => name === "node3")?.ok === false ? now : undefined;
      },
      { timeoutMs: 60_000 },
    );
    const node3 = answer?.nodes?.find(({ name }) => name === "node3");
    expect(node3?.error).not.toBe("");
    expect(node3?.ageMs).toBeGreaterThan(0);
    const web = answer?.items.find(({ tags }) => tags.includes("lab/web:1"));
    expect(web?.nodes.map(({ name }) => name)).toContain("node3");
  } finally {
    await lab.thaw("node3");
  }
});
