import { describe, expect, it } from "vitest";
import { linesOf, parseEvent, sinceParameter } from "./event-stream.ts";

async function lines(...chunks: Uint8Array[]): Promise<string[]> {
  async function* source() {
    yield* chunks;
  }
  const found: string[] = [];
  for await (const line of linesOf(source())) found.push(line);
  return found;
}

describe("linesOf", () => {
  const whole = Buffer.from('{"a":"größe"}\n\n{"b":2}\r\n{"c":3}');

  it.each([1, 2, 3, 7, 1000])("splits into lines whatever the chunks (%i bytes)", async (size) => {
    const chunks = [];
    for (let at = 0; at < whole.length; at += size) chunks.push(whole.subarray(at, at + size));
    expect(await lines(...chunks)).toEqual(['{"a":"größe"}', '{"b":2}']);
  });

  it("gives up on a line without end", async () => {
    const megabyte = Buffer.alloc(1024 * 1024, "x");
    await expect(lines(megabyte, megabyte, megabyte, megabyte, megabyte)).rejects.toThrow("4 MB");
  });
});

describe("parseEvent", () => {
  const attributes = { name: "web", "replicas.new": "2" };
  const modern = {
    Type: "service",
    Action: "update",
    Actor: { ID: "s1", Attributes: attributes },
    scope: "swarm",
    time: 1795238523,
  };

  it("reads engine 29's shape, without status, id and from, with the exact time", () => {
    const line = `${JSON.stringify(modern).slice(0, -1)},"timeNano":1795238523123456789}`;
    expect(parseEvent(line)).toEqual({
      Type: "service",
      Action: "update",
      Actor: { ID: "s1", Attributes: attributes },
      scope: "swarm",
      timeMs: 1795238523000,
      timeNano: "1795238523123456789",
    });
  });

  it("reads 20.10's shape the same", () => {
    const old = { status: "update", id: "s1", from: "lab/web:1", ...modern };
    expect(parseEvent(JSON.stringify(old))).toEqual(parseEvent(JSON.stringify(modern)));
  });

  it.each(["", "null", "[]", "7", '{"Type":1,"Action":"x"}', '{"Type":"a"', '{"errorDetail":{}}'])(
    "answers null for %j",
    (line) => {
      expect(parseEvent(line)).toBeNull();
    },
  );

  it("drops attributes that are not text", () => {
    const line = '{"Type":"a","Action":"b","Actor":{"ID":5,"Attributes":{"x":1,"y":"z"}}}';
    expect(parseEvent(line)?.Actor).toEqual({ ID: "", Attributes: { y: "z" } });
  });
});

describe("sinceParameter", () => {
  it("puts the point where Docker wants it", () => {
    expect(sinceParameter("1795238523123456789")).toBe("1795238523.123456789");
    expect(() => sinceParameter("soon")).toThrow(RangeError);
  });
});
