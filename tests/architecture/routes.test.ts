import { expect, test } from "vitest";
import { unguarded } from "./routes.ts";
import { sourceFiles } from "./sources.ts";

const routes = sourceFiles("/route.ts", "/route.tsx").filter(({ path }) => path.startsWith("app/"));

test("every route goes through withApi", () => {
  expect(routes.length).toBeGreaterThan(10);
  expect(routes.flatMap(unguarded)).toEqual([]);
});

test("every route is at most 40 lines", () => {
  const long = routes.filter(({ text }) => text.trimEnd().split("\n").length > 40);
  expect(long.map(({ path }) => path)).toEqual([]);
});

test.each([
  "export const GET = async () => new Response();",
  "export const GET = wrap(withApi);",
  "export async function POST(request: Request) {",
  "export { GET, POST };",
  "export { handle as GET };",
  'export * from "./other.ts";',
  "const unused = 1;",
])("a route file with %s is refused", (text) => {
  expect(unguarded({ path: "app/api/v1/x/route.ts", text })).toHaveLength(1);
});

test("a route that needs no guard must not reach the runtime", () => {
  const text = 'import { getRuntime } from "#lib/web/runtime.ts";\nexport function GET() {}';
  expect(unguarded({ path: "app/api/health/route.ts", text })).toEqual([
    "app/api/health/route.ts is not guarded and imports #lib/web/runtime.ts",
  ]);
});
