import { expect, test } from "vitest";
import { applyPulls, diffPulls, type PullsPicture } from "./pulls-picture.ts";
import type { PullNode, PullView } from "./types.ts";

const node = (id: string, status = ""): PullNode => ({
  id,
  name: id,
  state: "pulling",
  status,
  digest: null,
  error: null,
  layers: [],
});
const pull = (id: string, nodes: readonly PullNode[], endedAt: number | null = null): PullView => ({
  id,
  image: "a:1",
  by: "ann",
  startedAt: 1,
  endedAt,
  cancelledBy: null,
  nodes,
});

function step(before: PullsPicture, now: readonly PullView[]) {
  const delta = diffPulls(before, now);
  return { delta, after: delta && applyPulls(before, delta) };
}

test("a delta has only the nodes that changed, and leads to the same picture", () => {
  const [one, two] = [node("one"), node("two")];
  const first = { seq: 4, pulls: [pull("p", [one, two])] };
  const now = [pull("p", [one, node("two", "Downloading")])];
  const { delta, after } = step(first, now);
  expect(delta?.pulls[0]?.nodes.map(({ id }) => id)).toEqual(["two"]);
  expect(after).toEqual({ seq: 5, pulls: now });
});

test("new pulls come first, and what is not told of any more goes", () => {
  const old = pull("old", [node("one")]);
  const kept = pull("kept", [node("one")]);
  const fresh = pull("fresh", [node("two")]);
  const { after } = step({ seq: 0, pulls: [kept, old] }, [fresh, kept]);
  expect(after?.pulls.map(({ id }) => id)).toEqual(["fresh", "kept"]);
});

test("the end alone is a change, nothing is none, and a missing step is noticed", () => {
  const nodes = [node("one")];
  const before = { seq: 0, pulls: [pull("p", nodes)] };
  expect(step(before, [pull("p", nodes, 9)]).after?.pulls).toEqual([pull("p", nodes, 9)]);
  expect(diffPulls(before, [pull("p", nodes)])).toBeNull();
  expect(applyPulls(before, { seq: 2, pulls: [], gone: [] })).toBeNull();
});
