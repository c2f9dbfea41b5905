import { expect, test } from "vitest";
import { AppError } from "#lib/shared/errors.ts";
import type { LinkedNode, NodeEngines } from "./node-engines.ts";
import { createPerNodeRead } from "./per-node-read.ts";

/** A read of one node whose answers are given by hand, in any order. */
function started() {
  const asked: { resolve: (value: string) => void; reject: (error: unknown) => void }[] = [];
  const engines = { all: () => [{ id: "n1", name: "swarm-1", engine: {} }] } as unknown as Pick<
    NodeEngines,
    "all"
  >;
  const read = (_: LinkedNode) =>
    new Promise<string>((resolve, reject) => {
      asked.push({ resolve, reject });
    });
  const perNode = createPerNodeRead<string>({ engines, read, maxAgeMs: 60_000, now: () => 0 });
  const value = async (answer = perNode.get()) => (await answer).answers.map((each) => each.value);
  return { perNode, asked, value };
}

test("everybody who asks while a read runs shares it, and its answer is kept", async () => {
  const { perNode, asked, value } = started();
  const both = [value(), value()];
  asked[0]?.resolve("one");
  expect(await Promise.all(both)).toEqual([["one"], ["one"]]);
  expect(await value(perNode.get())).toEqual(["one"]);
  expect(asked).toHaveLength(1);
});

test("who asks after a change is not given what was asked before it, however late that comes", async () => {
  const { perNode, asked, value } = started();
  const before = value();
  perNode.changed("n1");
  const after = value();
  expect(asked).toHaveLength(2);
  asked[1]?.resolve("new");
  expect(await after).toEqual(["new"]);
  asked[0]?.resolve("old");
  await before;
  expect(await value()).toEqual(["new"]);
  expect(asked).toHaveLength(2);
});

test("a failure of an older read says nothing about the newer one", async () => {
  const { perNode, asked, value } = started();
  const before = perNode.get();
  perNode.changed(null);
  const after = value();
  asked[1]?.resolve("new");
  await after;
  asked[0]?.reject(new AppError("node_unreachable", "gone"));
  expect((await before).nodes[0]).toMatchObject({ ok: false, error: "gone" });
  expect(await value()).toEqual(["new"]);
  expect(asked).toHaveLength(2);
});
