import { expect, it } from "vitest";
import { keyPath, keysAt } from "./compose-keys.ts";

const above = (text: string) => text.split("\n");

it.each([
  ["the root", "version: '3.8'", 0, [], "services"],
  ["a service", "services:\n  web:\n    image: a", 4, ["services", "web"], "deploy"],
  ["an anchored service", "services:\n  web: &web\n    image: a", 4, ["services", "web"], "image"],
  [
    "limits",
    "services:\n  web:\n    deploy:\n      mode: global\n      resources:\n        limits:",
    10,
    ["services", "web", "deploy", "resources", "limits"],
    "memory",
  ],
  [
    "after a deeper part",
    "services:\n  web:\n    deploy:\n      mode: global",
    4,
    ["services", "web"],
    "ports",
  ],
  ["a config", "configs:\n  app:", 4, ["configs", "app"], "file"],
])("keys are offered at %s", (_where, text, indent, path, key) => {
  expect(keyPath(above(text), indent)).toEqual(path);
  expect(keysAt(path)).toContain(key);
});

it("none where names are one's own", () => {
  expect(keysAt(["services"])).toEqual([]);
});
