import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import util from "node:util";
import { afterEach, expect, test, vi } from "vitest";
import { createDialer } from "./dial.ts";
import { parseEndpoint } from "./endpoint.ts";

afterEach(() => void vi.restoreAllMocks());

test("no request is written out for a debug log that nobody reads: not its headers, not the agent's sockets", async () => {
  const server = createServer((_, response) => response.end("yes"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const inspect = vi.spyOn(util, "inspect");
  const dialer = createDialer(parseEndpoint(`tcp://127.0.0.1:${port}`));
  try {
    const answer = await dialer.request({
      version: null,
      method: "GET",
      path: "/_ping",
      query: {},
      body: null,
      headers: { "x-registry-auth": "secret" },
      signal: AbortSignal.timeout(5_000),
    });
    answer.resume();
    await once(answer, "end");
    expect(inspect.mock.results.map(({ value }) => value)).toEqual(["request"]);
  } finally {
    dialer.close();
    server.close();
  }
});
