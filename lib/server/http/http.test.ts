import { once } from "node:events";
import { type IncomingHttpHeaders, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import pino from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parseAddressList } from "#lib/server/config/address-list.ts";
import { AppError } from "#lib/shared/errors.ts";
import { createHttpServer } from "./create-server.ts";
import { createRequestListener, type RequestHandler } from "./request-listener.ts";
import { createUpgradeRouter, type UpgradeRouter } from "./upgrade-router.ts";

const log = pino({ level: "silent" });
const rules = { trustedProxies: parseAddressList(""), publicUrl: null, dev: false };
let server: Server;
let router: UpgradeRouter;
let handle: RequestHandler;
let seen: IncomingHttpHeaders;

beforeEach(async () => {
  handle = async (incoming, response) => {
    seen = incoming.headers;
    response.end("page");
  };
  server = createHttpServer(null, log);
  router = createUpgradeRouter(rules, log);
  server.on(
    "request",
    createRequestListener(rules, log, (...pair) => handle(...pair)),
  );
  server.on("upgrade", router.listener);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function ask(method: string, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  const sent = request(origin() + path, { method, headers, agent: false });
  sent.end();
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    sent.once("error", reject);
    sent.once("response", resolve);
    sent.once("upgrade", (response, socket) => {
      socket.destroy();
      resolve(response);
    });
  });
  const response = await answer;
  let body = "";
  if (response.statusCode !== 101) for await (const chunk of response) body += String(chunk);
  return { status: response.statusCode ?? 0, headers: response.headers, body };
}

const upgrade = (path: string, headers: Record<string, string> = {}) =>
  ask("GET", path, { connection: "Upgrade", upgrade: "websocket", ...headers });

function expectSecurityHeaders({ headers }: Answer): void {
  expect(headers["content-security-policy"]).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/=]{24}'/);
  expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["referrer-policy"]).toBe("same-origin");
  expect(headers["permissions-policy"]).toContain("camera=()");
}

