import { describe, expect, it } from "vitest";
import { parseImage } from "./image-name.ts";
import { mapContainer } from "./map-container.ts";
import { mapNode } from "./map-node.ts";
import { mapPorts } from "./map-ports.ts";
import { mapService } from "./map-service.ts";
import type { WireContainer, WireNode, WireService } from "./wire.ts";

const extras = { color: { hue: 3, marking: 1 }, isShoal: false };

/** Recorded from 20.10.24, shortened. */
const service20: WireService = {
  ID: "1aqt",
  Version: { Index: 37 },
  CreatedAt: "2026-11-21T10:02:12.66114496Z",
  UpdatedAt: "2026-11-21T10:02:12.666759364Z",
  Spec: {
    Name: "shop_web",
    Labels: { "com.docker.stack.namespace": "shop" },
    TaskTemplate: {
      ContainerSpec: {
        Image: "reg:5000/acme/web:1@sha256:abc",
        Healthcheck: { Test: ["CMD-SHELL", "true"], Interval: 2e9 },
      },
      Resources: {
        Limits: { NanoCPUs: 5e8 },
        Reservations: {
          NanoCPUs: 1e7,
          MemoryBytes: 8388608,
          GenericResources: [
            { DiscreteResourceSpec: { Kind: "gpu", Value: 2 } },
            { NamedResourceSpec: { Kind: "disk", Value: "a" } },
            { NamedResourceSpec: { Kind: "disk", Value: "b" } },
          ],
        },
      },
      RestartPolicy: { Condition: "on-failure", Delay: 3e9, MaxAttempts: 4, Window: 60e9 },
      Placement: {
        Constraints: ["node.role==worker"],
        MaxReplicas: 3,
        Platforms: [
          { Architecture: "amd64", OS: "linux" },
          { Architecture: "amd64", OS: "linux" },
          { OS: "windows" },
        ],
      },
    },
    Mode: { Replicated: { Replicas: 2 } },
    UpdateConfig: { Parallelism: 0, Delay: 2e9, FailureAction: "rollback", Order: "start-first" },
  },
  Endpoint: {
    Ports: [{ Protocol: "tcp", TargetPort: 8080, PublishedPort: 18080, PublishMode: "host" }],
  },
  ServiceStatus: { RunningTasks: 0, DesiredTasks: 2, CompletedTasks: 0 },
};

describe("mapService", () => {
  it("maps what 20.10 says", () => {
    expect(mapService(service20, extras)).toEqual({
      id: "1aqt",
      name: "shop_web",
      stack: "shop",
      mode: "replicated",
      replicas: 2,
      desiredTasks: 2,
      completedTasks: 0,
      image: { name: "reg:5000/acme/web", tag: "1", digest: "sha256:abc" },
      ports: [{ protocol: "tcp", target: 8080, published: 18080, mode: "host" }],
      update: null,
      color: { hue: 3, marking: 1 },
      reservedNanoCpus: 1e7,
      reservedMemoryBytes: 8388608,
      limitNanoCpus: 5e8,
      limitMemoryBytes: 0,
      genericResources: { gpu: 2, disk: 2 },
      constraints: ["node.role==worker"],
      platforms: ["linux/amd64", "windows/"],
      maxReplicasPerNode: 3,
      restartCondition: "on-failure",
      restartDelayMs: 3000,
      restartMaxAttempts: 4,
      updateParallelism: 0,
      updateDelayMs: 2000,
      updateOrder: "start-first",
      updateFailureAction: "rollback",
      healthcheck: true,
      isShoal: false,
      createdAt: Date.parse("2026-11-21T10:02:12.661Z"),
      updatedAt: Date.parse("2026-11-21T10:02:12.666Z"),
    });
  });

  it("fills in swarm's defaults where little is said", () => {
    expect(mapService({ ID: "x", Spec: { Mode: { Replicated: {} } } }, extras)).toMatchObject({
      name: "x",
      replicas: 1,
      desiredTasks: 1,
      restartCondition: "any",
      restartDelayMs: 5000,
      updateParallelism: 1,
      updateOrder: "stop-first",
      updateFailureAction: "pause",
      healthcheck: null,
    });
  });

  it.each([
    [{ Global: {} }, "global", null],
    [{ GlobalJob: {} }, "global-job", null],
    [{ ReplicatedJob: { TotalCompletions: 9, MaxConcurrent: 3 } }, "replicated-job", 9],
  ])("knows the mode %j", (Mode, mode, replicas) => {
    expect(mapService({ ID: "x", Spec: { Mode } }, extras)).toMatchObject({ mode, replicas });
  });

  it("keeps an update state it does not know as unknown", () => {
    const view = mapService({ ID: "x", UpdateStatus: { State: "pondering" } }, extras);
    expect(view?.update?.state).toBe("unknown");
    expect(mapService({ ID: "x", UpdateStatus: {} }, extras)?.update).toBeNull();
  });

  it("survives nonsense", () => {
    const hostile = {
      ID: "x",
      Spec: {
        Name: ["a"],
        Labels: "none",
        TaskTemplate: { Placement: { Constraints: "x", MaxReplicas: Number.NaN }, ContainerSpec: null },
      },
      Endpoint: { Ports: [null, { TargetPort: 99_999_999 }, "x"] },
      CreatedAt: 5,
    } as unknown as WireService;
    expect(mapService(hostile, extras)).toMatchObject({
      name: "x",
      ports: [],
      constraints: [],
      createdAt: 0,
    });
    expect(mapService({}, extras)).toBeNull();
  });
});

