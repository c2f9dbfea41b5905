import { expect, test } from "vitest";
import type { ImageItem } from "#lib/shared/images/types.ts";
import {
  filterImages,
  type ImageFilter,
  imageName,
  readImageFilter,
  writeImageFilter,
} from "./image-filter.ts";

const image = (part: Partial<ImageItem>): ImageItem => ({
  id: `sha256:${"a".repeat(64)}`, tags: [], digests: [], dangling: false, createdAt: 0, sizeBytes: 1,
  nodes: [], services: [], rollbacks: [], ...part,
}); // biome-ignore format: short
const place = (name: string, containers = 0) => ({ id: name, name, tags: [], containers });
const items = [
  image({ tags: ["web:1"], nodes: [place("n1"), place("n2", 1)] }),
  image({ tags: ["old:1"], nodes: [place("n1")], rollbacks: [{ id: "s", name: "shop" }] }),
  image({ dangling: true, digests: ["team/app@sha256:x"], nodes: [place("n2")] }),
];
const none = { text: "", nodes: [], unused: false, dangling: false };
const names = (part: Partial<ImageFilter>) => filterImages(items, { ...none, ...part }).map(imageName);

test("each choice narrows, and what could be needed again is not unused", () => {
  expect(names({})).toEqual(["web:1", "old:1", "team/app"]);
  expect(names({ unused: true })).toEqual(["team/app"]);
  expect(names({ dangling: true })).toEqual(["team/app"]);
  expect(names({ nodes: ["n2"] })).toEqual(["web:1", "team/app"]);
  expect(names({ text: "SHOP old" })).toEqual(["old:1"]);
});

test("the address bar keeps it", () => {
  const filter = { text: "a b", nodes: ["n1", "n2"], unused: true, dangling: true };
  expect(readImageFilter(writeImageFilter(filter))).toEqual(filter);
  expect(writeImageFilter(none).toString()).toBe("");
});
