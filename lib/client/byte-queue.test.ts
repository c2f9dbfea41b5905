import { expect, test } from "vitest";
import { ByteQueue } from "./byte-queue.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (part: Uint8Array | null) => part && new TextDecoder().decode(part);

test("after a cut, exactly what was not taken is sent again", () => {
  const queue = new ByteQueue();
  queue.push(bytes("abcdef"));
  queue.push(bytes("ghi"));
  expect([text(queue.next(4)), text(queue.next(4)), text(queue.next(1))]).toEqual(["abcd", "ef", "g"]);
  expect(queue.underWay).toBe(7);
  queue.acknowledge(3);
  expect(queue.underWay).toBe(4);
  queue.rewind(5);
  const rest: (string | null)[] = [];
  for (let part = queue.next(100); part !== null; part = queue.next(100)) rest.push(text(part));
  expect(rest.join("")).toBe("fghi");
  queue.acknowledge(9);
  expect([queue.underWay, queue.isEmpty]).toEqual([0, true]);
});
