import { expect, it } from "vitest";
import { safeNext } from "./safe-next.ts";

it.each([
  ["/c/local/map?x=1#y", "/c/local/map?x=1#y"],
  ["/", "/"],
  [undefined, "/"],
  [["/a", "/b"], "/"],
  ["", "/"],
  ["https://evil.example/", "/"],
  ["//evil.example/a", "/"],
  ["/\\evil.example/a", "/"],
  ["/\t/evil.example/a", "/"],
  ["javascript:alert(1)", "/"],
  ["/..//evil.example", "/"],
])("%j leads to %s", (value, path) => {
  const next = safeNext(value);
  expect(next).toBe(path);
  expect(new URL(next, "https://shoal.example").origin).toBe("https://shoal.example");
});
