import { existsSync, statSync } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { dirname } from "node:path";
import { buffer, json, text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Simulator, startSimulator } from "./start-simulator.ts";

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ nodes: 5, tasks: 40 });
});
afterAll(() => simulator.close());

function socketOf({ addresses }: Simulator, index = 0): string {
  const address = addresses[index];
  if (address?.kind !== "unix") throw new Error("this test needs a unix socket");
  return address.path;
}

function call(method: string, path: string, body?: object, engine = 0): Promise<IncomingMessage> {
  const socketPath = socketOf(simulator, engine);
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, method, path }, resolve).on("error", reject);
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

interface Item {
  readonly ID: string;
  readonly Version: { readonly Index: number };
  readonly Spec: { readonly Name?: string; readonly Role?: string };
  readonly Description?: { readonly Hostname: string };
  readonly Slot?: number;
}

async function list(path: string): Promise<Item[]> {
  return (await json(await call("GET", path))) as Item[];
}
const named = async (name: string) => {
  const found = (await list("/v1.45/services")).find(({ Spec }) => Spec.Name === name);
  if (!found) throw new Error(`no service ${name}`);
  return found;
};
const filters = (value: object) => encodeURIComponent(JSON.stringify(value));

test("the socket is for this user alone, and gone with its folder after close", async () => {
  const own = await startSimulator({ nodes: 3, tasks: 40 });
  const folder = dirname(socketOf(own));
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  await own.close();
  expect(existsSync(folder)).toBe(false);
});

test("a ping names the API version and the role in the swarm", async () => {
  const answer = await call("GET", "/_ping");
  expect(answer.headers).toMatchObject({ "api-version": "1.45", swarm: "active/manager" });
  expect(await text(answer)).toBe("OK");
});

describe("every node has an engine of its own", () => {
  const of = async <T>(engine: number, path: string) =>
    (await json(await call("GET", path, undefined, engine))) as T;
  const node = (engine: number) => of<{ Swarm: { NodeID: string } }>(engine, "/info");

  test("with the containers and images of its node alone", async () => {
    const seen = new Set<string>();
    for (const engine of [0, 1, 2, 3]) {
      const { NodeID } = (await node(engine)).Swarm;
      const rows = await of<{ Id: string; ImageID: string; Labels: Record<string, string> }[]>(
        engine,
        "/containers/json",
      );
      expect(rows.length).toBeGreaterThan(0);
      for (const { Id, Labels } of rows) {
        expect(Labels["com.docker.swarm.node.id"]).toBe(NodeID);
        expect(seen.has(Id)).toBe(false);
        seen.add(Id);
      }
      const images = await of<{ Id: string }[]>(engine, "/images/json");
      expect(images.map(({ Id }) => Id)).toEqual(expect.arrayContaining(rows.map(({ ImageID }) => ImageID)));
    }
  });

  test("workers do not answer for the swarm", async () => {
    const answer = await call("GET", "/services", undefined, 3);
    expect(answer.statusCode).toBe(503);
    expect(await text(answer)).toContain("This node is not a swarm manager");
  });

  test("a log of a container is that of its task", async () => {
    const [row] = await of<{ Id: string }[]>(1, "/containers/json");
    const query = "stdout=1&timestamps=1&tail=5";
    const answer = await call("GET", `/containers/${row?.Id}/logs?${query}`, undefined, 1);
    expect(answer.statusCode).toBe(200);
    await buffer(answer);
    expect((await call("GET", `/containers/${row?.Id}/logs?${query}`, undefined, 0)).statusCode).toBe(404);
  });
});

const cache = {
  Name: "web_cache",
  TaskTemplate: { ContainerSpec: { Image: "redis:7.4" } },
  Mode: { Replicated: {} },
};

describe("refusals are those of a real engine", () => {
  test.each<[string, string, number, string]>([
    ["GET", "/v1.46/nodes", 400, "client version 1.46 is too new. Maximum supported API version is 1.45"],
    ["GET", "/v1.24/secrets?filters=x", 400, "invalid filter"],
    ["GET", "/services/nope", 404, "service nope not found"],
    ["GET", "/nodes/nope", 404, "node nope not found"],
    ["GET", "/tasks/nope", 404, "task nope not found"],
    ["GET", "/containers/nope/json", 404, "No such container: nope"],
    ["POST", "/containers/nope/kill", 404, "No such container: nope"],
    ["GET", `/tasks?filters=${filters({ bogus: ["1"] })}`, 400, "invalid filter 'bogus'"],
    ["GET", `/tasks?filters=${filters({ service: ["nope"] })}`, 404, "service nope not found"],
    ["GET", "/services?filters=nonsense", 400, "invalid filter"],
    ["GET", "/services/web_api/logs", 500, "Bad parameters: you must choose at least one stream"],
    ["POST", "/services/create", 400, "ContainerSpec: image reference must be provided"],
    ["POST", "/build", 404, "page not found"],
    ["DELETE", "/nodes/swarm-1", 400, "must be demoted to worker before removal"],
    ["DELETE", "/nodes/swarm-4", 400, "is not down and can't be removed"],
  ])("%s %s: %i %s", async (method, path, status, sentence) => {
    const answer = await call(method, path);
    expect(answer.statusCode).toBe(status);
    expect(await json(answer)).toEqual({ message: expect.stringContaining(sentence) });
  });

  test.each<[string, (item: Item) => string, object | undefined, number, string]>([
    [
      "an old version",
      ({ ID, Version }) => `${ID}/update?version=${Version.Index - 1}`,
      cache,
      500,
      "rpc error: code = Unknown desc = update out of sequence",
    ],
    ["no version", ({ ID }) => `${ID}/update`, cache, 400, "invalid service version ''"],
    [
      "half a specification",
      ({ ID, Version }) => `${ID}/update?version=${Version.Index}`,
      { Name: "web_cache" },
      400,
      "image reference must be provided",
    ],
    [
      "another name",
      ({ ID, Version }) => `${ID}/update?version=${Version.Index}`,
      { ...cache, Name: "x" },
      501,
      "renaming services is not supported",
    ],
    [
      "another mode",
      ({ ID, Version }) => `${ID}/update?version=${Version.Index}`,
      { ...cache, Mode: { Global: {} } },
      501,
      "service mode change is not allowed",
    ],
    [
      "no earlier specification",
      ({ ID, Version }) => `${ID}/update?version=${Version.Index}&rollback=previous`,
      cache,
      400,
      "does not have a previous spec",
    ],
  ])("an update with %s", async (_, path, body, status, sentence) => {
    const answer = await call("POST", `/services/${path(await named("web_cache"))}`, body);
    expect(answer.statusCode).toBe(status);
    expect(await json(answer)).toEqual({ message: expect.stringContaining(sentence) });
  });
});

