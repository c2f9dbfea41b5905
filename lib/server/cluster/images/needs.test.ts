import { expect, test } from "vitest";
import { needing, needsOf } from "./needs.ts";

const web = { id: "s1", name: "web" };
const api = { id: "s2", name: "api" };
const id = (letter: string) => `sha256:${letter.repeat(64)}`;
const image = (letter: string, tags: string[], digests: string[] = []) => ({ id: id(letter), tags, digests });

const needs = needsOf(
  [
    { service: web, image: `app:2@${id("d")}`, isPrevious: false },
    { service: web, image: "app:1", isPrevious: true },
    { service: api, image: "docker.io/library/api", isPrevious: false },
  ],
  [
    { serviceId: "s1", image: "app:0" },
    { serviceId: "gone", image: "old:1" },
  ],
);

test.each([
  ["by tag", image("1", ["app:2"]), ["web"], []],
  ["by digest, when the tag has moved on", image("1", [], [`app@${id("d")}`]), ["web"], []],
  ["with what Docker leaves out", image("1", ["api:latest"]), ["api"], []],
  ["to roll back", image("1", ["app:1"]), [], ["web"]],
  ["of a kept revision", image("1", ["app:0"]), [], ["web"]],
  ["not of a service that is gone", image("1", ["old:1"]), [], []],
  ["another tag of the same name", image("1", ["app:3"]), [], []],
])("%s", (_what, named, now, back) => {
  expect(needing(needs.now, named).map(({ name }) => name)).toEqual(now);
  expect(needing(needs.back, named).map(({ name }) => name)).toEqual(back);
});
