import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import pino from "pino";
import { afterEach, beforeEach, expect, it } from "vitest";
import { parseAddressList } from "#lib/server/config/address-list.ts";
import { createRequestListener } from "./request-listener.ts";

let server: Server;
let url: string;

beforeEach(async () => {
  const rules = { trustedProxies: parseAddressList(""), publicUrl: null, dev: false };
  const echo = createRequestListener(rules, pino({ level: "silent" }), async (request, response) => {
    response.end(String(request.headers["x-shoal-path"]));
  });
  server = createServer(echo).listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => void server.close());

it("answers a method that the API's path does not take with problem+json and Allow", async () => {
  const response = await fetch(`${url}/api/v1/clusters/local/services/web_api?x=1`, {
    method: "PUT",
    headers: { "sec-fetch-site": "same-origin" },
  });
  expect(response.status).toBe(405);
  expect(response.headers.get("allow")).toBe("GET, HEAD, PATCH, DELETE, OPTIONS");
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(await response.json()).toMatchObject({ code: "method_not_allowed", status: 405 });
});

it.each([
  ["GET", "/api/v1/clusters"],
  ["POST", "/api/v1/setup"],
  ["PUT", "/api/v1/nothing/here"],
  ["POST", "/api/auth/signout"],
  ["GET", "/c/local/services?stack=web"],
])("hands on %s %s, and tells pages where they are", async (method, path) => {
  const headers = { "sec-fetch-site": "same-origin", "x-shoal-path": "/forged" };
  const response = await fetch(url + path, { method, headers });
  expect([response.status, await response.text()]).toEqual([200, path]);
});
