import type { Profile } from "../profiles/profile.ts";
import { digestOf } from "../world/engine-state.ts";
import { isUp } from "../world/objects.ts";
import { badReference } from "../world/registry.ts";
import type { World } from "../world/world.ts";
import { containerRow } from "./container-row.ts";
import { imageRow } from "./image-routes.ts";
import { parseBody, Refusal } from "./refusal.ts";
import type { Answer, Call, Route } from "./route.ts";
import { clusterJson } from "./swarm-json.ts";
import { volumeJson } from "./volume-routes.ts";
import { usersOf } from "./volume-users.ts";

const built = "2026-01-01T00:00:00.000000000+00:00";

function versionJson({ engineVersion, apiVersion, minApiVersion }: Profile): object {
  const facts = {
    ApiVersion: apiVersion, Arch: "amd64", BuildTime: built, Experimental: "false", GitCommit: "simulated",
    GoVersion: "go", KernelVersion: "6.1.0", MinAPIVersion: minApiVersion, Os: "linux",
  }; // biome-ignore format: facts
  return {
    Platform: { Name: "Simulated Docker Engine" },
    Components: [{ Name: "Engine", Version: engineVersion, Details: facts }],
    Version: engineVersion,
    ApiVersion: apiVersion,
    MinAPIVersion: minApiVersion,
    GitCommit: "simulated",
    GoVersion: "go",
    Os: "linux",
    Arch: "amd64",
    KernelVersion: "6.1.0",
    BuildTime: built,
  };
}

/** What is the same on every simulated engine. */
const fixedInfo = {
  Driver: "overlay2",
  DriverStatus: [["Backing Filesystem", "extfs"]],
  Plugins: { Volume: ["local"], Network: ["bridge", "host", "overlay"], Authorization: null, Log: ["json-file", "local"] },
  MemoryLimit: true, SwapLimit: true, KernelMemory: true, KernelMemoryTCP: true, CpuCfsPeriod: true, CpuCfsQuota: true,
  CPUShares: true, CPUSet: true, PidsLimit: true, IPv4Forwarding: true, BridgeNfIptables: false, BridgeNfIp6tables: false,
  Debug: false, NFd: 40, OomKillDisable: true, NGoroutines: 80,
  LoggingDriver: "json-file", CgroupDriver: "cgroupfs", CgroupVersion: "1", NEventsListener: 1,
  KernelVersion: "6.1.0", OperatingSystem: "Simulated", OSVersion: "12", OSType: "linux", Architecture: "x86_64",
  IndexServerAddress: "https://index.docker.io/v1/",
  RegistryConfig: {
    AllowNondistributableArtifactsCIDRs: [], AllowNondistributableArtifactsHostnames: [], InsecureRegistryCIDRs: ["127.0.0.0/8"],
    IndexConfigs: { "docker.io": { Name: "docker.io", Mirrors: [], Secure: true, Official: true } }, Mirrors: [],
  },
  GenericResources: null, DockerRootDir: "/var/lib/docker", HttpProxy: "", HttpsProxy: "", NoProxy: "", Labels: [],
  ExperimentalBuild: false,
  Runtimes: { "io.containerd.runc.v2": { path: "runc" }, "io.containerd.runtime.v1.linux": { path: "runc" }, runc: { path: "runc" } },
  DefaultRuntime: "runc", LiveRestoreEnabled: false, Isolation: "", InitBinary: "docker-init",
  ContainerdCommit: { ID: "simulated", Expected: "simulated" }, RuncCommit: { ID: "simulated", Expected: "simulated" },
  InitCommit: { ID: "simulated", Expected: "simulated" }, SecurityOptions: ["name=seccomp,profile=default"],
  Warnings: ["WARNING: bridge-nf-call-iptables is disabled"],
}; // biome-ignore format: facts

const status = { "org.opencontainers.runtime-spec.features": "{}" };
const infoOf26 = {
  CDISpecDirs: [],
  RegistryConfig: {
    ...fixedInfo.RegistryConfig,
    AllowNondistributableArtifactsCIDRs: null,
    AllowNondistributableArtifactsHostnames: null,
    Mirrors: null,
  },
  Runtimes: { "io.containerd.runc.v2": { path: "runc", status }, runc: { path: "runc", status } },
};

