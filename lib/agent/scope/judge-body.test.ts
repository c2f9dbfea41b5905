import { afterEach, expect, test } from "vitest";
import { ask, startAgent, status, type TestAgent } from "./testing/agent-stream.ts";
import {
  type Answer,
  json,
  onlyRequest,
  type RecordingEngine,
  startEngine,
} from "./testing/recording-engine.ts";

/** What may be posted at `operate`, and what the engine gets of it. */
let engine: RecordingEngine;
let agent: TestAgent;

async function start(): Promise<void> {
  engine = await startEngine(docker);
  agent = await startAgent("operate", engine.connect);
}

afterEach(async () => {
  await agent.close();
  await engine.close();
});

const got = () => engine.connections.map(onlyRequest);

const spec = {
  Name: "web",
  TaskTemplate: { ContainerSpec: { Image: "a", Env: ["T=1"] } },
  Mode: { Replicated: { Replicas: 1 } },
};
const service = {
  ID: "s",
  Version: { Index: 12 },
  Spec: spec,
  PreviousSpec: { ...spec, Labels: { old: "1" }, Name: "web" },
};
const node = { ID: "n", Version: { Index: 3 }, Spec: { Role: "worker", Availability: "active" } };
const docker: Answer = (request) => {
  if (request.startsWith("GET /v1.41/services/web ")) return json(service);
  if (request.startsWith("GET /services/none "))
    return json({ message: "service none not found" }, "404 Not Found");
  if (request.startsWith("GET /nodes/n ")) return json(node);
  return json({});
};
const scaled = JSON.stringify({ ...spec, Mode: { Replicated: { Replicas: 3 } } });

test.each<[string, string, string, string]>([
  ["a service is scaled", "POST /v1.41/services/web/update?version=12", scaled, scaled],
  [
    "the engine takes its previous specification, whatever is posted",
    "POST /v1.41/services/web/update?version=12&rollback=previous",
    '{"TaskTemplate":{"ContainerSpec":{"Image":"evil"}}}',
    JSON.stringify(spec),
  ],
  [
    "a node is drained",
    "POST /nodes/n/update?version=3",
    '{"Role":"worker","Availability":"drain"}',
    '{"Role":"worker","Availability":"drain"}',
  ],
  [
    "a volume is made",
    "POST /volumes/create",
    '{"Name":"v","DriverOpts":{},"Labels":{"a":"b"}}',
    '{"Name":"v","Labels":{"a":"b"}}',
  ],
  [
    "a network is made",
    "POST /networks/create",
    '{"Name":"n","Driver":"overlay","IPAM":{"Driver":"default"},"options":null}',
    '{"Name":"n","Driver":"overlay","IPAM":{"Driver":"default"}}',
  ],
  [
    "a container joins a network",
    "POST /v1.41/networks/n/connect",
    '{"Container":"c","EndpointConfig":{"IPAMConfig":{"IPv4Address":"10.0.0.9"},"Aliases":["db"],"DriverOpts":null,"GwPriority":0}}',
    '{"Container":"c","EndpointConfig":{"IPAMConfig":{"IPv4Address":"10.0.0.9"},"Aliases":["db"]}}',
  ],
  ["a container leaves one", "POST /networks/n/disconnect", '{"Container":"c"}', '{"Container":"c"}'],
])("%s", async (_name, request, posted, sent) => {
  await start();
  expect(status(await ask(agent, request, posted, "X-Registry-Auth: e30=\r\n"))).toBe(200);
  expect(got().at(-1)).toBe(`${request} ${sent}`);
  expect(engine.connections.at(-1)?.bytes().includes("X-Registry-Auth")).toBe(request.includes("/services/"));
});

