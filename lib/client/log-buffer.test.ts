import { describe, expect, it } from "vitest";
import type { LogLine } from "#lib/shared/logs/log-line.ts";
import { LogBuffer, type LogEntry, LogSearch, placeOf, wholeLog } from "./log-buffer.ts";

const line = (at: number, text: string, more: Partial<LogLine> = {}): LogLine => ({
  taskId: "t1",
  nodeId: "n1",
  stream: "stdout",
  at,
  nanos: 0,
  text,
  cut: 0,
  ...more,
});
const texts = (entries: readonly LogEntry[]) =>
  entries.map((entry) => (entry.kind === "line" ? entry.line.text : `(${entry.text})`));

describe("the lines of a tab", () => {
  it("stand in order of time, to the nanosecond, whatever order they come in, each once", () => {
    const buffer = new LogBuffer();
    buffer.add([line(30, "c"), line(10, "a"), line(10, "b", { nanos: 5 })]);
    buffer.add([line(20, "late"), line(10, "a"), line(40, "d")]);
    buffer.add([line(10, "a", { stream: "stderr" })]);
    expect(texts(buffer.all())).toEqual(["a", "a", "b", "late", "c", "d"]);
    expect(buffer.counts()).toEqual({ kept: 6, dropped: 0 });
  });

  it("have notices among them at their time", () => {
    const buffer = new LogBuffer();
    buffer.add([line(10, "a"), line(30, "c")]);
    buffer.notice(20, "swarm-4 does not answer");
    expect(texts(buffer.all())).toEqual(["a", "(swarm-4 does not answer)", "c"]);
  });

  it("are bounded: the oldest go, and may come again", () => {
    const buffer = new LogBuffer(100);
    for (let at = 0; at < 1_000; at += 10)
      buffer.add(Array.from({ length: 10 }, (_, i) => line(at + i, `${at + i}`)));
    expect(buffer.counts().kept).toBeLessThanOrEqual(110);
    expect(buffer.counts().kept + buffer.counts().dropped).toBe(1_000);
    expect(texts(buffer.all()).at(-1)).toBe("999");
    const { bars } = buffer.histogram.bars(50);
    expect(bars.reduce((sum, bar) => sum + bar.lines, 0)).toBe(buffer.counts().kept);
  });

  it("tell once of each change, and never change an array that was given out", () => {
    const buffer = new LogBuffer();
    let told = 0;
    const stop = buffer.onChange(() => {
      told += 1;
    });
    buffer.add([line(10, "a")]);
    const before = buffer.all();
    buffer.add([line(10, "a")]);
    expect(told).toBe(1);
    buffer.add([line(5, "b")]);
    expect(texts(before)).toEqual(["a"]);
    stop();
    buffer.add([line(6, "c")]);
    expect(told).toBe(2);
  });

  it("finds a place by time", () => {
    const buffer = new LogBuffer();
    buffer.add([line(10, "a"), line(20, "b"), line(30, "c")]);
    expect([5, 10, 15, 30, 35].map((at) => placeOf(buffer.all(), { at, nanos: -1 }))).toEqual([
      0, 0, 1, 2, 3,
    ]);
  });
});

describe("a filter", () => {
  const buffer = new LogBuffer();
  buffer.add([
    line(1, "ERROR \x1b[31mtime\x1b[0mout"),
    line(2, "INFO timeout", { taskId: "t2" }),
    line(3, "plain", { stream: "stderr" }),
  ]);
  buffer.notice(4, "notice");
  const apply = (filter: Partial<typeof wholeLog>) =>
    new LogSearch({ ...wholeLog, ...filter }).apply(buffer.all());

  it("shows everything when it asks for nothing", () => {
    expect(apply({}).shown).toBe(buffer.all());
  });
  it("counts matches in the text that is seen, and shows only them when asked", () => {
    expect(apply({ pattern: /timeout/ })).toMatchObject({ matches: 2, shown: { length: 4 } });
    expect(texts(apply({ pattern: /timeout/, onlyMatches: true }).shown)).toEqual([
      "ERROR \x1b[31mtime\x1b[0mout",
      "INFO timeout",
      "(notice)",
    ]);
  });
  it("goes by stream, level and task", () => {
    expect(texts(apply({ streams: ["stderr"] }).shown)).toEqual(["plain", "(notice)"]);
    expect(texts(apply({ levels: ["info"] }).shown)).toEqual(["INFO timeout", "(notice)"]);
    expect(texts(apply({ tasks: new Set(["t2"]), pattern: /x/, onlyMatches: true }).shown)).toEqual([
      "(notice)",
    ]);
  });
});