describe("requests", () => {
  test.each<[string, RequestHandler]>([
    ["empty", async (_request, response) => void Object.assign(response, { statusCode: 500 }).end()],
    // As Next's compression does.
    ["headers first", async (_request, response) => void response.writeHead(500).end()],
    [
      "text, when the route cannot be loaded",
      async (_request, response) => {
        response.statusCode = 500;
        response.setHeader("content-type", "text/plain");
        response.setHeader("content-length", "21");
        response.end("Internal Server Error");
      },
    ],
  ])("what Next answers for a route that throws becomes a problem: %s", async (_name, answer) => {
    handle = answer;
    const { status, headers, body } = await ask("GET", "/api/v1/x");
    expect([status, headers["content-type"]]).toEqual([500, "application/problem+json"]);
    expect(JSON.parse(body)).toMatchObject({ status: 500, code: "internal" });
  });

  test("other answers stay as they are", async () => {
    handle = async (_request, response) => {
      response.writeHead(500, { "content-type": "text/html" }).end("<h1>This page failed</h1>");
    };
    expect((await ask("GET", "/c/local")).body).toBe("<h1>This page failed</h1>");
    handle = async (_request, response) => {
      response.writeHead(500, { "content-type": "application/problem+json" }).end('{"code":"internal"}');
    };
    expect((await ask("GET", "/api/v1/x")).body).toBe('{"code":"internal"}');
    handle = async (_request, response) => void response.writeHead(204).end();
    expect((await ask("GET", "/api/v1/x")).status).toBe(204);
    handle = () => Promise.reject(new AppError("not_found", "It is gone."));
    expect(JSON.parse((await ask("GET", "/api/v1/x")).body)).toMatchObject({ code: "not_found" });
  });

  test("the answer and the page see the same fresh nonce", async () => {
    const first = await ask("GET", "/");
    expectSecurityHeaders(first);
    expect(first.headers["content-security-policy"]).toContain(`'nonce-${seen["x-nonce"]}'`);
    expect(seen["content-security-policy"]).toBe(first.headers["content-security-policy"]);
    const nonce = seen["x-nonce"];
    await ask("GET", "/");
    expect(seen["x-nonce"]).not.toBe(nonce);
  });

  test("the page learns the path that was asked for", async () => {
    await ask("GET", "/c/local/map?q=web", { "x-shoal-path": "//evil" });
    expect(seen["x-shoal-path"]).toBe("/c/local/map?q=web");
  });

  test("headers that only we may set are replaced", async () => {
    await ask("GET", "/", {
      "x-shoal-client": "1.1.1.1",
      "x-shoal-role": "admin",
      "x-forwarded-for": "1.1.1.1",
      "x-forwarded-host": "evil",
      "x-real-ip": "1.1.1.1",
      forwarded: "for=1.1.1.1",
      "x-nonce": "known",
      "x-middleware-subrequest": "x",
      "content-security-policy": "script-src 'nonce-known'",
    });
    expect(JSON.stringify(seen)).not.toMatch(/1\.1\.1\.1|evil|known|admin|subrequest/);
    expect(seen).toMatchObject({ "x-shoal-client": "127.0.0.1", "x-forwarded-for": "127.0.0.1" });
    expect(seen["x-forwarded-host"]).toBe(new URL(origin()).host);
  });

  test.each([
    ["POST", {}, 403],
    ["DELETE", { origin: "https://evil.example" }, 403],
    ["PATCH", { "sec-fetch-site": "cross-site" }, 403],
    ["POST", { "sec-fetch-site": "same-origin" }, 200],
    ["PUT", { authorization: "Bearer shoal_x" }, 200],
    ["GET", { origin: "https://evil.example" }, 200],
  ])("%s with %j is answered %i", async (method, headers: Record<string, string>, status) => {
    const answer = await ask(method, "/api/v1/x", headers);
    expect(answer.status).toBe(status);
    expectSecurityHeaders(answer);
    if (status !== 403) return;
    expect(answer.headers["content-type"]).toBe("application/problem+json");
    expect(JSON.parse(answer.body)).toMatchObject({ code: "bad_origin", status: 403 });
  });

  test("our own origin may write", async () => {
    expect((await ask("POST", "/", { origin: origin() })).status).toBe(200);
  });

  test("a handler that fails is a bare 500", async () => {
    handle = async () => {
      throw new Error("database password is hunter2");
    };
    const answer = await ask("GET", "/");
    expect(answer.status).toBe(500);
    expect(answer.body).not.toContain("hunter2");
    expect(JSON.parse(answer.body)).toMatchObject({ code: "internal" });
  });

  test("an upgrade to anything but a WebSocket is a plain request", async () => {
    expect((await ask("GET", "/", { connection: "Upgrade", upgrade: "h2c" })).body).toBe("page");
  });
});

describe("sockets", () => {
  test.each([
    ["an unknown path", "/nowhere", {}, 404],
    ["Next's own path outside development", "/_next/hmr", {}, 404],
    ["a foreign origin", "/ws", { origin: "https://evil.example" }, 403],
    ["no origin at all", "/ws", { origin: "" }, 403],
    ["a refusal by the route", "/refused", {}, 401],
    ["a route that fails", "/broken", {}, 500],
  ])("%s is refused before any upgrade", async (_name, path, headers: Record<string, string>, status) => {
    let accepted = false;
    router.add("/ws", () => () => {
      accepted = true;
    });
    router.add("/refused", () => {
      throw new AppError("unauthenticated", "Sign in first.");
    });
    router.add("/broken", async () => {
      throw new Error("secret detail");
    });
    const answer = await upgrade(path, { origin: origin(), ...headers });
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toMatchObject({ status });
    expect(answer.body).not.toContain("secret detail");
    expectSecurityHeaders(answer);
    expect(accepted).toBe(false);
  });

  test("a granted socket is handed over with the client's address", async () => {
    let address = "";
    router.add("/ws", async (granted) => {
      address = granted.address;
      return (socket) =>
        socket.end("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
    });
    expect((await upgrade("/ws?x=1", { origin: origin() })).status).toBe(101);
    expect(address).toBe("127.0.0.1");
  });

  test("after close every socket is refused as temporary", async () => {
    router.add("/ws", () => () => {});
    router.close();
    expect((await upgrade("/ws", { origin: origin() })).status).toBe(503);
  });

  test("a path has one owner", () => {
    router.add("/ws", () => () => {});
    expect(() => router.add("/ws", () => () => {})).toThrow("/ws");
  });
});
