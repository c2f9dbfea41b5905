import { expect, test } from "vitest";
import { sourceFiles } from "./sources.ts";

/** Where the unfiltered clusters may be taken from the runtime: the two doors that judge who asks. */
const doors = new Set(["lib/web/open-cluster.ts", "lib/web/with-api.ts"]);
const door = /getRuntime\(\)\s*\.\s*clusters|\{[^{}]*\bclusters\b[^{}]*\}\s*=\s*getRuntime\(\)/;
const agents = /getRuntime\(\)\s*\.\s*agents|\{[^{}]*\bagents\b[^{}]*\}\s*=\s*getRuntime\(\)/;

const pages = sourceFiles(".ts", ".tsx").filter(({ path }) => /^(app|lib\/web)\//.test(path));

test("pages reach a cluster through the door that asks who may see it", () => {
  expect(pages.length).toBeGreaterThan(50);
  const around = pages.filter(({ path, text }) => door.test(text) && !doors.has(path));
  expect(around.map(({ path }) => path)).toEqual([]);
  const unasked = pages.filter(({ text }) => agents.test(text) && !text.includes("openCluster("));
  expect(unasked.map(({ path }) => path)).toEqual([]);
});

test.each([
  "getRuntime().clusters.get(id)",
  "getRuntime()\n  .clusters.list()",
  "const { clusters } = getRuntime();",
  "const { auth, clusters } = getRuntime();",
])("%s is noticed", (text) => expect(door.test(text)).toBe(true));
