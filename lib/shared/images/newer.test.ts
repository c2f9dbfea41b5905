import { expect, it } from "vitest";
import type { ClusterModel, ImageView } from "../model/types.ts";
import { newerImages } from "./newer.ts";

const [old, next] = [`sha256:${"1".repeat(64)}`, `sha256:${"2".repeat(64)}`];
const services = (images: Readonly<Record<string, ImageView>>) =>
  Object.fromEntries(
    Object.entries(images).map(([name, image]) => [name, { id: name, name, image }]),
  ) as unknown as ClusterModel["services"];

it("a tag that names another digest is newer; without a tag or a digest nothing is compared", () => {
  const image = (name: string, tag: string | null, digest: string | null) => ({ name, tag, digest });
  const found = newerImages(
    services({
      web: image("reg:5000/app", "1", old),
      same: image("reg:5000/app", "1", next),
      loose: image("reg:5000/app", "1", null),
      fixed: image("reg:5000/app", null, old),
      unasked: image("reg:5000/other", "1", old),
    }),
    new Map([["reg:5000/app:1", next]]),
  );
  expect(found).toEqual([
    { service: { id: "web", name: "web" }, image: "reg:5000/app:1", digest: old, newest: next },
  ]);
});
