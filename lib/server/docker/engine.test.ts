import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createRawServer, type Server as RawServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ConnectError, explainFailure } from "./connect-error.ts";
import { parseEndpoint } from "./endpoint.ts";
import { createEngine, type Engine, type EngineOptions } from "./engine.ts";
import { EngineFailure, toAppError } from "./errors.ts";
import type { DockerEvent } from "./wire.ts";

let dir: string;
let ends: (() => Promise<unknown> | unknown)[] = [];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "engine-test-"));
  ends = [() => rm(dir, { recursive: true, force: true })];
});
afterEach(async () => {
  for (const end of ends.reverse()) await end();
});

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

async function listen(server: Server | RawServer): Promise<string> {
  const path = join(dir, "docker.sock");
  await new Promise<void>((resolve) => server.listen(path, resolve));
  ends.push(() => {
    if ("closeAllConnections" in server) server.closeAllConnections();
    server.close();
  });
  return path;
}

async function engineOn(handler: Handler, options?: EngineOptions): Promise<Engine> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => handler(request, response, Buffer.concat(chunks).toString()));
  });
  return client(await listen(server), options);
}

function client(path: string, options?: EngineOptions): Engine {
  const engine = createEngine(parseEndpoint(path), options);
  ends.push(() => engine.close());
  return engine;
}

async function attemptOf(engine: Engine): Promise<ConnectError["attempt"]> {
  const error: unknown = await engine.connect({ timeoutMs: 300 }).catch((reason: unknown) => reason);
  if (!(error instanceof ConnectError)) throw new Error(`not a ConnectError: ${String(error)}`);
  return error.attempt;
}

const info29 = {
  ID: "e29",
  Name: "host29",
  Swarm: { LocalNodeState: "active", NodeID: "n1", ControlAvailable: true, RemoteManagers: null },
};

function speaks(api: string, minApi: string): Handler {
  return (request, response) => {
    if (request.url === "/version") {
      response.end(
        JSON.stringify({ Version: "29.0.1", ApiVersion: api, MinAPIVersion: minApi, Os: "linux" }),
      );
    } else if (request.url?.endsWith("/info")) response.end(JSON.stringify(info29));
    else response.end(JSON.stringify({ url: request.url }));
  };
}

describe("connect", () => {
  it("negotiates the version and asks everything in it from then on", async () => {
    const engine = await engineOn(speaks("1.52", "1.44"));
    const facts = await engine.connect();
    expect(facts).toMatchObject({
      engineVersion: "29.0.1",
      apiVersion: "1.45",
      name: "host29",
      swarm: { state: "active", nodeId: "n1", isManager: true, remoteManagers: [] },
    });
    expect(await engine.get("/services", { query: { status: true, filters: { name: ["a b"] } } })).toEqual({
      url: "/v1.45/services?status=true&filters=%7B%22name%22%3A%5B%22a%20b%22%5D%7D",
    });
    expect(engine.calls).toBe(3);
  });

  it("says what is too old", async () => {
    const attempt = await attemptOf(await engineOn(speaks("1.40", "1.12")));
    expect(attempt).toMatchObject({ result: "too_old", detail: expect.stringContaining("1.41") });
  });

  it.each<[string, Handler]>([
    ["a web page", (_request, response) => response.end("<html>hello</html>")],
    ["another API", (_request, response) => response.end('{"version":1}')],
    ["a 404", (_request, response) => response.writeHead(404).end("nothing here")],
  ])("recognises %s as not Docker", async (_name, handler) => {
    expect(await attemptOf(await engineOn(handler))).toMatchObject({ result: "not_docker" });
  });

  it("recognises what is not HTTP", async () => {
    const path = await listen(createRawServer((socket) => socket.end("SSH-2.0-OpenSSH\r\n")));
    expect(await attemptOf(client(path))).toMatchObject({ result: "not_docker" });
  });

  it("times out on a frozen engine", async () => {
    const path = await listen(createRawServer(() => {}));
    expect(await attemptOf(client(path))).toMatchObject({ result: "timeout" });
  });

  it("finds nothing where nothing is", async () => {
    expect(await attemptOf(client(join(dir, "none.sock")))).toMatchObject({ result: "not_there" });
    expect(await attemptOf(client("tcp://127.0.0.1:1"))).toMatchObject({ result: "refused" });
  });

  it("names the mode and the group of a socket this user may not open", async () => {
    const path = await listen(createRawServer(() => {}));
    await chmod(path, 0o660);
    // Root may open everything, so the refusal itself is made here.
    const where = { engine: path, request: "GET /version", timeoutMs: 1 };
    const refusal = new EngineFailure("unreachable", where, { text: "connect EACCES", errno: "EACCES" });
    const { attempt } = await explainFailure(parseEndpoint(path), toAppError(refusal));
    expect(attempt).toMatchObject({
      result: "no_permission",
      gid: process.getgid?.(),
      detail: expect.stringContaining("mode 0660"),
    });
  });
});

