import { expect, test } from "vitest";
import { cliCommand } from "./export-cli.ts";
import { composeFile } from "./export-compose.ts";
import { yamlText } from "./yaml-text.ts";

const spec = JSON.stringify({
  Name: "web",
  TaskTemplate: {
    ContainerSpec: {
      Image: "nginx:1",
      Args: ["sh", "-c", "echo $HOME; rm -rf 'x'"],
      Env: ["A=$PRICE", "B=two\nlines"],
      Healthcheck: { Test: ["CMD-SHELL", "curl -f localhost || exit 1"] },
    },
    Networks: [{ Target: "id1" }],
  },
  Mode: { Global: {} },
});
const networks = new Map([["id1", "back"]]);

test("a command is quoted so that a shell runs nothing of it", () => {
  expect(cliCommand(spec, networks)).toBe(
    [
      "docker service create \\",
      "  --name web \\",
      "  --mode global \\",
      "  --env 'A=$PRICE' \\",
      "  --env 'B=two\nlines' \\",
      "  --health-cmd 'curl -f localhost || exit 1' \\",
      "  --network name=back \\",
      `  nginx:1 sh -c 'echo $HOME; rm -rf '\\''x'\\'''\n`,
    ].join("\n"),
  );
});

test("a compose file has its dollars doubled, and what it uses is external", () => {
  const text = composeFile(spec, networks);
  expect(text).toContain('- "A=$$PRICE"');
  expect(text).toContain('- "B=two\\nlines"');
  expect(text).toContain("    networks:\n      back: {}");
  expect(text).toContain("networks:\n  back:\n    external: true\n    name: back");
  expect(text).toContain("mode: global");
});

test("text that YAML would read as something else is quoted", () => {
  const odd = [
    "yes",
    "1.5",
    "0x1",
    "2026-01-01",
    "a: b",
    "#",
    "- x",
    "~",
    "null",
    "",
    "*a",
    "!x",
    "x y",
    "\u2028",
  ];
  const text = yamlText({ odd });
  for (const line of text.trim().split("\n").slice(1)) expect(line).toMatch(/^ {2}- "/);
  expect(yamlText({ a: undefined, b: [], c: { d: {} }, e: false, f: 0, g: "plain/text-1.2" })).toBe(
    "e: false\nf: 0\ng: plain/text-1.2\n",
  );
});
