import http from "node:http";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import { uninspected } from "./uninspected.ts";

test("an agent's sockets are not turned into text, however deep one looks", () => {
  const all = { showHidden: true, depth: null } as const;
  expect(inspect({ agent: new http.Agent() }, all)).toContain("maxSockets");
  expect(inspect({ agent: uninspected(new http.Agent()) }, all)).toBe("{ agent: Agent }");
});
