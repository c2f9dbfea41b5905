import { expect, test } from "vitest";
import { type EngineAddress, parseEngineAddress } from "#lib/server/config/engine-address.ts";
import { configuredEngines } from "./engine-candidates.ts";

const standard = parseEngineAddress("/var/run/docker.sock");
const tcp = parseEngineAddress("tcp://10.0.0.2:2375");

function names(
  engine: EngineAddress,
  engines: EngineAddress[],
  env: Record<string, string> = {},
): string[][] {
  return configuredEngines({ engine, engines }, env, "/home/ann").map((list) => list.map(({ name }) => name));
}

test("the standard socket is followed by those of Docker without root and Docker Desktop", () => {
  expect(names(standard, [], { XDG_RUNTIME_DIR: "/run/user/1000" })).toEqual([
    [
      "unix:///var/run/docker.sock",
      "unix:///run/user/1000/docker.sock",
      "unix:///home/ann/.docker/run/docker.sock",
      "unix:///home/ann/.docker/desktop/docker.sock",
    ],
  ]);
});

test("an address that was chosen is the only one", () => {
  expect(names(tcp, [])).toEqual([["tcp://10.0.0.2:2375"]]);
  expect(names(standard, [], { DOCKER_HOST: "unix:///var/run/docker.sock" })).toEqual([
    ["unix:///var/run/docker.sock"],
  ]);
});

test("an engine that is named twice is one engine", () => {
  const other = parseEngineAddress("tcp://10.0.0.3:2375");
  expect(names(tcp, [other, tcp, other])).toEqual([["tcp://10.0.0.2:2375"], ["tcp://10.0.0.3:2375"]]);
});
