import { createHash } from "node:crypto";
import { once } from "node:events";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createEngine, type Engine } from "#lib/server/docker/engine.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { bigContainer, startTunnelOnLab, type TunnelOnLab } from "../lab/tunnel-on-lab.ts";
import { waitFor } from "../lab/wait.ts";

let lab: Lab;
let here: TunnelOnLab;
let big = "";

beforeAll(async () => {
  lab = await startLab({ name: "tunnel", nodes: 2, managers: 1 });
  here = await startTunnelOnLab(lab, "node2");
  big = await bigContainer(lab, "node2", 200);
});
afterAll(async () => {
  await here?.close();
  await lab?.down();
});

const list = (engine: Engine) => engine.get<{ Id: string }[]>("/containers/json");

test("a list over the tunnel is the engine's own, byte for byte", async () => {
  expect(await here.tunnel.getText("/containers/json")).toBe(await here.direct.getText("/containers/json"));
});

test("a command in a container, taken over from HTTP: 20 MB of input, its end, and the exit code", async () => {
  const created = await here.tunnel.send("POST", `/containers/${big}/exec`, {
    body: { Cmd: ["sh", "-c", "wc -c; exit 7"], AttachStdin: true, AttachStdout: true, Tty: false },
  });
  const { Id } = JSON.parse(created) as { Id: string };
  const socket = await here.tunnel.upgrade(`/exec/${Id}/start`, { body: { Detach: false, Tty: false } });
  const block = Buffer.alloc(1_000_000, "a");
  for (let n = 0; n < 20; n += 1) if (!socket.write(block)) await once(socket, "drain");
  socket.end();
  expect(await text(socket)).toContain("20000000\n");
  const state = await waitFor("the exit code", async () => {
    const { Running, ExitCode } = await here.tunnel.get<{ Running: boolean; ExitCode: number }>(
      `/exec/${Id}/json`,
    );
    return Running ? null : { ExitCode };
  });
  expect(state.ExitCode).toBe(7);
});

test("what the engine refuses to give up its connection for is an error in words", async () => {
  await expect(here.tunnel.upgrade("/exec/nosuch/start", { body: {} })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("an image of 200 MB is exported, and comes out as it is there", async () => {
  async function digest(engine: Engine): Promise<{ size: number; file: string }> {
    const hash = createHash("sha256");
    let size = 0;
    const path = `/containers/${big}/archive`;
    const signal = new AbortController().signal;
    for await (const chunk of engine.stream(path, { query: { path: "/big" }, signal })) {
      size += chunk.length;
      hash.update(chunk);
    }
    return { size, file: hash.digest("hex") };
  }
  const overTunnel = await digest(here.tunnel);
  expect(overTunnel.size).toBeGreaterThan(200 * 1024 * 1024);
  expect(overTunnel).toEqual(await digest(here.direct));
});

test("an image is loaded over the tunnel", async () => {
  const tar: Uint8Array[] = [];
  const signal = new AbortController().signal;
  for await (const chunk of here.tunnel.stream("/images/lab/web:2/get", { signal })) tar.push(chunk);
  await lab.docker("node2", "image", "rm", "--force", "lab/web:2");
  const headers = { "Content-Type": "application/x-tar" };
  const said = await here.tunnel.send("POST", "/images/load", { upload: Readable.from(tar), headers });
  expect(said).toContain("Loaded image");
  expect(await lab.docker("node2", "image", "ls", "-q", "lab/web:2")).not.toBe("");
});

test("30 downloads that nobody reads and 100 calls at once: every call is answered, and nobody's memory grows", async () => {
  const stop = new AbortController();
  // Each with a client of its own: a client has room for 32 connections.
  const target = [...here.server.targets.values()][0];
  if (!target) throw new Error("no agent");
  const other = createEngine({ kind: "tunnel", open: target.open, label: "stalled" });
  await other.connect();
  const before = process.memoryUsage().rss;
  const stalled = Array.from({ length: 30 }, async () => {
    const chunks = other.stream(`/containers/${big}/export`, { signal: stop.signal, timeoutMs: 60_000 });
    await chunks[Symbol.asyncIterator]().next();
  });
  await Promise.all(stalled);
  const answers = await Promise.all(Array.from({ length: 100 }, () => list(here.tunnel)));
  expect(answers.every((items) => items.some(({ Id }) => Id === big))).toBe(true);
  expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  expect(here.agent.memory()).toBeLessThan(300_000_000);
  stop.abort();
  other.close();
});

test("an agent that dies fails what is under way at once, with the name of the node", async () => {
  const follower = here.tunnel.stream("/events", { signal: new AbortController().signal });
  const ended = follower[Symbol.asyncIterator]()
    .next()
    .catch((error: unknown) => error);
  await here.tunnel.get("/_ping").catch(() => undefined);
  await here.agent.kill9();
  expect(await ended).toMatchObject({ code: "node_unreachable" });
  await expect(list(here.tunnel)).rejects.toMatchObject({ code: "node_unreachable" });
  here.agent.start();
  await waitFor("the engine to answer again", async () => (await list(here.tunnel)).length > 0);
});
