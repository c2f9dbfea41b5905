import { once } from "node:events";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { AgentScope } from "#lib/shared/agent/scope.ts";
import { ask, startAgent, status, type TestAgent, wholeAnswer } from "./testing/agent-stream.ts";
import {
  type Answer,
  json,
  onlyRequest,
  type RecordingEngine,
  startEngine,
} from "./testing/recording-engine.ts";

/** What passes each scope, what does not, and what the engine gets: over real sockets, byte for byte. */
let engine: RecordingEngine;
let agent: TestAgent;

async function start(scope: AgentScope, answer?: Answer): Promise<void> {
  engine = await startEngine(answer);
  agent = await startAgent(scope, engine.connect);
}

afterEach(async () => {
  await agent.close();
  await engine.close();
});

const got = () => engine.connections.map(onlyRequest);

const reads = [
  "GET /_ping",
  "HEAD /_ping",
  "GET /v1.41/_ping",
  "GET /version",
  "GET /v1.45/info",
  "GET /events?filters=%7B%22type%22%3A%5B%22node%22%5D%7D&since=1.5",
  "GET /v1.41/system/df",
  "GET /v1.41/containers/json?all=1&limit=5",
  "GET /containers/web.1.x/json?size=1",
  "GET /containers/web/top?ps_args=-ef",
  "GET /containers/web/top?ps_args=-eo%20pid%2C%25cpu%2Cargs",
  "GET /containers/web/changes",
  "GET /containers/web/logs?follow=1&stdout=1&tail=10",
  "GET /containers/web/stats?stream=0&one-shot=1",
  "GET /images/json",
  "GET /images/lab/web:1/json",
  "GET /images/host:5000/a/b@sha256:aa/json",
  "GET /images/json/json",
  "GET /images/web/history",
  "GET /networks?filters=%7B%7D",
  "GET /networks/backend?verbose=true",
  "GET /volumes",
  "GET /volumes/data",
  "GET /nodes",
  "GET /nodes/self",
  "GET /services?status=true",
  "GET /services/web",
  "GET /services/web/logs?details=1&follow=1",
  "GET /tasks",
  "GET /tasks/abc",
  "GET /tasks/abc/logs",
  "GET /secrets",
  "GET /secrets/s",
  "GET /configs",
  "GET /configs/c",
];

const operations = [
  "POST /containers/web/start",
  "POST /containers/web/stop?t=5",
  "POST /containers/web/restart",
  "POST /containers/web/kill?signal=KILL",
  "POST /containers/web/pause",
  "POST /containers/web/unpause",
  "POST /containers/web/rename?name=other",
  "POST /containers/prune?filters=%7B%7D",
  "DELETE /containers/web?force=1&v=1",
  "POST /images/create?fromImage=lab%2Fweb&tag=2",
  "DELETE /images/lab/web:1?force=1",
  "POST /images/prune",
  "POST /build/prune",
  "GET /distribution/lab/web:1/json",
  "DELETE /volumes/data",
  "POST /volumes/prune",
  "DELETE /networks/backend",
  "POST /networks/prune",
];

const never = [
  "GET /swarm",
  "GET /swarm/unlockkey",
  "POST /swarm/init",
  "POST /swarm/join",
  "POST /swarm/leave",
  "POST /swarm/update?version=1",
  "POST /swarm/unlock",
  "POST /containers/create",
  "POST /containers/web/exec",
  "POST /exec/abc/start",
  "GET /exec/abc/json",
  "POST /containers/web/attach?stream=1",
  "GET /containers/web/attach/ws",
  "GET /containers/web/archive?path=/etc/shadow",
  "HEAD /containers/web/archive?path=/etc/shadow",
  "PUT /containers/web/archive?path=/",
  "POST /containers/web/copy",
  "GET /containers/web/export",
  "POST /containers/web/update",
  "POST /containers/web/resize",
  "POST /commit?container=web",
  "POST /build",
  "GET /images/get?names=web",
  "GET /images/web/get",
  "POST /images/load",
  "POST /images/web/push",
  "POST /images/web/tag?repo=other&tag=1",
  "GET /images/search?term=x",
  "POST /services/create",
  "DELETE /services/web",
  "DELETE /nodes/abc",
  "POST /secrets/create",
  "DELETE /secrets/s",
  "POST /secrets/s/update",
  "POST /configs/create",
  "DELETE /configs/c",
  "GET /plugins",
  "POST /plugins/pull",
  "PUT /networks/backend/connect",
  "POST /networks/backend/update",
  "PUT /volumes/data",
  "POST /session",
  "POST /grpc",
  "POST /auth",
  "GET /",
  "GET /v1.41",
  "GET /metrics",
  "GET /debug/pprof/",
  "OPTIONS /containers/json",
  "TRACE /containers/json",
];

