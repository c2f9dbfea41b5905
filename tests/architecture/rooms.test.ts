import { expect, test } from "vitest";
import { cycles, violation } from "./rooms.ts";
import { importsOf, sourceFiles } from "./sources.ts";

const allImports = sourceFiles(".ts", ".tsx").flatMap(importsOf);
const importsIn = (path: string, text: string) => importsOf({ path, text });

test("every import stays in the rooms it may enter", () => {
  expect(allImports.length).toBeGreaterThan(50);
  expect(allImports.map(violation).filter(Boolean)).toEqual([]);
});

test("there are no import cycles", () => {
  expect(cycles(allImports).map((cycle) => cycle.join(" → "))).toEqual([]);
});

test("there are no barrels", () => {
  const files = sourceFiles(".ts", ".tsx").map(({ path }) => path);
  expect(files.filter((path) => /(^|\/)index\.tsx?$/.test(path))).toEqual([]);
  expect(
    allImports
      .filter(({ reExport }) => reExport)
      .map(({ from, specifier }) => `${from} re-exports ${specifier}`),
  ).toEqual([]);
});

// The rules themselves: without these, a rule that never fires would look like a clean house.
test.each([
  ["lib/shared/a.ts", 'import { b } from "#lib/server/b.ts";', "lib/shared/ may use only itself"],
  ["lib/shared/a.ts", 'import fs from "node:fs";', "must not use this package"],
  ["lib/shared/a.ts", 'import { useState } from "react";', "must not use this package"],
  ["lib/server/a.ts", 'import { b } from "../web/b.ts";', "lib/server/ may use only lib/shared/"],
  ["lib/server/http/a.ts", 'import next from "next";', "must not use this package"],
  ["lib/server/http/a.ts", 'import { decode } from "next-auth/jwt";', "must not use this package"],
  ["lib/server/http/a.ts", 'import Docker from "dockerode";', "only lib/server/docker/ may know it"],
  ["lib/server/http/a.test.ts", 'import Docker from "dockerode";', "only lib/server/docker/ may know it"],
  ["lib/server/http/a.ts", 'const db = await import("better-sqlite3");', "only lib/server/db/ may know it"],
  ["lib/web/a.ts", 'import { b } from "#lib/server/b.ts";', "only types of lib/server/ are allowed here"],
  ["lib/client/a.ts", 'import type { B } from "#lib/server/b.ts";', "lib/client/ may use only lib/shared/"],
  ["components/ui/a.tsx", 'import { B } from "../map/b.tsx";', "components/ui/ may use only lib/shared/"],
  ["components/map/a.tsx", 'import {\n  b,\n  c,\n} from "#lib/web/b.ts";', "components/ may use only"],
  ["components/map/a.tsx", 'import B from "../../app/page.tsx";', "nobody imports app"],
  ["lib/sim/a.ts", 'import "#lib/server/b.ts";', "lib/sim/ may use only lib/shared/"],
  [
    "lib/server/a.ts",
    'import { b } from "#lib/sim/start-simulator.ts";',
    "lib/server/ may use only lib/shared/",
  ],
  ["lib/server/cluster/demo-engine.ts", 'import "#lib/sim/world/world.ts";', "lib/server/ may use only"],
])("%s with %s is refused", (path, text, reason) => {
  expect(importsIn(path, text).map(violation)).toEqual([expect.stringContaining(reason)]);
});

test.each([
  ["lib/web/a.ts", 'import type { B } from "#lib/server/b.ts";'],
  ["lib/web/a.ts", 'import { type B, type C } from "#lib/server/b.ts";'],
  ["lib/web/a.test.ts", 'import { b } from "#lib/server/b.ts";'],
  ["lib/server/main.ts", 'import next from "next";'],
  ["lib/server/auth/session.ts", 'import { decode } from "next-auth/jwt";'],
  ["lib/server/docker/a.ts", 'import Docker from "dockerode";'],
  ["lib/server/cluster/demo-engine.ts", 'import { b } from "#lib/sim/start-simulator.ts";'],
  ["lib/shared/a.test.ts", 'import { readFileSync } from "node:fs";'],
  ["components/map/a.tsx", 'import { Button } from "#components/ui/button.tsx";'],
  ["tests/swarm/a.test.ts", 'import { t } from "#lib/shared/i18n/translate.ts";'],
])("%s with %s is fine", (path, text) => {
  const found = importsIn(path, text);
  expect(found).toHaveLength(1);
  expect(found.map(violation)).toEqual([undefined]);
});

test("a cycle over three files is found, one through a type is not", () => {
  const ring = [
    ...importsIn("lib/server/a.ts", 'import { b } from "./b.ts";'),
    ...importsIn("lib/server/b.ts", 'import { c } from "./c.ts";'),
    ...importsIn("lib/server/c.ts", 'import { a } from "./a.ts";'),
    ...importsIn("lib/server/d.ts", 'import type { a } from "./e.ts";'),
    ...importsIn("lib/server/e.ts", 'import { d } from "./d.ts";'),
  ];
  expect(cycles(ring)).toEqual([
    ["lib/server/a.ts", "lib/server/b.ts", "lib/server/c.ts", "lib/server/a.ts"],
  ]);
});
