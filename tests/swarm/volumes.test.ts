import { createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ListAnswer } from "#lib/shared/api/types.ts";
import type { VolumeFiles } from "#lib/shared/volumes/files.ts";
import type { RemovedVolume, VolumeDetail, VolumeItem } from "#lib/shared/volumes/types.ts";
import { type AgentsOnLab, startAgentsOnLab } from "../lab/agents-on-lab.ts";
import { auditRows } from "../lab/data-dir.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { waitFor } from "../lab/wait.ts";
import { ask, createService, refusal, untilRunning } from "./server-on-lab.ts";

/** Volumes of three nodes, and their files through the agents. */
let lab: Lab;
let here: AgentsOnLab;
let admin: string;

beforeAll(async () => {
  lab = await startLab({ name: "volumes", nodes: 3, managers: 1 });
  here = await startAgentsOnLab(lab);
  admin = await here.shoal.token("admin", "files");
  await createService(
    lab,
    "db",
    "--replicas",
    "1",
    "--constraint",
    "node.hostname==node2",
    "--mount",
    "type=volume,source=dbdata,target=/data",
  );
  await untilRunning(here.shoal, "db", 1);
}, 180_000);
afterAll(async () => {
  await here?.stop();
  await lab?.down();
});

const list = (query = "") => ask<ListAnswer<VolumeItem>>(here.shoal, "GET", `/volumes${query}`);
const files = (path: string, more = "") =>
  `/volumes/${more || "box"}/files?node=node3&path=${encodeURIComponent(path)}`;
const fileUrl = (path: string, more = "") =>
  `${here.shoal.url}/api/v1/clusters/local/volumes/box/file?node=node3&path=${encodeURIComponent(path)}${more}`;
const put = (path: string, body: BodyInit, size: number, token = admin) =>
  fetch(fileUrl(path, `&size=${size}`), {
    method: "POST",
    body,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/octet-stream" },
  });
const get = (path: string, token = admin) =>
  fetch(fileUrl(path), { headers: { authorization: `Bearer ${token}` } });
const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const code = async (answer: Response) => ((await answer.json()) as { code: string }).code;

test("volumes of every node with who uses them; made on a chosen node; one in use stays", async () => {
  await ask(here.shoal, "POST", "/volumes", { node: "node3", name: "box", labels: { colour: "blue" } });
  const { items, nodes } = await waitFor("the service's volume", async () => {
    const answer = await list();
    return answer.items.some(({ name, containers }) => name === "dbdata" && containers.length > 0) && answer;
  });
  expect(nodes?.map(({ name, ok }) => [name, ok])).toEqual(lab.nodes.map((name) => [name, true]));
  expect(items.find(({ name }) => name === "dbdata")).toMatchObject({
    nodeName: "node2",
    isUnused: false,
    services: [{ name: "db" }],
    containers: [{ target: "/data", readOnly: false }],
  });
  expect(items.find(({ name }) => name === "box")).toMatchObject({
    nodeName: "node3",
    driver: "local",
    labels: { colour: "blue" },
    size: null,
    isUnused: true,
  });
  expect((await refusal(here.shoal, "POST", "/volumes", { node: "node3", name: "box" })).code).toBe(
    "conflict",
  );
  const inUse = await refusal(here.shoal, "DELETE", "/volumes/dbdata?node=node2");
  expect(inUse.code).toBe("conflict");
  expect(inUse.detail).toContain("in use by db.1");
  const { items: sized } = await list("?node=node3&sizes=1");
  expect(sized.find(({ name }) => name === "box")?.size).toBe(0);
  const detail = await ask<VolumeDetail>(here.shoal, "GET", "/volumes/box?node=node3");
  expect(detail).toMatchObject({ noFiles: null, mountpoint: expect.stringContaining("box") });
});

test("50 MB go up and come down the same, and every step is in the audit log without content", async () => {
  await ask(here.shoal, "POST", "/volumes/box/folder?node=node3", { path: "in" });
  const bytes = randomBytes(50 * 1024 * 1024);
  const up = await put("in/big file.bin", bytes, bytes.length);
  expect(up.status, await up.clone().text()).toBe(204);
  const down = await get("in/big file.bin");
  expect(down.status).toBe(200);
  expect(down.headers.get("x-content-type-options")).toBe("nosniff");
  expect(down.headers.get("content-disposition")).toContain('attachment; filename="big_file.bin"');
  expect(hash(new Uint8Array(await down.arrayBuffer()))).toBe(hash(bytes));
  const mounted = (
    await lab.docker("node3", "volume", "inspect", "--format", "{{.Mountpoint}}", "box")
  ).trim();
  expect((await lab.exec("node3", "sha256sum", `${mounted}/in/big file.bin`)).split(" ")[0]).toBe(
    hash(bytes),
  );
  expect(await code(await put("in/big file.bin", "x", 1))).toBe("conflict");
  expect(await code(await put("in/short", "xyz", 2))).toBe("invalid_input");
  expect(await code(await put("in/../../out", "x", 1))).toBe("invalid_input");
  await ask(here.shoal, "POST", "/volumes/box/rename?node=node3", { path: "in/big file.bin", to: "big" });
  const { items } = await ask<VolumeFiles>(here.shoal, "GET", files("in"));
  expect(items).toMatchObject([{ name: "big", kind: "file", size: bytes.length, uid: 0 }]);
  await ask(here.shoal, "DELETE", "/volumes/box/file?node=node3&path=in&all=1");
  expect((await ask<VolumeFiles>(here.shoal, "GET", files(""))).items).toEqual([]);
  const rows = auditRows(here.shoal.dataDir).filter(({ object }) => object === "volume box on node3");
  const actions = new Set(rows.filter(({ result }) => result === "ok").map(({ action }) => action));
  expect([...actions].sort()).toEqual([
    "volume.create",
    "volume.delete",
    "volume.download",
    "volume.folder",
    "volume.list",
    "volume.rename",
    "volume.upload",
  ]);
  expect(JSON.stringify(rows)).toContain("in/big file.bin");
});