/** Paths and queries that look like something allowed. */
const disguised = [
  "GET http://x/containers/json",
  "GET /v1.41/../containers/json",
  "GET /v1.41/./containers/json",
  "GET /containers/%2e%2e/json",
  "GET /images/%2e%2e/%2e%2e/swarm/json",
  "GET /images/lab%2fweb/json",
  "GET /images/lab%5cweb/json",
  "GET /images/%252e%252e/json",
  "GET //containers/json",
  "GET /containers//json",
  "GET /containers/json/",
  "GET /containers/a%00b/json",
  "GET /containers/a%0d%0aHost:x/json",
  "GET /containers/a%20b/json",
  "GET /containers/a%zz/json",
  "GET /containers/json#/x",
  "GET /Containers/json",
  "GET /v1.40/containers/json",
  "GET /v1.23/containers/json",
  "GET /v2.41/containers/json",
  "GET /v1.41.1/containers/json",
  "GET /v1.411/containers/json",
  "GET /v1.41/v1.41/containers/json",
  "GET /%76%31.41/../swarm",
  "GET /containers/json;x=1/",
  "GET /containers/json?unknown=1",
  "GET /containers/json?all=1&all=0",
  "GET /containers/json?all=%zz",
  "GET /containers/json?all=%00",
  "GET /containers/web/top?ps_args=eww",
  "GET /containers/web/top?ps_args=-ef%20e",
  "GET /containers/web/top?ps_args=-o%20pid%20e",
  "GET /containers/web/top?ps_args=-o%20environ",
];

describe.each<[AgentScope, readonly string[], readonly string[]]>([
  ["read", reads, [...operations, ...never, ...disguised]],
  ["operate", [...reads, ...operations], [...never, ...disguised]],
])("at %s", (scope, allowed, refused) => {
  test.each(allowed)("%s passes, in the agent's own words", async (request) => {
    await start(scope);
    const answer = await ask(agent, request);
    expect(status(answer)).toBe(200);
    expect(answer).toMatch(/\r\napi-version: 1\.41\r\n/i);
    expect(answer).not.toMatch(/x-secret-header/i);
    expect(got()).toEqual([request]);
  });

  test.each(refused)("%s does not, and the engine hears nothing", async (request) => {
    await start(scope);
    const answer = await ask(agent, request);
    expect(status(answer)).toBe(403);
    if (!request.startsWith("HEAD")) {
      const { message } = JSON.parse(answer.slice(answer.indexOf("{"), answer.lastIndexOf("}") + 1)) as {
        message: string;
      };
      expect(message).toMatch(new RegExp(`^this agent's scope is ${scope}: [A-Z]+ .* is not allowed`));
    }
    expect(got()).toEqual([]);
    expect(agent.logged.join()).toContain("refused");
  });
});

test("the sentence names what was asked for", async () => {
  await start("read");
  expect(await ask(agent, "POST /v1.41/containers/x/exec", "{}")).toContain(
    '{"message":"this agent\'s scope is read: POST /containers/x/exec is not allowed"}',
  );
});

test("the query is written again, so that nobody reads it in another way", async () => {
  await start("read");
  await ask(agent, "GET /containers/json?filters={%22a%22:[%22b;c%22]}&all=a+b%26size%3D1");
  expect(got()).toEqual([
    "GET /containers/json?filters=%7B%22a%22%3A%5B%22b%3Bc%22%5D%7D&all=a%20b%26size%3D1",
  ]);
});