function infoJson({ world, own, node, engine, profile }: Call): object {
  const containers = [...engine.containers.values()];
  const running = containers.filter((each) => isUp(each));
  const paused = running.filter((each) => each.paused).length;
  const { KernelMemory, RegistryConfig, Runtimes, ...rest } = fixedInfo;
  return {
    ID: `${world.id}-${own}`,
    Containers: containers.length,
    ContainersRunning: running.length - paused,
    ContainersPaused: paused,
    ContainersStopped: containers.length - running.length,
    Images: engine.images.size,
    ...rest,
    ...(profile.speaksAs26 ? infoOf26 : { KernelMemory, RegistryConfig, Runtimes }),
    SystemTime: new Date(world.now).toISOString(),
    NCPU: (node?.nanoCpus ?? 0) / 1e9,
    MemTotal: node?.memoryBytes ?? 0,
    Name: node?.name ?? "",
    ServerVersion: profile.engineVersion,
    Swarm: swarmInfo(world, own),
  };
}

function swarmInfo(world: World, own: string): object {
  const node = world.nodes.get(own);
  const managers = [...world.nodes.values()].filter((each) => each.spec.Role === "manager");
  const isManager = node?.spec.Role === "manager";
  return {
    NodeID: node?.id ?? "",
    NodeAddr: node?.address ?? "",
    LocalNodeState: node ? "active" : "inactive",
    ControlAvailable: isManager,
    Error: "",
    RemoteManagers: managers.map((each) => ({ NodeID: each.id, Addr: `${each.address}:2377` })),
    ...(isManager && { Nodes: world.nodes.size, Managers: managers.length, Cluster: clusterJson(world) }),
  };
}

function diskUse(call: Call): Answer {
  const { engine, profile, world, query } = call;
  const asked = query.getAll("type");
  const wants = (type: string) => !profile.hasDiskTypes || asked.length === 0 || asked.includes(type);
  const images = [...engine.images.values()];
  const size = images.reduce((sum, each) => sum + each.size, 0);
  return {
    json: {
      ...(wants("image") && {
        LayersSize: size,
        Images: images.map((image) => ({
          ...imageRow(engine, image, profile, true),
          ...(image.digests.size === 0 && { RepoDigests: null }),
        })),
      }),
      ...(wants("container") && {
        Containers: [...engine.containers.values()].map((each) =>
          containerRow(world, each, profile, { size: true, short: true }),
        ),
      }),
      ...(wants("volume") && {
        Volumes: [...engine.volumes.values()].map((volume) => ({
          ...volumeJson(volume, profile),
          UsageData: { RefCount: usersOf(engine, volume.name), Size: 4_096 + volume.name.length * 81_920 },
        })),
      }),
      ...(wants("build-cache") && { BuildCache: profile.hasDiskTypes ? [] : null }),
      ...(!profile.speaksAs26 && { BuilderSize: 0 }),
    },
  };
}

function ping({ response, profile }: Call): Answer {
  if (profile.speaksAs26) response.setHeader("Builder-Version", "2");
  response.setHeader("Cache-Control", "no-cache, no-store, must-revalidate");
  response.setHeader("Pragma", "no-cache");
  response.setHeader("Content-Type", "text/plain; charset=utf-8");
  response.end(response.req.method === "HEAD" ? undefined : "OK");
  return "open";
}

function login({ body, world }: Call): Answer {
  const { username = "", password = "", serveraddress = "" } = parseBody<Record<string, string>>(body);
  const refused = world.registry.refusal(`${serveraddress}/x`);
  if (refused?.status === 500) throw new Refusal(500, refused.message);
  if (username === "" || password === "" || password === "wrong") {
    throw new Refusal(
      500,
      `Get "https://${serveraddress}/v2/": unauthorized: incorrect username or password`,
    );
  }
  return { json: { IdentityToken: "", Status: "Login Succeeded" } };
}

function distribution({ ref, world }: Call): Answer {
  const bad = badReference(ref);
  if (bad !== null) throw new Refusal(400, bad);
  const refused = world.registry.refusal(ref);
  if (refused) throw new Refusal(refused.status, refused.message);
  return {
    json: {
      Descriptor: {
        mediaType: "application/vnd.docker.distribution.manifest.list.v2+json",
        digest: digestOf(ref),
        size: 1_862,
      },
      Platforms: [
        { architecture: "amd64", os: "linux" },
        { architecture: "arm64", os: "linux" },
      ],
    },
  };
}

export const systemRoutes: readonly Route[] = [
  { method: "GET", path: "/_ping", handle: ping },
  { method: "HEAD", path: "/_ping", handle: ping },
  { method: "GET", path: "/version", handle: ({ profile }) => ({ json: versionJson(profile) }) },
  { method: "GET", path: "/info", handle: (call) => ({ json: infoJson(call) }) },
  { method: "GET", path: "/system/df", handle: diskUse },
  { method: "POST", path: "/auth", handle: login },
  { method: "GET", path: "/distribution/{name}/json", handle: distribution },
];