test("an upload that breaks off leaves nothing", async () => {
  const ended = new AbortController();
  let pulled = 0;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      controller.enqueue(randomBytes(65_536));
      pulled += 1;
      if (pulled === 20) ended.abort();
      await new Promise((resolve) => setTimeout(resolve, 20));
    },
  });
  const sent = fetch(fileUrl("torn", "&size=50000000"), {
    method: "POST",
    body,
    signal: ended.signal,
    duplex: "half",
    headers: { authorization: `Bearer ${admin}`, "content-type": "application/octet-stream" },
  } as RequestInit);
  await expect(sent).rejects.toThrow();
  expect(pulled).toBeGreaterThanOrEqual(20);
  await waitFor("nothing", async () => {
    const { items } = await ask<VolumeFiles>(here.shoal, "GET", files(""));
    return items.length === 0;
  });
});

test("a link in a volume does not lead out of it", async () => {
  const mounted = (
    await lab.docker("node3", "volume", "inspect", "--format", "{{.Mountpoint}}", "box")
  ).trim();
  await lab.exec("node3", "ln", "-s", "/etc", `${mounted}/etc`);
  const { items } = await ask<VolumeFiles>(here.shoal, "GET", files(""));
  expect(items).toMatchObject([{ name: "etc", kind: "link", target: "/etc" }]);
  expect((await refusal(here.shoal, "GET", files("etc"))).detail).toContain("Links are not followed");
  expect(await code(await get("etc/passwd"))).toBe("refused_by_engine");
  await lab.docker(
    "node3",
    "volume",
    "create",
    "--opt",
    "type=none",
    "--opt",
    "o=bind",
    "--opt",
    "device=/etc",
    "bound",
  );
  expect((await refusal(here.shoal, "GET", files("", "bound"))).detail).toContain("mounted from elsewhere");
  await ask(here.shoal, "DELETE", "/volumes/box/file?node=node3&path=etc");
});

test("only admins look into volumes; a viewer's try is written down", async () => {
  for (const role of ["viewer", "operator"]) {
    const token = await here.shoal.token(role, role);
    for (const answer of [await get("x", token), await put("x", "x", 1, token)]) {
      expect(await code(answer)).toBe("forbidden");
      expect(auditRows(here.shoal.dataDir, 1)[0]).toMatchObject({ result: "denied", role });
    }
  }
});

test("removing unused ones removes exactly what was shown, and nothing a service names", async () => {
  await ask(here.shoal, "POST", "/volumes", { node: "node1", name: "leftover" });
  await ask(here.shoal, "POST", "/volumes", { node: "node1", name: "dbdata" });
  const { items } = await ask<ListAnswer<VolumeItem>>(here.shoal, "GET", "/unused-volumes");
  const names = items.map(({ name, nodeName }) => `${nodeName} ${name}`);
  expect(names).toContain("node1 leftover");
  expect(names.join()).not.toContain("dbdata");
  const volumes = [
    { node: "node1", name: "leftover" },
    { node: "node1", name: "dbdata" },
  ];
  const answer = await ask<{ items: readonly RemovedVolume[] }>(here.shoal, "POST", "/unused-volumes", {
    volumes,
  });
  expect(answer.items).toMatchObject([
    { name: "leftover", error: null },
    { name: "dbdata", error: expect.stringContaining("in use now") },
  ]);
  const left = await lab.docker("node1", "volume", "ls", "--quiet");
  expect(left).toContain("dbdata");
  expect(left).not.toContain("leftover");
});

test("an agent with less than the full scope opens no volume; a node that is gone is named with its age", async () => {
  await here.agents.get("node3")?.stop();
  await waitFor("it gone", async () => {
    const { nodes, items } = await list();
    const node = nodes?.find(({ name }) => name === "node3");
    return (
      node?.ok === false && node.error !== null && node.ageMs > 0 && items.some(({ name }) => name === "box")
    );
  });
  for (const scope of ["operate", "read"] as const) {
    const agent = here.add({ node: "node3", scope });
    const waiting = await waitFor("the new agent", async () =>
      (await here.list()).find((item) => item.nodeName === "node3" && item.status === "waiting"),
    );
    await ask(here.shoal, "POST", `/agents/${waiting.id}/accept`);
    await here.until("node3", { status: "connected", scope });
    const detail = await waitFor("the volume", () =>
      ask<VolumeDetail>(here.shoal, "GET", "/volumes/box?node=node3").catch(() => null),
    );
    expect(detail.noFiles).toContain("its scope is not exec");
    expect((await refusal(here.shoal, "GET", files(""))).detail).toContain("its scope is not exec");
    await agent.stop();
  }
});
