import type { Profile } from "../profiles/profile.ts";
import { errorInWordsOf } from "../profiles/words.ts";
import type { SimFile, SimNode, SimService, SimTask } from "../world/objects.ts";
import { modeOf } from "../world/spec.ts";
import type { Swarm } from "../world/swarm.ts";
import type { World } from "../world/world.ts";

/** Objects of the swarm as the Docker API writes them: shapes compared with a real one, tests/conformance. */

export const time = (ms: number): string => new Date(ms).toISOString();

function head({ id, index, createdAt, updatedAt }: SimNode | SimService | SimTask | SimFile) {
  return { ID: id, Version: { Index: index }, CreatedAt: time(createdAt), UpdatedAt: time(updatedAt) };
}

/** Opens nothing. */
const tlsInfo = {
  TrustRoot: "-----BEGIN CERTIFICATE-----\nsimulated\n-----END CERTIFICATE-----\n",
  CertIssuerSubject: "MBMxETAPBgNVBAMTCHN3YXJtLWNh",
  CertIssuerPublicKey: "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEc2ltdWxhdGVk",
};

const plugins = [
  { Type: "Log", Name: "json-file" },
  { Type: "Log", Name: "local" },
  { Type: "Network", Name: "bridge" },
  { Type: "Network", Name: "host" },
  { Type: "Network", Name: "overlay" },
  { Type: "Volume", Name: "local" },
];

export function nodeJson(node: SimNode, profile: Profile): object {
  const isUnheard = node.state !== "ready";
  return {
    ...head(node),
    Spec: node.spec,
    Description: {
      Hostname: node.name,
      Platform: { Architecture: "x86_64", OS: "linux" },
      Resources: { NanoCPUs: node.nanoCpus, MemoryBytes: node.memoryBytes },
      Engine: { EngineVersion: profile.engineVersion, Plugins: plugins },
      TLSInfo: tlsInfo,
    },
    Status: {
      State: node.state,
      ...(node.state === "down" && { Message: "heartbeat failure" }),
      Addr: node.address,
    },
    ...(node.spec.Role === "manager" && {
      ManagerStatus: {
        ...(node.leader && { Leader: true }),
        Reachability: node.isOff || (isUnheard && node.state === "down") ? "unreachable" : "reachable",
        Addr: `${node.address}:2377`,
      },
    }),
  };
}

/** `withStatus`: counts of tasks, which only the list with status=true has. */
export function serviceJson(swarm: Swarm, service: SimService, withStatus: boolean): object {
  const { updateStatus, previousSpec, spec } = service;
  const counts = withStatus ? swarm.countsOf(service) : null;
  const ports = spec.EndpointSpec?.Ports ?? [];
  const virtual = swarm.virtualAddresses(service);
  return {
    ...head(service),
    Spec: spec,
    ...(previousSpec && { PreviousSpec: previousSpec }),
    Endpoint: {
      Spec: spec.EndpointSpec ?? (virtual.length > 0 ? { Mode: "vip" } : {}),
      ...(ports.length > 0 && { Ports: ports }),
      ...(virtual.length > 0 && { VirtualIPs: virtual }),
    },
    ...(updateStatus && {
      UpdateStatus: {
        State: updateStatus.state,
        StartedAt: time(updateStatus.startedAt),
        ...(updateStatus.completedAt !== null && { CompletedAt: time(updateStatus.completedAt) }),
        Message: updateStatus.message,
      },
    }),
    ...(counts && {
      ServiceStatus: {
        RunningTasks: counts.running,
        DesiredTasks: counts.desired,
        CompletedTasks: counts.completed,
      },
    }),
    ...(modeOf(spec) === "job" && {
      JobStatus: { JobIteration: {}, LastExecution: time(service.createdAt) },
    }),
  };
}

/** Tasks are many and change seldom: their text is kept until they do. */
const taskTexts = new WeakMap<SimTask, { readonly index: number; readonly text: string }>();

export function taskText(world: World, task: SimTask, isJob: boolean, profile: Profile): string {
  const kept = taskTexts.get(task);
  if (kept?.index === task.index) return kept.text;
  const text = textOf(world, task, isJob, profile);
  // Of those that are over there are many, and few look at them twice.
  if (task.desired === "running") taskTexts.set(task, { index: task.index, text });
  return text;
}

