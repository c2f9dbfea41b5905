import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { exchange, startAgent, type TestAgent } from "./testing/agent-stream.ts";
import { onlyRequest, type RecordingEngine, startEngine } from "./testing/recording-engine.ts";

/** A hostile server on the other end of a stream: whatever bytes it sends, the engine gets plain requests or nothing. */
let engine: RecordingEngine;
let agent: TestAgent;

afterEach(async () => {
  await agent.close();
  await engine.close();
});

const evil = "POST /containers/create HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n";
const list = "GET /containers/json HTTP/1.1\r\nHost: x\r\n";

/** Bytes that must not bring the engine anything. */
const nothing: readonly (readonly [string, string])[] = [
  ["both lengths", `${list}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${evil}`],
  [
    "both lengths, the other way",
    `${list}Transfer-Encoding: chunked\r\nContent-Length: ${evil.length}\r\n\r\n${evil}`,
  ],
  ["two lengths", `${list}Content-Length: 0\r\nContent-Length: ${evil.length}\r\n\r\n${evil}`],
  ["two equal lengths", `${list}Content-Length: 0\r\nContent-Length: 0\r\n\r\n`],
  ["lengths in a list", `${list}Content-Length: 0, ${evil.length}\r\n\r\n${evil}`],
  ["a signed length", `${list}Content-Length: +0\r\n\r\n${evil}`],
  ["a length in hex", `${list}Content-Length: 0x0\r\n\r\n${evil}`],
  ["a length beyond all numbers", `${list}Content-Length: 99999999999999999999999\r\n\r\n${evil}`],
  ["a folded header", `${list}X: a\r\n Transfer-Encoding: chunked\r\n\r\n${evil}`],
  ["a folded length", `${list}Content-Length:\r\n ${evil.length}\r\n\r\n${evil}`],
  ["line feeds alone", `${list.replaceAll("\r\n", "\n")}\n`],
  ["a line feed alone in front of a header", `${list}X: a\nContent-Length: 5\r\n\r\nhello`],
  ["a return alone", `${list}X: a\rContent-Length: 5\r\n\r\n`],
  ["a space before the colon", `${list}Content-Length : ${evil.length}\r\n\r\n${evil}`],
  ["an unknown coding", `${list}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${evil}`],
  ["a coding on top of chunks", `${list}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n${evil}`],
  ["chunks as identity", `${list}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${evil}`],
  ["two codings", `${list}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${evil}`],
  ["a coding with a vertical tab", `${list}Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n${evil}`],
  ["a GET with a body", `${list}Content-Length: ${evil.length}\r\n\r\n${evil}`],
  ["a GET with chunks", `${list}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n${evil}`],
  ["a GET with an empty document", `${list}Content-Length: 2\r\n\r\n{}`],
  ["a GET with an empty body in chunks", `${list}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ["a NUL in a header", `${list}X: a\0b\r\n\r\n`],
  ["a NUL in a name", `${list}X\0: b\r\n\r\n`],
  ["a NUL in the path", "GET /containers/a\0/json HTTP/1.1\r\nHost: x\r\n\r\n"],
  ["bytes beyond ASCII in the path", "GET /containers/\xff/json HTTP/1.1\r\nHost: x\r\n\r\n"],
  ["a space in the path", "GET /containers/json /x HTTP/1.1\r\nHost: x\r\n\r\n"],
  ["a tab for a space", "GET\t/containers/json\tHTTP/1.1\r\nHost: x\r\n\r\n"],
  ["an absolute target", `GET http://docker/containers/json HTTP/1.1\r\nHost: x\r\n\r\n`],
  ["an absolute target with a user", `GET http://a:b@docker/containers/json HTTP/1.1\r\nHost: x\r\n\r\n`],
  ["half an absolute target", `GET x:/containers/json HTTP/1.1\r\nHost: x\r\n\r\n`],
  ["no target", "GET HTTP/1.1\r\nHost: x\r\n\r\n"],
  ["a star", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n"],
  ["a method in small letters", list.replace("GET", "get").concat("\r\n")],
  ["a method in mixed letters", list.replace("GET", "Get").concat("\r\n")],
  ["a method of its own", list.replace("GET", "LIST").concat("\r\n")],
  ["CONNECT", `CONNECT docker:80 HTTP/1.1\r\nHost: x\r\n\r\n${evil}`],
  ["an upgrade", `${list}Connection: Upgrade\r\nUpgrade: tcp\r\n\r\n${evil}`],
  ["an upgrade that is only named", `${list}Upgrade: h2c\r\n\r\n`],
  ["an upgrade among others", `${list}Connection: close, upgrade\r\n\r\n`],
  [
    "a hijack",
    `POST /containers/x/attach?stream=1 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\nbytes`,
  ],
  [
    "an upgrade of an allowed stream",
    "GET /containers/x/logs?follow=1 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n",
  ],
  ["a huge header", `${list}X: ${"a".repeat(100_000)}\r\n\r\n`],
  ["a thousand headers", `${list}${"X: a\r\n".repeat(5_000)}\r\n`],
  ["a huge path", `GET /containers/${"a".repeat(100_000)}/json HTTP/1.1\r\nHost: x\r\n\r\n`],
  ["HTTP/1.0", "GET /containers/json HTTP/1.0\r\nHost: x\r\n\r\n"],
  ["HTTP/0.9", "GET /containers/json\r\n\r\n"],
  ["HTTP/1.2", "GET /containers/json HTTP/1.2\r\nHost: x\r\n\r\n"],
  ["HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0"],
  ["no host", "GET /containers/json HTTP/1.1\r\n\r\n"],
  ["another expectation", `${list}Expect: 200-ok\r\n\r\n`],
  ["TLS", "\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03"],
  ["only line ends", "\r\n".repeat(100_000).concat(evil)],
  ["a request behind a refused one", `${evil}${evil}`],
  [
    "an allowed request behind the body of a refused one",
    `POST /containers/create HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n${evil}${list}\r\n`,
  ],
];

/** Sends bytes and gives the agent time to do something wrong with them. */
async function attack(bytes: string): Promise<string> {
  const answer = await Promise.race([exchange(agent, bytes), pause(300).then(() => "")]);
  await pause(30);
  return answer;
}

describe.each(["read", "operate"] as const)("at %s", (scope) => {
  test.each(nothing)("%s: the engine hears nothing", async (_name, bytes) => {
    engine = await startEngine();
    agent = await startAgent(scope, engine.connect);
    const answer = await attack(bytes);
    expect(engine.connections.map(onlyRequest)).toEqual([]);
    expect(answer).not.toMatch(/^HTTP\/1\.1 [123]/);
  });

  test.each<[string, string]>([
    ["an allowed request twice in one piece", `${list}\r\n${list}\r\n`],
    ["a refused request behind an allowed one", `${list}\r\n${evil}`],
    ["a request behind one that goes on", `GET /events HTTP/1.1\r\nHost: x\r\n\r\n${evil}`],
    ["nonsense behind an allowed request", `${list}\r\n\0\x01\x02nonsense`],
    ["a half request behind an allowed one", `${list}\r\nPOST /containers/create HT`],
  ])("%s: one plain request at most", async (_name, bytes) => {
    engine = await startEngine();
    agent = await startAgent(scope, engine.connect);
    await attack(bytes);
    // A connection that was given up before it said anything is nothing.
    const heard = engine.connections.filter((each) => each.bytes() !== "").map(onlyRequest);
    expect(heard.length).toBeLessThanOrEqual(1);
    for (const request of heard) expect(request).toMatch(/^GET \/(containers\/json|events)$/);
  });

  test("an expected go-ahead is given to nothing that is refused", async () => {
    engine = await startEngine();
    agent = await startAgent(scope, engine.connect);
    const answer = await attack(
      "POST /containers/create HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n",
    );
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    expect(engine.connections).toEqual([]);
  });
});

describe("bodies in chunks at operate", () => {
  const post = "POST /volumes/create HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n";

  test.each<[string, string]>([
    ["plain", `${post}\r\n5\r\n{"Nam\r\n6\r\ne":"v"\r\n1\r\n}\r\n0\r\n\r\n`],
    ["with extensions", `${post}\r\n5;a=b;c="d\\"e"\r\n{"Nam\r\n6;x\r\ne":"v"\r\n1\r\n}\r\n0;last\r\n\r\n`],
    [
      "with trailers",
      `${post}Trailer: X-Registry-Auth\r\n\r\n5\r\n{"Nam\r\n6\r\ne":"v"\r\n1\r\n}\r\n0\r\nX-Registry-Auth: e30\r\n\r\n`,
    ],
    ["with leading zeros", `${post}\r\n00005\r\n{"Nam\r\n6\r\ne":"v"\r\n1\r\n}\r\n000\r\n\r\n`],
    [
      "after a go-ahead",
      `${post}Expect: 100-continue\r\n\r\n5\r\n{"Nam\r\n6\r\ne":"v"\r\n1\r\n}\r\n0\r\n\r\n`,
    ],
  ])("%s: one request of known length", async (_name, bytes) => {
    engine = await startEngine();
    agent = await startAgent("operate", engine.connect);
    await exchange(agent, bytes, /\r\n0\r\n\r\n$/);
    expect(engine.connections.map(onlyRequest)).toEqual(['POST /volumes/create {"Name":"v"}']);
  });

  test.each<[string, string]>([
    ["a length in the trailers", `${post}\r\n2\r\n{}\r\n0\r\nContent-Length: 99\r\n\r\n`],
    ["a length with a sign", `${post}\r\n-1\r\n${evil}`],
    ["a length with 0x", `${post}\r\n0x5\r\n{"Nam\r\n0\r\n\r\n`],
    ["a length beyond all numbers", `${post}\r\nfffffffffffffffff\r\n{}\r\n0\r\n\r\n`],
    ["a length with a space", `${post}\r\n2 \r\n{}\r\n0\r\n\r\n`],
    ["line feeds alone", `${post}\r\n2\n{}\n0\n\n`],
    ["a line feed in an extension", `${post}\r\n2;a\n{}\r\n0\r\n\r\n`],
    ["a chunk longer than it says", `${post}\r\n2\r\n{}{}\r\n0\r\n\r\n`],
    ["a body that never ends", `${post}\r\n2\r\n{}\r\n`],
    ["a body that is gone", `POST /volumes/create HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{}`],
  ])("%s: the engine hears nothing", async (_name, bytes) => {
    engine = await startEngine();
    agent = await startAgent("operate", engine.connect);
    await attack(bytes);
    expect(engine.connections).toEqual([]);
  });

  test("a request behind a body is not taken while that is under way", async () => {
    engine = await startEngine(() => null);
    agent = await startAgent("operate", engine.connect);
    await attack(`${post}\r\n2\r\n{}\r\n0\r\n\r\n${evil}`);
    const heard = engine.connections.filter((each) => each.bytes() !== "").map(onlyRequest);
    expect(heard.every((request) => request === "POST /volumes/create {}")).toBe(true);
    expect(heard.length).toBeLessThanOrEqual(1);
  });
});
