import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Operation } from "#lib/shared/api/operation.ts";
import { operations } from "#lib/shared/api/operations.ts";
import { type ErrorCode, errorStatus, type Problem } from "#lib/shared/errors.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { openSocket } from "../lab/viewer.ts";
import { waitFor } from "../lab/wait.ts";

let lab: Lab;
let shoal: Shoal;
let headers: Record<string, string>;

beforeAll(async () => {
  lab = await startLab({ name: "hostile input", nodes: 1, managers: 1 });
  shoal = await startShoal({ engines: [lab.host("node1")] });
  headers = { authorization: `Bearer ${await shoal.token("admin")}` };
  await waitFor("the cluster", async () => {
    const { body } = await shoal.api("GET", "/api/v1/clusters/local");
    return (body as { phase?: string }).phase === "ready";
  });
});
afterAll(async () => {
  await shoal?.stop();
  await lab?.down();
});

/** A generator that gives the same every time: what fails once can be looked at again. */
function dice(seed: number) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 0x1_0000_0000;
  };
  return { pick: <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)] as T };
}

const badNames = [
  "no-such", "..", "%00", "%2e%2e%2fetc", "%ff%fe", "a%2fb", "%3Cscript%3E", "%E2%80%AE", "x".repeat(300),
  "'%20OR%201=1", "$(id)", "%0d%0aset-cookie:%20a=b", "-1", "0", "null", "__proto__", "constructor", "%25", "{id}",
]; // biome-ignore format: as many as fit
const badBodies = [
  "{", "[]", "null", "1", '"text"', "not json", '{"a":', "{}}", '{"__proto__":{"admin":true}}', "\u0000", '{"replicas":"3"}',
  '{"replicas":-1}', '{"replicas":1e99}', '{"replicas":null}', '{"role":"god"}', '{"name":["x"]}', '{"unknown":1}',
  `{"name":"${"x".repeat(5_000)}"}`, "[".repeat(20_000), `${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`, '{"confirm":{}}',
  '{"labels":{"":"x"}}', '{"target":"everything"}', '{"advertiseAddr":"; rm -rf /"}', '{"key":42}', "\ufeff[]", '{"revision":1.5}',
]; // biome-ignore format: as many as fit
const badTypes = [
  "application/json",
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data",
  "",
  "a/b; charset=\u007f",
];
const badQueries = [
  "?limit=-1",
  "?before=x",
  "?unknown=1",
  "?tail=1e9",
  "?q=%ff",
  "?from=yesterday",
  "?force=maybe",
  `?x=${"y".repeat(4_000)}`,
  "?history=2",
  "?__proto__=1",
];

function malformed(operation: Operation, roll: ReturnType<typeof dice>): [string, RequestInit] {
  const path = operation.path
    .replace("{cluster}", roll.pick(["local", "local", "nowhere", ...badNames]))
    .replace(/\{\w+\}/g, () => roll.pick(badNames));
  const isBody = operation.method !== "GET" && roll.pick([true, true, false]);
  const query = !isBody || operation.query ? roll.pick(badQueries) : "";
  return [
    `${shoal.url}/api/v1${path}${query}`,
    {
      method: operation.method,
      headers: { ...headers, "content-type": roll.pick(badTypes).replace("\u007f", "x"), origin: shoal.url },
      ...(isBody && { body: roll.pick(badBodies) }),
      redirect: "manual",
    },
  ];
}

/** The status of the answer to something malformed, or what is wrong with it. */
async function answerTo(url: string, init: RequestInit): Promise<number | string> {
  const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(20_000) });
  const text = await answer.text();
  const said = `${init.method} ${url.slice(0, 160)} → ${answer.status} ${text.slice(0, 160)}`;
  if (answer.status < 400) return answer.status;
  if (answer.status >= 500) return said;
  if (answer.headers.get("content-type") !== "application/problem+json") return `no problem+json: ${said}`;
  const problem = JSON.parse(text) as Problem;
  return errorStatus[problem.code as ErrorCode] === answer.status ? answer.status : `wrong code: ${said}`;
}

