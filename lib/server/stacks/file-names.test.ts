import { expect, it } from "vitest";
import { isFileName } from "#lib/shared/swarm-files/limits.ts";
import { readComposeTree } from "./compose-tree.ts";
import { nameOfContent, ownNames } from "./file-names.ts";

const tree = (text: string) => readComposeTree("a.yml", text);

it("a stack's own come from files and have no name of their own; what any of the files says counts", () => {
  const base = tree(`
x-base: &base {name: chosen}
secrets:
  plain: {file: ./a}
  named: {file: ./a, name: mine}
  merged: {<<: *base, file: ./a}
  outside: {external: true}
  old: {external: {name: x}}
  driven: {driver: vault}
  later: {file: ./a}
configs:
  plain: {file: ./b, labels: {a: b}}
  not: {file: ./b, external: false}
`);
  const override = tree(
    "secrets:\n  later: {name: other}\nconfigs: {more: {file: ./c}, plain: {file: ./d}}\n",
  );
  expect(ownNames("shop", [base, override])).toEqual({
    secret: new Set(["shop_plain"]),
    config: new Set(["shop_plain", "shop_not", "shop_more"]),
  });
  expect(ownNames("shop", [tree("configs: [a]\nsecrets: 3"), tree("a")])).toEqual({
    secret: new Set(),
    config: new Set(["shop_0"]),
  });
});

it("a name stands for the content, for who has the key alone, and is one that swarm takes", () => {
  const of = (data: string, part = {}, key = "key", cluster = "local") =>
    nameOfContent(key, cluster, { kind: "secret", name: "shop_pass", data, ...part });
  expect(of("YQ==")).toMatch(/^shop_pass_[0-9a-f]{12}$/);
  expect(of("YQ==")).toBe(of("YQ=="));
  const others = [
    of("Yg=="), of("YQ==", {}, "other"), of("YQ==", {}, "key", "else"),
    of("YQ==", { kind: "config" }), of("YQ==", { name: "shop_word" }).replace("word", "pass"),
  ]; // biome-ignore format: one list
  expect(new Set([of("YQ=="), ...others]).size).toBe(6);
  const long = ["a".repeat(64), `${"b".repeat(50)}-.${"c".repeat(12)}`, `${"a".repeat(63)}b`];
  const made = long.map((name) => of("YQ==", { name }));
  expect(made.every((name) => isFileName(name) && name.length === 64)).toBe(true);
  expect(new Set(made).size).toBe(3);
});