describe("mapNode", () => {
  it("maps a manager of 20.10", () => {
    const wire: WireNode = {
      ID: "n1",
      Spec: { Labels: { zone: "a" }, Role: "manager", Availability: "drain" },
      Description: {
        Hostname: "node1",
        Platform: { Architecture: "x86_64", OS: "linux" },
        Resources: { NanoCPUs: 2e9, MemoryBytes: 25276502016 },
        Engine: { EngineVersion: "20.10.24" },
      },
      Status: { State: "ready", Addr: "10.98.0.3" },
      ManagerStatus: { Leader: true, Reachability: "reachable", Addr: "10.98.0.3:2377" },
    };
    expect(mapNode(wire, { linked: true, stateSince: 5 })).toMatchObject({
      name: "node1",
      role: "manager",
      leader: true,
      reachability: "reachable",
      availability: "drain",
      state: "ready",
      stateSince: 5,
      managerAddress: "10.98.0.3:2377",
      labels: { zone: "a" },
      linked: true,
    });
  });

  it("calls what it does not know unknown, and cuts what is absurd", () => {
    const labels = Object.fromEntries(Array.from({ length: 2000 }, (_, n) => [`l${n}`, "x".repeat(100_000)]));
    const wire = { ID: "n", Spec: { Labels: labels }, Status: { State: "zen" } };
    const view = mapNode(wire, { linked: false, stateSince: null });
    expect(view).toMatchObject({ state: "unknown", reachability: null, name: "n" });
    expect(Object.keys(view?.labels ?? {})).toHaveLength(500);
    expect(view?.labels.l0?.length).toBe(4096);
  });
});

describe("mapContainer", () => {
  const row: WireContainer = {
    Id: "c1",
    Names: ["/db"],
    Image: "postgres:17",
    State: "running",
    Status: "Up 3 hours (unhealthy)",
    Created: 1_795_238_523,
    Labels: { "com.docker.compose.project": "shop" },
    Ports: [
      { IP: "0.0.0.0", PrivatePort: 5432, PublicPort: 5432, Type: "tcp" },
      { IP: "::", PrivatePort: 5432, PublicPort: 5432, Type: "tcp" },
    ],
  };

  const place = { nodeId: "n1", nodeName: "swarm-1", isShoal: false };

  it("maps a row, each port once", () => {
    expect(mapContainer(row, place)).toMatchObject({
      nodeName: "swarm-1",
      name: "db",
      project: "shop",
      health: "unhealthy",
      createdAt: 1_795_238_523_000,
      ports: [{ protocol: "tcp", target: 5432, published: 5432, mode: "host" }],
    });
  });

  it.each<[Partial<WireContainer>, string]>([
    [{ Status: "Up 2 seconds (health: starting)" }, "starting"],
    [{ Status: "Up 2 seconds" }, "none"],
    [{ Status: "Exited (0) 3 hours ago", State: "exited" }, "none"],
    [{ Status: "Up", Health: { Status: "healthy" } }, "healthy"],
    [{ Status: "Up", Health: { Status: "serene" } }, "none"],
  ])("reads health from %j", (part, health) => {
    expect(mapContainer({ ...row, ...part }, place)?.health).toBe(health);
  });
});

it("lists a host-mode port that comes twice once", () => {
  const port = { Protocol: "tcp", TargetPort: 80, PublishedPort: 8080, PublishMode: "host" };
  expect(mapPorts([port, { ...port }, { ...port, Protocol: "udp" }])).toHaveLength(2);
});

it.each([
  ["nginx", "nginx", null, null],
  ["nginx:1.27", "nginx", "1.27", null],
  ["reg:5000/a/b", "reg:5000/a/b", null, null],
  ["reg:5000/a/b:2@sha256:ff", "reg:5000/a/b", "2", "sha256:ff"],
  ["", "", null, null],
])("parses the image %j", (text, name, tag, digest) => {
  expect(parseImage(text)).toEqual({ name, tag, digest });
});