function textOf(world: World, task: SimTask, isJob: boolean, profile: Profile): string {
  const { Runtime: _, ...template } = task.template;
  const { container } = task;
  const hasRun = task.nodeId !== null && (container !== null || task.state === "rejected");
  const runs = container !== null && container.startedAt > 0 && container.finishedAt === null;
  const ports = runs ? world.hostPortsOf(task.serviceId) : [];
  return JSON.stringify({
    ...head(task),
    Labels: {},
    Spec: template,
    ServiceID: task.serviceId,
    ...(task.slot > 0 && !isJob && { Slot: task.slot }),
    ...(task.nodeId !== null && { NodeID: task.nodeId }),
    Status: {
      Timestamp: time(task.stateAt),
      State: task.state,
      Message: task.message,
      ...(task.error !== "" && { Err: errorInWordsOf(profile, task.error) }),
      ...(hasRun && {
        ContainerStatus: {
          ContainerID: container?.id ?? "",
          PID: runs ? pidOf(task) : 0,
          ExitCode: task.exitCode,
        },
      }),
      PortStatus: ports.length > 0 ? { Ports: ports } : {},
    },
    DesiredState: task.desired,
    ...attachments(world, task),
    ...(isJob && { JobIteration: {} }),
    ...(profile.speaksAs26 && { Volumes: null }),
  });
}

/** The networks a task is on, with its address on each. */
function attachments(world: World, task: SimTask): object {
  const networks = (task.template.Networks ?? [])
    .map(({ Target }) => world.networks.get(Target ?? ""))
    .filter((each) => each !== undefined);
  if (networks.length === 0 || task.nodeId === null) return {};
  return {
    NetworksAttachments: networks.map((network) => ({
      Network: {
        ID: network.id,
        Version: { Index: network.index },
        CreatedAt: time(network.createdAt),
        UpdatedAt: time(network.createdAt),
        Spec: {
          Name: network.name,
          Labels: network.labels ?? {},
          DriverConfiguration: { Name: "overlay" },
          IPAMOptions: { Driver: { Name: "default" } },
          Scope: "swarm",
        },
        DriverState: { Name: "overlay", Options: network.options ?? {} },
        IPAMOptions: {
          Driver: { Name: "default" },
          Configs: [{ Subnet: network.subnet ?? "", Gateway: network.gateway ?? "" }],
        },
      },
      Addresses: [addressOf(network.subnet ?? "10.0.9.0/24", task.id)],
    })),
  };
}

/** A process number that follows from the id. */
export function pidOf({ id }: { readonly id: string }): number {
  return 1_000 + (Number.parseInt(id.slice(0, 5), 36) % 30_000);
}

/** An address in a subnet that follows from an id, with the length of the subnet. */
export function addressOf(subnet: string, id: string): string {
  const [net = "10.0.0.0", length = "24"] = subnet.split("/");
  const host = 2 + (Number.parseInt(id.slice(0, 5), 36) % 250);
  return `${net.split(".").slice(0, 3).join(".")}.${host}/${length}`;
}

export function fileJson(file: SimFile): object {
  return {
    ...head(file),
    Spec: {
      ...file.spec,
      Labels: file.spec.Labels ?? {},
      ...(file.kind === "config" && { Data: file.data }),
    },
  };
}

/** What managers say of the swarm in /info. */
export function clusterJson({ id, createdAt, settings }: World): object {
  return {
    ID: id,
    Version: { Index: settings.index },
    CreatedAt: time(createdAt),
    UpdatedAt: time(settings.updatedAt),
    Spec: settings.spec,
    TLSInfo: tlsInfo,
    RootRotationInProgress: false,
    DefaultAddrPool: null,
    SubnetSize: 24,
    DataPathPort: 4789,
  };
}

/** GET /swarm. The tokens and the key open nothing. */
export function swarmJson(world: World): object {
  const { workerToken, managerToken } = world.settings;
  return { ...clusterJson(world), JoinTokens: { Worker: workerToken, Manager: managerToken } };
}