/** Operations that answer with a stream, or that end what this test stands on when they are asked for nothing else. */
const leftOut = new Set(["followEvents"]);

test("10,000 malformed calls over every operation: refused, explained, and the server goes on", async () => {
  const all = Object.entries<Operation>(operations).filter(([id]) => !leftOut.has(id));
  const roll = dice(20_261_124);
  const calls = Array.from({ length: 10_000 }, (_, i) => {
    const [, operation] = all[i % all.length] as [string, Operation];
    return malformed(operation, roll);
  });
  const wrong: string[] = [];
  let refused = 0;
  const worker = async () => {
    for (let call = calls.pop(); call; call = calls.pop()) {
      const [url, init] = call;
      const found = await answerTo(url, init).catch(
        (error: unknown) => `${init.method} ${url.slice(0, 160)}: ${error}`,
      );
      if (typeof found === "string") wrong.push(found);
      else if (found >= 400) refused += 1;
    }
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  expect(wrong.slice(0, 10)).toEqual([]);
  // The rest was understood after all: a list does not mind a cluster's good name and a body it does not read.
  expect(refused).toBeGreaterThan(8_000);
  expect((await fetch(`${shoal.url}/api/health`)).status).toBe(200);
  // Nothing of it did anything.
  expect(
    (await lab.docker("node1", "node", "ls", "--format", "{{.Availability}} {{.ManagerStatus}}")).trim(),
  ).toBe("Active Leader");
}, 600_000);

describe("sockets", () => {
  const frames = ["", "{", "[]", "null", '{"type":"subscribe"}', '{"type":"subscribe","sub":-1,"topic":"cluster","cluster":"local"}',
    '{"type":"subscribe","sub":1,"topic":"everything","cluster":"local"}', '{"type":"evil"}', "x".repeat(4_000),
    '{"type":"subscribe","sub":1,"topic":"logs","cluster":"local","target":{"kind":"host","id":"/etc/passwd"}}',
    '{"type":"subscribe","sub":1e30,"topic":"cluster","cluster":"local"}', '{"type":"unsubscribe"}']; // biome-ignore format: as many as fit

  test("that send what is no frame are closed, one by one, and nobody else is", async () => {
    const witness = await openSocket(shoal.url, headers);
    for (let round = 0; round < 20; round += 1) {
      await Promise.all(
        frames.map(async (frame) => {
          const socket = await openSocket(shoal.url, headers);
          const closed = once(socket, "close");
          socket.send(frame);
          const [code] = (await closed) as [number];
          expect(code, frame.slice(0, 80)).toBeGreaterThanOrEqual(1_002);
        }),
      );
    }
    const oversized = await openSocket(shoal.url, headers);
    const gone = once(oversized, "close");
    oversized.send("x".repeat(1_000_000));
    await gone;
    expect(witness.readyState).toBe(witness.OPEN);
    witness.close();
  });

  test("that are no proper upgrade are refused with a status, or cut off", async () => {
    const { hostname, port } = new URL(shoal.url);
    const lines = [
      "GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
      "GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\nSec-WebSocket-Key: x\r\n\r\n",
      "GET /ws/../ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 99\r\n\r\n",
      "POST /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: 5\r\n\r\nhello",
      "GET http://evil/ws HTTP/1.1\r\nHost: x\r\nOrigin: http://evil\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
      "\u0000\u0001\u0002 garbage\r\n\r\n",
      `GET /${"a".repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
      "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\nzzzz",
    ];
    for (const line of lines) {
      const socket = connect(Number(port), hostname);
      socket.on("error", () => undefined);
      const closed = new Promise((resolve) => socket.once("close", resolve));
      let answer = "";
      socket.on("data", (bytes) => {
        answer += String(bytes);
        socket.end();
      });
      socket.write(line);
      await closed;
      expect(
        answer === "" || /^HTTP\/1\.1 4\d\d /.test(answer),
        `${line.slice(0, 60)}: ${answer.slice(0, 100)}`,
      ).toBe(true);
    }
    expect((await fetch(`${shoal.url}/api/health`)).status).toBe(200);
  });
});