test.each<[string, string, string, number, string]>([
  [
    "another image",
    "POST /v1.41/services/web/update?version=12",
    scaled.replace('"a"', '"b"'),
    403,
    "changes TaskTemplate.ContainerSpec.Image",
  ],
  [
    "a mount",
    "POST /v1.41/services/web/update?version=12",
    scaled.replace('"Image"', '"Mounts":[{"Type":"bind","Source":"/"}],"Image"'),
    403,
    "ContainerSpec.Mounts",
  ],
  [
    "a version that is not the present one",
    "POST /v1.41/services/web/update?version=11",
    scaled,
    500,
    "update out of sequence",
  ],
  ["no version", "POST /v1.41/services/web/update", scaled, 403, "must name version"],
  [
    "another kind of rollback",
    "POST /v1.41/services/web/update?version=12&rollback=x",
    scaled,
    403,
    "not with this rollback",
  ],
  [
    "a service that is not there",
    "POST /services/none/update?version=12",
    scaled,
    404,
    "service none not found",
  ],
  ["no body", "POST /v1.41/services/web/update?version=12", "", 403, "changes"],
  ["no JSON", "POST /v1.41/services/web/update?version=12", "{", 400, "cannot be read"],
  [
    "a node that is promoted",
    "POST /nodes/n/update?version=3",
    '{"Role":"manager","Availability":"active"}',
    403,
    "changes Role",
  ],
  [
    "a volume that is a directory of the host",
    "POST /volumes/create",
    '{"DriverOpts":{"type":"none","o":"bind","device":"/"}}',
    403,
    "sets DriverOpts",
  ],
  [
    "the same in other letters",
    "POST /volumes/create",
    '{"driveropts":{"o":"bind"}}',
    403,
    "sets driveropts",
  ],
  ["a volume of a plugin", "POST /volumes/create", '{"Driver":"rexray"}', 403, "sets Driver"],
  [
    "a cluster volume",
    "POST /volumes/create",
    '{"ClusterVolumeSpec":{"Group":"x"}}',
    403,
    "sets ClusterVolumeSpec",
  ],
  ["a network of a plugin", "POST /networks/create", '{"Driver":"weave"}', 403, "sets Driver"],
  [
    "a network planned by a plugin",
    "POST /networks/create",
    '{"IPAM":{"Driver":"x"}}',
    403,
    "sets IPAM.Driver",
  ],
  ["the same in other letters", "POST /networks/create", '{"ipam":{"Driver":"x"}}', 403, "sets ipam"],
  [
    "a join that tells the driver something",
    "POST /networks/n/connect",
    '{"Container":"c","EndpointConfig":{"DriverOpts":{"a":"b"}}}',
    403,
    "sets EndpointConfig.DriverOpts",
  ],
  [
    "a join that becomes the way out",
    "POST /networks/n/connect",
    '{"Container":"c","EndpointConfig":{"GwPriority":1}}',
    403,
    "sets EndpointConfig.GwPriority",
  ],
  [
    "a join with an address of the link",
    "POST /networks/n/connect",
    '{"Container":"c","EndpointConfig":{"IPAMConfig":{"LinkLocalIPs":["169.254.0.9"]}}}',
    403,
    "sets EndpointConfig.IPAMConfig.LinkLocalIPs",
  ],
  [
    "the same in other letters",
    "POST /networks/n/connect",
    '{"Container":"c","endpointconfig":{"MacAddress":"x"}}',
    403,
    "sets endpointconfig",
  ],
  ["a start with a body", "POST /containers/web/start", '{"Privileged":true}', 403, "it has a body"],
  [
    "a body beyond all measure",
    "POST /volumes/create",
    `{"Name":"${"x".repeat(5 << 20)}"}`,
    413,
    "longer than 4 MB",
  ],
])("%s is refused", async (_name, request, posted, code, sentence) => {
  await start();
  const answer = await ask(agent, request, posted);
  expect(status(answer)).toBe(code);
  expect(answer).toContain(sentence);
  expect(got().filter((line) => !line.startsWith("GET "))).toEqual([]);
});

test.each([
  "POST /images/create?fromSrc=http://x&fromImage=a",
  "POST /images/create",
  "POST /images/create?fromImage=-",
  "POST /containers/web/start?checkpoint=x&checkpoint-dir=/",
])("%s is refused for its query", async (request) => {
  await start();
  expect(status(await ask(agent, request))).toBe(403);
  expect(got()).toEqual([]);
});

test("an empty document where none is wanted is left out", async () => {
  await start();
  expect(status(await ask(agent, "POST /containers/web/start", "{}"))).toBe(200);
  expect(got()).toEqual(["POST /containers/web/start"]);
});