test("a change of a specification is kept whole, and its event arrives", async () => {
  const wanted = filters({ type: ["service"], event: ["update"] });
  const events = await call("GET", `/v1.41/events?filters=${wanted}`);
  const before = await named("web_gateway");
  const spec = { ...before.Spec, Mode: { Replicated: { Replicas: 3 } }, Unknown: { kept: [1, "a"] } };
  const answer = await call("POST", `/services/${before.ID}/update?version=${before.Version.Index}`, spec);
  expect(answer.statusCode).toBe(200);
  expect((await named("web_gateway")).Spec).toEqual(spec);
  let told = "";
  for await (const chunk of events) {
    told += String(chunk);
    if (told.includes("replicas.new")) break;
  }
  const line = told.split("\n").find((each) => each.includes("replicas.new")) ?? "";
  expect(JSON.parse(line)).toMatchObject({
    Type: "service",
    Action: "update",
    scope: "swarm",
    Actor: { ID: before.ID, Attributes: { name: "web_gateway", "replicas.new": "3", "replicas.old": "2" } },
  });
  expect(line).toMatch(/"timeNano":\d{19}\}/);
});

test("lists filter by service, node, role and desired state; counts only where asked for", async () => {
  const service = await named("web_frontend");
  expect(
    (await list(`/tasks?filters=${filters({ service: ["web_frontend"], "desired-state": ["running"] })}`))
      .length,
  ).toBe(4);
  const managers = await list(`/nodes?filters=${filters({ role: ["manager"] })}`);
  expect(managers.map(({ Description }) => Description?.Hostname)).toEqual(["swarm-1", "swarm-2", "swarm-3"]);
  expect(
    await list(`/tasks?filters=${filters({ node: ["swarm-5"], "desired-state": ["running"] })}`),
  ).toEqual([]);
  const [counted] = await list(`/services?status=true&filters=${filters({ id: [service.ID] })}`);
  expect(counted).toMatchObject({ ServiceStatus: { RunningTasks: 4, DesiredTasks: 4 } });
  expect(await named("web_frontend")).not.toHaveProperty("ServiceStatus");
});

test("a killed container of the engine's own node is a failed task; elsewhere there is no such container", async () => {
  const rows = (await json(await call("GET", "/containers/json"))) as {
    Id: string;
    Labels: Record<string, string>;
  }[];
  const row = rows.find(({ Labels }) => Labels["com.docker.swarm.service.name"] === "observability_alloy");
  expect((await call("POST", `/containers/${row?.Id}/kill`)).statusCode).toBe(204);
  const task = await json(await call("GET", `/tasks/${row?.Labels["com.docker.swarm.task.id"]}`));
  expect(task).toMatchObject({ Status: { State: "failed", Err: "task: non-zero exit (137)" } });
  const inspected = await json(await call("GET", `/containers/${row?.Id}/json`));
  expect(inspected).toMatchObject({ State: { Running: false, ExitCode: 137 } });
});

test("logs come in frames of 8 bytes and a line, per task", async () => {
  const answer = await call("GET", "/services/web_cache/logs?stdout=1&tail=2&timestamps=1&details=1");
  const bytes = await buffer(answer);
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    expect(bytes.readUInt8(at)).toBe(1);
    const length = bytes.readUInt32BE(at + 4);
    lines.push(bytes.toString("utf8", at + 8, at + 8 + length));
    at += 8 + length;
  }
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^\d{4}-.*Z com\.docker\.swarm\.node\.id=\w+,.*task\.id=\w+ ready\n$/);
});

test("a demoted manager answers as a worker does", async () => {
  const own = await startSimulator({ nodes: 3, tasks: 40 });
  const before = simulator;
  simulator = own;
  try {
    const [node] = await list("/nodes");
    const spec = { ...node?.Spec, Role: "worker" };
    expect(
      (await call("POST", `/nodes/${node?.ID}/update?version=${node?.Version.Index}`, spec)).statusCode,
    ).toBe(200);
    const answer = await call("GET", "/services");
    expect(answer.statusCode).toBe(503);
    expect(await json(answer)).toEqual({
      message: expect.stringMatching(/^This node is not a swarm manager\./),
    });
  } finally {
    simulator = before;
    await own.close();
  }
});
