import { request } from "node:http";
import { text } from "node:stream/consumers";
import { afterEach, expect, test } from "vitest";
import { type Simulator, startSimulator } from "../start-simulator.ts";
import type { ProfileName } from "./profile.ts";

let simulator: Simulator | null = null;
afterEach(async () => {
  await simulator?.close();
  simulator = null;
});

interface Said {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

async function start(profile: ProfileName): Promise<(path: string) => Promise<Said>> {
  simulator = await startSimulator({ nodes: 3, tasks: 40, profile });
  const { address } = simulator;
  if (address.kind !== "unix") throw new Error("this test needs a unix socket");
  return (path) =>
    new Promise((resolve, reject) => {
      request({ socketPath: address.path, path }, (answer) => {
        text(answer).then(
          (body) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }),
          reject,
        );
      })
        .on("error", reject)
        .end();
    });
}

const containerOf = async (get: (path: string) => Promise<Said>) => {
  const [row] = JSON.parse((await get("/containers/json")).body) as { Id: string; Health?: object }[];
  const whole = JSON.parse((await get(`/containers/${row?.Id}/json`)).body) as { NetworkSettings: object };
  return { row, networks: whole.NetworkSettings };
};

test("20.10: API 1.41, down to 1.12, without a role in its ping", async () => {
  const get = await start("20.10");
  expect((await get("/_ping")).headers).toMatchObject({ "api-version": "1.41" });
  expect((await get("/_ping")).headers).not.toHaveProperty("swarm");
  expect((await get("/v1.12/info")).status).toBe(200);
  expect((await get("/v1.42/info")).body).toContain(
    "client version 1.42 is too new. Maximum supported API version is 1.41",
  );
  expect((await get("/images/json")).body).toContain("VirtualSize");
});

test("26: API 1.45, from 1.24, with the kind of a log and the role in its ping", async () => {
  const get = await start("26");
  expect((await get("/_ping")).headers).toMatchObject({ "api-version": "1.45", swarm: "active/manager" });
  expect((await get("/v1.23/info")).body).toContain("Minimum supported API version is 1.24");
  expect((await get("/images/json")).body).not.toContain("VirtualSize");
  const { row, networks } = await containerOf(get);
  expect(networks).toHaveProperty("IPAddress");
  const logs = await get(`/v1.45/containers/${row?.Id}/logs?stdout=1&tail=1`);
  expect(logs.headers["content-type"]).toBe("application/vnd.docker.multiplexed-stream");
});

test.each<[ProfileName, number, string]>([
  ["20.10", 500, "invalid character 'o' in literal null (expecting 'u')"],
  ["26", 400, "invalid filter"],
])("%s refuses filters that are no JSON with %i: %s", async (profile, status, message) => {
  const get = await start(profile);
  const said = await get("/containers/json?filters=nonsense");
  expect([said.status, JSON.parse(said.body)]).toEqual([status, { message }]);
});

test("29, as its changelog says: API 1.52, from 1.44, addresses by network alone", async () => {
  const get = await start("29");
  expect((await get("/_ping")).headers).toMatchObject({ "api-version": "1.52" });
  expect(await get("/v1.43/info")).toMatchObject({ status: 400 });
  expect((await get("/v1.43/info")).body).toContain("Minimum supported API version is 1.44");
  const { row, networks } = await containerOf(get);
  expect(row).toHaveProperty("Health");
  expect(networks).not.toHaveProperty("IPAddress");
  expect(networks).toHaveProperty("Networks");
});
