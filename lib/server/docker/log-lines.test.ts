import { describe, expect, it } from "vitest";
import { type LogReading, logEntries, parseTime } from "./log-lines.ts";

const details =
  "com.docker.swarm.node.id=n1,com.docker.swarm.service.id=s1,com.docker.swarm.task.id=t1,zone=a%2Cb";
const time = "2026-11-24T15:17:24.406436738Z";
const at = Date.parse("2026-11-24T15:17:24.406Z");

function frame(type: number, payload: string | Buffer): Buffer {
  const bytes = Buffer.from(payload);
  const head = Buffer.alloc(8);
  head.writeUInt8(type, 0);
  head.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([head, bytes]);
}

async function read(bytes: Buffer, chunkSize: number, reading: LogReading = { tty: false }) {
  async function* chunks() {
    for (let i = 0; i < bytes.length; i += chunkSize) yield bytes.subarray(i, i + chunkSize);
  }
  const entries = [];
  for await (const entry of logEntries(chunks(), reading)) entries.push(entry);
  return entries;
}

const lines = async (...args: Parameters<typeof read>) =>
  (await read(...args)).map((entry) => (entry.kind === "line" ? entry.line.text : `notice: ${entry.text}`));

describe("log lines", () => {
  const two = Buffer.concat([
    frame(1, `${time} ${details} hello 안녕\n`),
    frame(2, `${time} ${details}  indented, with = and ,\r\n`),
  ]);

  it.each([1, 3, 7, 64, 100_000])("are read from chunks of %d bytes", async (size) => {
    expect(await read(two, size)).toEqual([
      {
        kind: "line",
        line: {
          taskId: "t1",
          nodeId: "n1",
          stream: "stdout",
          at,
          nanos: 436_738,
          text: "hello 안녕",
          cut: 0,
        },
      },
      {
        kind: "line",
        line: {
          taskId: "t1", nodeId: "n1", stream: "stderr", at, nanos: 436_738,
          text: " indented, with = and ,", cut: 0,
        }, // biome-ignore format: one line of facts
      },
    ]);
  });

  it("are put together from Docker's pieces, inside of a character too, and cut at the longest", async () => {
    const text = Buffer.from(`${"x".repeat(16_383)}웹${"y".repeat(40_000)}`);
    const pieces = [];
    for (let i = 0; i < text.length; i += 16_384) {
      const end = i + 16_384 >= text.length ? "\n" : "";
      const piece = Buffer.concat([text.subarray(i, i + 16_384), Buffer.from(end)]);
      pieces.push(frame(1, Buffer.concat([Buffer.from(`${time} ${details} `), piece])));
      // Another task writes in between.
      pieces.push(frame(1, `${time} ${details.replace("t1", "t2")} other\n`));
    }
    const whole = await read(Buffer.concat(pieces), 5_000, { tty: false, longest: 100_000 });
    const long = whole.flatMap((entry) => (entry.kind === "line" ? [entry.line] : []));
    expect(long.filter((line) => line.taskId === "t2")).toHaveLength(4);
    expect(long.find((line) => line.taskId === "t1")).toMatchObject({ text: text.toString(), cut: 0 });
    const short = await read(Buffer.concat(pieces), 5_000, { tty: false, longest: 1_000 });
    const cut = short.flatMap((entry) => (entry.kind === "line" ? [entry.line] : []));
    expect(cut.find((line) => line.taskId === "t1")).toMatchObject({
      text: "x".repeat(1_000),
      cut: text.length - 1_000,
    });
  });

  it("tell what the engine says about lines it cannot give", async () => {
    const said = "Error grabbing logs: warning: incomplete log stream.";
    expect(await lines(frame(3, said), 9)).toEqual([`notice: ${said}`]);
    expect(await lines(frame(1, "no time in front\n"), 9)).toEqual(["notice: no time in front"]);
  });

  it("of a terminal have no frames", async () => {
    const raw = Buffer.from(`${time} ${details} $ ls\r\n${time} ${details} a  b\r\n${time} ${details} $ `);
    expect(await lines(raw, 11, { tty: true })).toEqual(["$ ls", "a  b", "$ "]);
  });

  it("without an end are given when the stream ends", async () => {
    expect(await lines(frame(1, `${time} ${details} no newline`), 9)).toEqual(["no newline"]);
  });

  it("refuse what is not a log", async () => {
    await expect(lines(Buffer.from("<html>not a log stream at all</html>"), 9)).rejects.toMatchObject({
      code: "engine_error",
      message: expect.stringContaining("no frames"),
    });
  });
});

it.each([
  ["2026-11-24T15:17:24Z", "2026-11-24T15:17:24.000Z", 0],
  ["2026-11-24T15:17:24.5Z", "2026-11-24T15:17:24.500Z", 0],
  ["2026-11-24T16:17:24.000000001+01:00", "2026-11-24T15:17:24.000Z", 1],
])("reads the time %s", (text, iso, nanos) => {
  expect(parseTime(text)).toEqual({ at: Date.parse(iso), nanos });
});

it.each(["", "yesterday", "2026-13-45T00:00:00Z", "2026-11-24 15:17:24Z"])(
  "takes no %j for a time",
  (text) => {
    expect(parseTime(text)).toBeNull();
  },
);
