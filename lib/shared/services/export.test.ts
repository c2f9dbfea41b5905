import { expect, test } from "vitest";
import { cliCommand } from "./export-cli.ts";

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
