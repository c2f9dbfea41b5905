import { expect, test } from "vitest";
import { createUnframe } from "./unframe.ts";

function frame(type: number, text: string): Buffer {
  const head = Buffer.from([type, 0, 0, 0, 0, 0, 0, 0]);
  head.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([head, Buffer.from(text)]);
}
const stream = Buffer.concat([frame(1, "out "), frame(2, "err "), frame(1, ""), frame(1, "한국어 end")]);

test.each([1, 2, 3, 7, 8, 9, 1000])("chunks of %i bytes", (size) => {
  const unframe = createUnframe();
  const parts: Buffer[] = [];
  for (let at = 0; at < stream.length; at += size) parts.push(unframe(stream.subarray(at, at + size)));
  expect(Buffer.concat(parts).toString()).toBe("out err 한국어 end");
});

test("what has no frames is no stream of the engine", () => {
  expect(() => createUnframe()(Buffer.from("plain text of a terminal"))).toThrow("no frames");
});