describe("parseEndpoint", () => {
  it.each([
    ["ssh://me:secret@host", "unsupported"],
    ["npipe:////./pipe/docker_engine", "unsupported"],
    ["what is this", "unsupported"],
    ["https://10.0.0.1:2376", "tls"],
  ])("refuses %s with a sentence", (target, result) => {
    const error = thrown(() => parseEndpoint(target));
    expect(error.attempt).toMatchObject({ result });
    expect(error.message).not.toContain("secret");
    expect(error.attempt.detail.length).toBeGreaterThan(20);
  });

  function thrown(act: () => unknown): ConnectError {
    try {
      act();
    } catch (error) {
      if (error instanceof ConnectError) return error;
    }
    throw new Error("did not throw a ConnectError");
  }
});

describe("calls", () => {
  it("send the exact text of a body", async () => {
    const engine = await engineOn((_request, response, body) => response.end(body));
    const exact = '{ "Big": 18446744073709551615,\n"10":1,"9":2,"ü":"\\u003c" }';
    expect(await engine.send("POST", "/x", { body: exact, query: { version: 5 } })).toBe(exact);
    expect(await engine.send("POST", "/x")).toBe("");
  });

  it("turn the engine's message into an error that names engine and path", async () => {
    const engine = await engineOn((_request, response) =>
      response.writeHead(404).end('{"message":"service x not found"}'),
    );
    await expect(engine.get("/services/x")).rejects.toMatchObject({
      code: "not_found",
      message: expect.stringContaining(`unix://${dir}/docker.sock (GET /services/x)`),
      engineText: "service x not found",
    });
  });

  it("of lists keep of each item what is asked for, in order", async () => {
    const engine = await engineOn((_request, response) => {
      response.write('[{"ID":"a","Spec":1},{"ID":"b');
      setImmediate(() => response.end('","Spec":2}]'));
    });
    expect(await engine.list("/tasks", ({ ID }: { ID: string }) => ID)).toEqual(["a", "b"]);
    const text = '{"ID":"b","Spec":2}';
    const known = new Map([[text, { ID: "b" }]]);
    const told = await engine.listWithTexts<{ ID: string }>("/tasks", {}, known);
    expect(told.map(({ value }) => value.ID)).toEqual(["a", "b"]);
    expect(told[1]?.value).toBe(known.get(text));
  });
  it("of lists fail when half a document came, however well it was ended", async () => {
    const engine = await engineOn((_request, response) => response.end('[{"ID":"a"},{"ID":"b"'));
    await expect(engine.list("/tasks", (task) => task)).rejects.toMatchObject({
      message: expect.stringContaining("GET /tasks"),
      engineText: "the answer is not JSON",
    });
  });
  it("time out one by one, and those that answer are not held up", async () => {
    const engine = await engineOn(
      (request, response) => {
        if (request.url !== "/hang") response.end('"ok"');
      },
      { readTimeoutMs: 400 },
    );
    const hanging = Array.from({ length: 8 }, () => engine.get("/hang").catch((error: unknown) => error));
    expect(await engine.get("/fine")).toBe("ok");
    for (const error of await Promise.all(hanging)) expect(error).toMatchObject({ code: "engine_timeout" });
  });

  it("time out while the body stands still too", async () => {
    const engine = await engineOn((_request, response) => void response.write('{"a":'), {
      readTimeoutMs: 100,
    });
    await expect(engine.get("/x")).rejects.toMatchObject({ code: "engine_timeout" });
  });

  it("end with their signal and with the client", async () => {
    const engine = await engineOn(() => {});
    const abort = new AbortController();
    const given = engine.get("/x", { signal: abort.signal });
    abort.abort();
    await expect(given).rejects.toMatchObject({ code: "engine_error" });
    const closed = engine.get("/x");
    engine.close();
    await expect(closed).rejects.toMatchObject({ code: "engine_error" });
  });

  it("repeat a read, never a write, when the connection broke", async () => {
    const seen: string[] = [];
    const engine = await engineOn((request, response) => {
      seen.push(request.method ?? "");
      if (seen.length === 1 || request.method === "POST") request.socket.destroy();
      else response.end('"ok"');
    });
    expect(await engine.get("/x")).toBe("ok");
    await expect(engine.send("POST", "/x")).rejects.toMatchObject({ code: "engine_error" });
    expect(seen).toEqual(["GET", "GET", "POST"]);
  });
});

describe("events", () => {
  const line = (action: string) => `${JSON.stringify({ Type: "service", Action: action })}\n`;

  it("opens, delivers and ends quietly with its signal", async () => {
    const engine = await engineOn((_request, response) => {
      response.flushHeaders();
      response.write(line("create"));
      response.write(line("update").slice(0, 5));
      response.write(line("update").slice(5));
    });
    const abort = new AbortController();
    const seen: DockerEvent[] = [];
    let opened = 0;
    const events = engine.events({ filters: {}, signal: abort.signal, onOpen: () => (opened += 1) });
    for await (const event of events) {
      seen.push(event);
      if (seen.length === 2) abort.abort();
    }
    expect(seen.map((event) => event.Action)).toEqual(["create", "update"]);
    expect(opened).toBe(1);
  });

  it("tells when the engine ends the stream", async () => {
    const engine = await engineOn((_request, response) => response.end(line("create")));
    const read = async () => {
      for await (const _ of engine.events({ filters: {}, signal: new AbortController().signal }));
    };
    await expect(read()).rejects.toMatchObject({ code: "engine_error" });
  });
});
