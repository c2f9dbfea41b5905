import { expect, it } from "vitest";
import { missingExternals } from "./preflight.ts";

const present = { secrets: new Set(["there"]), configs: new Set<string>(), networks: new Set(["proxy"]) };
const file = (value: unknown) => ({ file: "a.yml", value, lineOf: () => 7 });

it("names what is external and missing, with its line", () => {
  const found = missingExternals(
    [
      file({
        secrets: { a: { external: true, name: "there" }, b: { external: true }, c: { file: "x" } },
        configs: { d: { external: { name: "old-style" } } },
        networks: {
          proxy: { external: true },
          gone: { external: true },
          variable: { external: true, name: "net-$X" },
        },
      }),
    ],
    present,
  );
  expect(found.map(({ message, line }) => [message, line])).toEqual([
    ["The external secret b does not exist.", 7],
    ["The external config old-style does not exist.", 7],
    ["The external network gone does not exist in the swarm.", 7],
  ]);
});

it("says nothing of a file that is none", () => {
  expect(missingExternals([file(null), file([1]), file({ secrets: "x" })], present)).toEqual([]);
});