describe("what is hidden", () => {
  const container = '{"Id":"x","Big":18446744073709551615,"Config":{"Env":["TOKEN=s3cret"]}}';

  test.each<[AgentScope, boolean]>([
    ["read", true],
    ["operate", false],
  ])("at %s: %j", async (scope, isHidden) => {
    await start(scope, () => json(container));
    const answer = await ask(agent, "GET /containers/x/json");
    expect(answer.includes("s3cret")).toBe(!isHidden);
    expect(answer).toContain(isHidden ? '["TOKEN=(masked by the agent)"]' : container);
    expect(answer).toContain("18446744073709551615");
  });

  test.each([
    ["an answer of another kind", json(container).replace("application/json", "text/plain")],
    ["a packed answer", json(container).replace("Api-Version", "Content-Encoding: gzip\r\nApi-Version")],
    ["an answer that is no JSON", json('{"Config":{"Env":["TOKEN=s3cret"')],
    ["a switch of protocols", "HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\ns3cret"],
  ])("nothing is passed on of %s", async (_name, raw) => {
    await start("read", () => raw);
    const answer = await ask(agent, "GET /containers/x/json");
    expect(answer).not.toContain("s3cret");
    // Either an error, or an answer that visibly broke off.
    if (status(answer) !== 502) expect(answer).not.toMatch(/\r\n0\r\n\r\n$/);
  });
});

test("one stream carries one request after the other", async () => {
  await start("read");
  const client = agent.open();
  let text = "";
  client.on("data", (chunk) => {
    text += chunk;
  });
  for (let round = 1; round <= 20; round += 1) {
    const request =
      round % 5 === 0 ? "POST /containers/x/exec" : round % 3 === 0 ? "HEAD /_ping" : "GET /info";
    text = "";
    client.write(`${request} HTTP/1.1\r\nHost: docker\r\nContent-Length: 0\r\n\r\n`);
    await expect
      .poll(
        () =>
          wholeAnswer.test(text) ||
          (request.startsWith("HEAD") && text.endsWith("\r\n\r\n")) ||
          text.includes("not allowed"),
      )
      .toBe(true);
  }
  expect(engine.connections).toHaveLength(16);
  expect(got()).toHaveLength(16);
});

test("a refusal waits for no body, and the stream goes on behind it", async () => {
  await start("read");
  const client = agent.open();
  let text = "";
  client.on("data", (chunk) => {
    text += chunk;
  });
  client.write("POST /containers/x/exec HTTP/1.1\r\nHost: docker\r\nContent-Length: 10\r\n\r\n");
  await expect.poll(() => text).toContain("not allowed");
  client.write('{"Tty":1}\nGET /info HTTP/1.1\r\nHost: docker\r\n\r\n');
  await expect.poll(() => text).toMatch(/200 OK[\s\S]*\r\n0\r\n\r\n$/);
  expect(got()).toEqual(["GET /info"]);
});

test("a request that does not arrive ends its stream, an idle stream stays", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    await start("read");
    const [slow, idle, unfinished] = [agent.open(), agent.open(), agent.open()];
    slow.write("GET /info HTTP/1.1\r\nHost:");
    idle.write("GET /info HTTP/1.1\r\nHost: docker\r\n\r\n");
    unfinished.write("POST /containers/x/exec HTTP/1.1\r\nHost: docker\r\nContent-Length: 10\r\n\r\n{");
    await Promise.all([idle, unfinished].map((each) => once(each, "data")));
    await vi.waitUntil(() => vi.getTimerCount() === 2);
    vi.advanceTimersByTime(59_000);
    expect(agent.streams.map((each) => each.destroyed)).toEqual([false, false, false]);
    vi.advanceTimersByTime(600_000);
    expect(agent.streams.map((each) => each.destroyed)).toEqual([true, false, true]);
  } finally {
    vi.useRealTimers();
  }
});
