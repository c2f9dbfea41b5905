import { expect, test } from "vitest";
import { noProgress, takePullLine } from "./pull-progress.ts";

const after = (...lines: (object | string)[]) =>
  lines.reduce<typeof noProgress>(
    (progress, line) => takePullLine(progress, typeof line === "string" ? line : JSON.stringify(line)),
    noProgress,
  );

test("layers are told apart, and the tag is none", () => {
  const progress = after(
    { status: "Pulling from lab/web", id: "1" },
    { status: "Pulling fs layer", progressDetail: {}, id: "aa" },
    { status: "Already exists", progressDetail: {}, id: "bb" },
    { status: "Downloading", progressDetail: { current: 10, total: 40 }, id: "aa" },
  );
  expect(progress).toMatchObject({ status: "Pulling from lab/web", error: null });
  expect(progress.layers).toEqual([
    { id: "aa", status: "Downloading", done: false, current: 10, total: 40 },
    { id: "bb", status: "Already exists", done: true, current: 0, total: 0 },
  ]);
});

test("the digest is told apart from the last word about the whole", () => {
  const digest = `sha256:${"a".repeat(64)}`;
  const progress = after(
    { status: `Digest: ${digest}` },
    { status: "Status: Downloaded newer image for a:1" },
  );
  expect(progress).toMatchObject({ digest, status: "Status: Downloaded newer image for a:1" });
});

test("an error inside the stream is kept, in the new and the old form", () => {
  expect(after({ status: "x", id: "aa" }, { errorDetail: { message: "no space" }, error: "old" }).error).toBe(
    "no space",
  );
  expect(after({ error: "old words" }).error).toBe("old words");
});

test("nonsense changes nothing", () => {
  expect(after("not JSON", "null", "3", {}, { status: 3, id: ["x"] })).toEqual(noProgress);
  const many = Array.from({ length: 300 }, (_, n) => ({ status: "Waiting", id: `l${n}` }));
  expect(after(...many).layers).toHaveLength(200);
  const layer = after({ status: "Downloading", id: "a", progressDetail: { current: "1", total: -3 } })
    .layers[0];
  expect(layer).toMatchObject({ current: 0, total: 0 });
});
