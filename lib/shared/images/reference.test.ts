import { expect, test } from "vitest";
import { keysOfImage, keysOfReference, pullQuery, registryOf } from "./reference.ts";

const digest = `sha256:${"a".repeat(64)}`;

test.each([
  ["nginx", ["docker.io/library/nginx:latest"]],
  ["docker.io/nginx:1", ["docker.io/library/nginx:1"]],
  ["lab/web:1", ["docker.io/lab/web:1"]],
  ["localhost:5000/a:2", ["localhost:5000/a:2"]],
  [`lab/web:1@${digest}`, [`docker.io/lab/web@${digest}`, "docker.io/lab/web:1"]],
  [`lab/web@${digest}`, [`docker.io/lab/web@${digest}`]],
  [digest, [digest]],
  ["a".repeat(64), [digest]],
])("%s may mean %j", (text, keys) => expect(keysOfReference(text)).toEqual(keys));

test("an image answers to its id, its tags and its digests", () => {
  const image = { id: digest, tags: ["web:1"], digests: [`host.io/web@${digest}`] };
  expect(keysOfImage(image)).toEqual([digest, "docker.io/library/web:1", `host.io/web@${digest}`]);
});

test("a pull names one tag or one digest, never all tags", () => {
  expect(pullQuery("host:5000/a/b")).toEqual({ fromImage: "host:5000/a/b", tag: "latest" });
  expect(pullQuery("a:2")).toEqual({ fromImage: "a", tag: "2" });
  expect(pullQuery(`a:2@${digest}`)).toEqual({ fromImage: "a", tag: digest });
});

test("credentials are for the host of the reference", () => {
  expect(registryOf("nginx")).toBe("https://index.docker.io/v1/");
  expect(registryOf("host.io/a")).toBe("host.io");
});
