import type { Profile } from "../profiles/profile.ts";
import { containerLabels, containerName } from "../world/containers.ts";
import { isUp, type SimContainer } from "../world/objects.ts";
import type { World } from "../world/world.ts";
import { mountsJson, networksJson, publishedBy } from "./container-parts.ts";
import { statusOf } from "./container-row.ts";
import { emptyConfig, imageCheck, imageConfig } from "./image-json.ts";
import { pidOf, time } from "./swarm-json.ts";

const never = "0001-01-01T00:00:00Z";

/** What engines fill in where a client said nothing. */
const hostDefaults = {
  Binds: null, ContainerIDFile: "", LogConfig: { Type: "json-file", Config: {} }, NetworkMode: "default", PortBindings: null,
  RestartPolicy: { Name: "no", MaximumRetryCount: 0 }, AutoRemove: false, VolumeDriver: "", VolumesFrom: null, CapAdd: null, CapDrop: null,
  CgroupnsMode: "host", Dns: null, DnsOptions: null, DnsSearch: null, ExtraHosts: null, GroupAdd: null, IpcMode: "private", Cgroup: "",
  Links: null, OomScoreAdj: 0, PidMode: "", Privileged: false, PublishAllPorts: false, ReadonlyRootfs: false, SecurityOpt: null, UTSMode: "",
  UsernsMode: "", ShmSize: 67_108_864, Runtime: "runc", ConsoleSize: [0, 0], Isolation: "", CpuShares: 0, Memory: 0, NanoCpus: 0,
  CgroupParent: "", BlkioWeight: 0, BlkioWeightDevice: null, BlkioDeviceReadBps: null, BlkioDeviceWriteBps: null,
  BlkioDeviceReadIOps: null, BlkioDeviceWriteIOps: null, CpuPeriod: 0, CpuQuota: 0, CpuRealtimePeriod: 0, CpuRealtimeRuntime: 0,
  CpusetCpus: "", CpusetMems: "", Devices: null, DeviceCgroupRules: null, DeviceRequests: null, KernelMemory: 0, KernelMemoryTCP: 0,
  MemoryReservation: 0, MemorySwap: 0, MemorySwappiness: null, OomKillDisable: false, PidsLimit: null, Ulimits: null, CpuCount: 0,
  CpuPercent: 0, IOMaximumIOps: 0, IOMaximumBandwidth: 0, MaskedPaths: ["/proc/kcore"], ReadonlyPaths: ["/proc/sys"],
}; // biome-ignore format: facts

export function containerJson(world: World, container: SimContainer, profile: Profile): object {
  const { id, createdAt, image, nodeId } = container;
  const [path = "", ...args] = commandOf(container);
  const folder = `/var/lib/docker/containers/${id}`;
  return {
    Id: id,
    Created: time(createdAt),
    Path: path,
    Args: args,
    State: stateJson(world, container),
    Image: world.engineOf(nodeId).image(image)?.id ?? "",
    ResolvConfPath: `${folder}/resolv.conf`,
    HostnamePath: `${folder}/hostname`,
    HostsPath: `${folder}/hosts`,
    LogPath: `${folder}/${id}-json.log`,
    Name: `/${containerName(container)}`,
    RestartCount: 0,
    Driver: "overlay2",
    Platform: "linux",
    MountLabel: "",
    ProcessLabel: "",
    AppArmorProfile: "",
    ExecIDs: execsOf(world, container),
    HostConfig: hostJson(container, profile),
    GraphDriver: {
      Data: { LowerDir: "/x/lower", MergedDir: "/x/merged", UpperDir: "/x/diff", WorkDir: "/x/work" },
      Name: "overlay2",
    },
    Mounts: mountsJson(container),
    Config: configJson(world, container),
    NetworkSettings: networkSettings(world, container, profile),
  };
}

function commandOf({ task, body }: SimContainer): readonly string[] {
  const spec = task?.template.ContainerSpec;
  const asked = spec
    ? [...(spec.Command ?? []), ...(spec.Args ?? [])]
    : [...(body?.Entrypoint ?? []), ...(body?.Cmd ?? [])];
  return asked.length > 0 ? asked : imageConfig.Cmd;
}

