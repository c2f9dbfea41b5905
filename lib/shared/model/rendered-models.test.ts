import { expect, test, vi } from "vitest";
import { openModel, renderModel } from "./rendered-models.ts";
import { aModel, aNode, aService, aTask } from "./testing/build.ts";

const made = () => aModel({ nodes: [aNode()], services: [aService()], tasks: [aTask()] });
const sent = (rendered: ReturnType<typeof renderModel>) =>
  JSON.parse(JSON.stringify(rendered)) as ReturnType<typeof renderModel>;

test("a page that is made here shows the very picture, and packs it once", () => {
  const model = made();
  const rendered = renderModel(model);
  expect(openModel(sent(rendered))).toBe(model);
  expect(renderModel(model)).toBe(rendered);
});

test("another picture is another one, also where number and cluster are the same", () => {
  const [one, other] = [made(), made()].map(renderModel);
  if (!one || !other) throw new Error("two pictures");
  expect(one.key).not.toBe(other.key);
  expect(openModel(sent(other))).not.toBe(openModel(sent(one)));
});

test("a browser that reached the server over plain HTTP has no crypto.randomUUID, and opens it", () => {
  const model = made();
  const rendered = sent(renderModel(model));
  vi.stubGlobal("shoalRenderedModels", undefined);
  vi.stubGlobal("crypto", {});
  try {
    expect(openModel(rendered)).toEqual(model);
  } finally {
    vi.unstubAllGlobals();
  }
});

test("elsewhere an equal one is unpacked", () => {
  const model = made();
  const opened = openModel({ ...sent(renderModel(model)), key: "of another process 1" });
  expect(opened).toEqual(model);
  expect(opened).not.toBe(model);
});