function stateJson(world: World, container: SimContainer): object {
  const { startedAt, finishedAt, exitCode, health, error } = container;
  const status = statusOf(container);
  const failing = health === "unhealthy";
  const at = time(Math.min(world.now, startedAt + 2_000));
  const probe = { Start: at, End: at, ExitCode: failing ? 1 : 0, Output: failing ? "unhealthy" : "" };
  return {
    Status: status,
    Running: status === "running" || status === "paused",
    Paused: status === "paused",
    Restarting: false,
    OOMKilled: exitCode === 137 && container.task?.template.Resources?.Limits?.MemoryBytes !== undefined,
    Dead: false,
    Pid: isUp(container) ? pidOf(container) : 0,
    ExitCode: exitCode,
    Error: error,
    StartedAt: startedAt === 0 ? never : time(startedAt),
    FinishedAt: finishedAt === null ? never : time(finishedAt),
    ...(health !== "none" && {
      Health: { Status: health, FailingStreak: failing ? 3 : 0, Log: health === "starting" ? [] : [probe] },
    }),
  };
}

function execsOf(world: World, container: SimContainer): string[] | null {
  const ids = [...world.engineOf(container.nodeId).execs.values()]
    .filter((each) => each.container === container && each.state === "running")
    .map(({ id }) => id);
  return ids.length > 0 ? ids : null;
}

function hostJson({ body, task }: SimContainer, { speaksAs26 }: Profile): object {
  const { KernelMemory, KernelMemoryTCP, ...defaults } = hostDefaults;
  const limits = task?.template.Resources?.Limits;
  return {
    ...defaults,
    ...(!speaksAs26 && { KernelMemory, KernelMemoryTCP }),
    ...body?.HostConfig,
    ...(task && { PortBindings: {}, Ulimits: [] }),
    ...(limits && { Memory: limits.MemoryBytes ?? 0, NanoCpus: limits.NanoCPUs ?? 0 }),
  };
}

function configJson(world: World, container: SimContainer): object {
  const { body, task, id, image } = container;
  const { HostConfig: _, NetworkingConfig: __, ...asked } = body ?? {};
  const spec = task?.template.ContainerSpec;
  const said = spec
    ? { Env: spec.Env ?? [], Tty: spec.TTY ?? false, OpenStdin: spec.OpenStdin ?? false }
    : asked;
  const command = commandOf(container);
  return {
    ...emptyConfig,
    ...imageConfig,
    Hostname: id.slice(0, 12),
    ...said,
    ...checkOf(world, container),
    Env: [...(said.Env ?? []), ...imageConfig.Env],
    Cmd: [...command],
    Image: image,
    Labels: containerLabels(container),
  };
}

/** The image's own health check, and what was asked for over it. */
function checkOf(world: World, { image, task, body }: SimContainer): object {
  const asked = task?.template.ContainerSpec?.Healthcheck ?? body?.Healthcheck;
  const own = world.workloadOf(image).checked === true ? imageCheck : null;
  return asked || own ? { Healthcheck: { ...own, ...asked } } : {};
}

function networkSettings(world: World, container: SimContainer, profile: Profile): object {
  const networks = networksJson(world, container, profile, true);
  const bridge = networks.bridge as Record<string, unknown> | undefined;
  const key = isUp(container) ? container.id : "";
  const ports: Record<string, object | null> = {};
  if (isUp(container)) {
    for (const each of Object.keys({ "8080/tcp": {}, ...container.body?.ExposedPorts })) ports[each] = null;
    for (const { port, hostPort, protocol } of publishedBy(world, container)) {
      ports[`${port}/${protocol}`] = [{ HostIp: "0.0.0.0", HostPort: String(hostPort) }];
    }
  }
  return {
    ...(profile.hasFlatAddresses && { Bridge: "" }),
    SandboxID: key,
    ...(profile.hasFlatAddresses && {
      HairpinMode: false,
      LinkLocalIPv6Address: "",
      LinkLocalIPv6PrefixLen: 0,
    }),
    Ports: ports,
    SandboxKey: key === "" ? "" : `/var/run/docker/netns/${key.slice(0, 12)}`,
    ...(profile.hasFlatAddresses && {
      SecondaryIPAddresses: null,
      SecondaryIPv6Addresses: null,
      EndpointID: bridge?.EndpointID ?? "",
      Gateway: bridge?.Gateway ?? "",
      GlobalIPv6Address: "",
      GlobalIPv6PrefixLen: 0,
      IPAddress: bridge?.IPAddress ?? "",
      IPPrefixLen: bridge?.IPPrefixLen ?? 0,
      IPv6Gateway: "",
      MacAddress: bridge?.MacAddress ?? "",
    }),
    Networks: networks,
  };
}
