import type { SimNode, SimService, SimTask } from "../world/objects.ts";
import { modeOf } from "../world/spec.ts";
import type { Swarm } from "../world/swarm.ts";
import type { SimEvent, World } from "../world/world.ts";
import { imageId } from "./image-routes.ts";

/** Objects of the world as the Docker API writes them (shapes measured on API 1.45). */

export const engineVersion = "26.1.5";
export const apiVersion = "1.45";
export const minApiVersion = "1.24";

const time = (ms: number): string => new Date(ms).toISOString();

function head({ id, index, createdAt, updatedAt }: SimNode | SimService | SimTask) {
  return { ID: id, Version: { Index: index }, CreatedAt: time(createdAt), UpdatedAt: time(updatedAt) };
}

export function nodeJson(node: SimNode): object {
  const down = node.state === "down";
  return {
    ...head(node),
    Spec: node.spec,
    Description: {
      Hostname: node.name,
      Platform: { Architecture: "x86_64", OS: "linux" },
      Resources: { NanoCPUs: node.nanoCpus, MemoryBytes: node.memoryBytes },
      Engine: {
        EngineVersion: engineVersion,
        Plugins: [
          { Type: "Log", Name: "json-file" },
          { Type: "Network", Name: "overlay" },
          { Type: "Volume", Name: "local" },
        ],
      },
    },
    Status: {
      State: node.state,
      Addr: node.address,
      ...(down && { Message: "heartbeat failure" }),
    },
    ...(node.spec.Role === "manager" && {
      ManagerStatus: {
        ...(node.leader && { Leader: true }),
        Reachability: down ? "unreachable" : "reachable",
        Addr: `${node.address}:2377`,
      },
    }),
  };
}

/** `withStatus`: counts of tasks, which only the list with status=true has. */
export function serviceJson(swarm: Swarm, service: SimService, withStatus: boolean): object {
  const { updateStatus, previousSpec } = service;
  const counts = withStatus ? swarm.countsOf(service) : null;
  return {
    ...head(service),
    Spec: service.spec,
    ...(previousSpec && { PreviousSpec: previousSpec }),
    Endpoint: { Spec: service.spec.EndpointSpec ?? {}, Ports: service.spec.EndpointSpec?.Ports ?? [] },
    ...(updateStatus && {
      UpdateStatus: {
        State: updateStatus.state,
        StartedAt: time(updateStatus.startedAt),
        ...(updateStatus.completedAt !== null && { CompletedAt: time(updateStatus.completedAt) }),
        Message: updateStatus.message,
      },
    }),
    ...(modeOf(service.spec) === "job" && {
      JobStatus: { JobIteration: {}, LastExecution: time(service.createdAt) },
    }),
    ...(counts && {
      ServiceStatus: {
        RunningTasks: counts.running,
        DesiredTasks: counts.desired,
        CompletedTasks: counts.completed,
      },
    }),
  };
}

/** Tasks are many and change seldom: their text is kept until they do. */
const taskTexts = new WeakMap<SimTask, { readonly index: number; readonly text: string }>();

export function taskText(task: SimTask, isJob: boolean): string {
  const kept = taskTexts.get(task);
  if (kept?.index === task.index) return kept.text;
  const text = JSON.stringify({
    ...head(task),
    Spec: task.template,
    ServiceID: task.serviceId,
    ...(task.slot > 0 && { Slot: task.slot }),
    ...(task.nodeId !== null && { NodeID: task.nodeId }),
    Status: {
      Timestamp: time(task.stateAt),
      State: task.state,
      Message: task.message,
      ...(task.error !== "" && { Err: task.error }),
      ...(task.container && {
        ContainerStatus: { ContainerID: task.container.id, PID: 0, ExitCode: task.exitCode },
      }),
      PortStatus: {},
    },
    DesiredState: task.desired,
    ...(isJob && { JobIteration: {} }),
  });
  taskTexts.set(task, { index: task.index, text });
  return text;
}

/** A row of /containers/json. */
export function containerRow(world: World, task: SimTask): object {
  const { container } = task;
  const health = container?.health === "none" ? "" : ` (${healthWords(container?.health)})`;
  return {
    Id: container?.id,
    Names: [`/${containerName(world, task)}`],
    Image: task.template.ContainerSpec?.Image ?? "",
    ImageID: imageId(task.template.ContainerSpec?.Image ?? ""),
    Created: Math.floor((container?.startedAt ?? 0) / 1000),
    State: container?.finishedAt === null ? "running" : "exited",
    Status: container?.finishedAt === null ? `Up 5 minutes${health}` : `Exited (${task.exitCode})`,
    Labels: containerLabels(world, task),
    Ports: [],
  };
}

function healthWords(health: string | undefined): string {
  return health === "starting" ? "health: starting" : (health ?? "");
}

export function containerJson(world: World, task: SimTask): object {
  const { container } = task;
  const running = container?.finishedAt === null;
  return {
    Id: container?.id,
    Name: `/${containerName(world, task)}`,
    State: {
      Status: running ? "running" : "exited",
      Running: running,
      ExitCode: task.exitCode,
      StartedAt: time(container?.startedAt ?? 0),
      FinishedAt: running ? "0001-01-01T00:00:00Z" : time(container?.finishedAt ?? 0),
      ...(container?.health !== "none" && { Health: { Status: container?.health } }),
    },
    Config: {
      Image: task.template.ContainerSpec?.Image ?? "",
      Env: task.template.ContainerSpec?.Env ?? [],
      Labels: containerLabels(world, task),
      Tty: false,
    },
  };
}

/** `web_api.3.x1y2…`, or with the node in place of the slot. */
function containerName(world: World, task: SimTask): string {
  const service = world.services.get(task.serviceId)?.spec.Name ?? task.serviceId;
  return `${service}.${task.slot > 0 ? task.slot : task.nodeId}.${task.id}`;
}

export function containerLabels(world: World, task: SimTask): Record<string, string> {
  return {
    ...task.template.ContainerSpec?.Labels,
    "com.docker.swarm.node.id": task.nodeId ?? "",
    "com.docker.swarm.service.id": task.serviceId,
    "com.docker.swarm.service.name": world.services.get(task.serviceId)?.spec.Name ?? "",
    "com.docker.swarm.task": "",
    "com.docker.swarm.task.id": task.id,
    "com.docker.swarm.task.name": containerName(world, task),
  };
}

/** A line of /events. The nanoseconds are distinct for every event; as a number they would not fit a double. */
export function eventLine(event: SimEvent): string {
  const actor = { ID: event.id, Attributes: event.attributes };
  const scope = event.type === "container" ? "local" : "swarm";
  const nano = BigInt(event.at) * 1_000_000n + BigInt(event.order % 1_000_000);
  const text = JSON.stringify({ Type: event.type, Action: event.action, Actor: actor, scope });
  return `${text.slice(0, -1)},"time":${Math.floor(event.at / 1000)},"timeNano":${nano}}\n`;
}

export function infoJson(world: World, nodeId: string): object {
  const own = world.nodes.get(nodeId);
  const managers = [...world.nodes.values()].filter((node) => node.spec.Role === "manager");
  const isManager = own?.spec.Role === "manager";
  return {
    ID: `${world.id}-${nodeId}`,
    Name: own?.name ?? "",
    ServerVersion: engineVersion,
    OSType: "linux",
    OperatingSystem: "Simulated",
    Architecture: "x86_64",
    NCPU: (own?.nanoCpus ?? 0) / 1e9,
    MemTotal: own?.memoryBytes ?? 0,
    Labels: [],
    Swarm: {
      NodeID: own?.id ?? "",
      NodeAddr: own?.address ?? "",
      LocalNodeState: own ? "active" : "inactive",
      ControlAvailable: isManager,
      Error: "",
      RemoteManagers: managers.map((node) => ({ NodeID: node.id, Addr: `${node.address}:2377` })),
      ...(isManager && { Nodes: world.nodes.size, Managers: managers.length, Cluster: { ID: world.id } }),
    },
  };
}

/** GET /swarm. The tokens and the key open nothing. */
export function swarmJson({ id, createdAt, settings }: World): object {
  return {
    ID: id,
    Version: { Index: settings.index },
    CreatedAt: time(createdAt),
    UpdatedAt: time(settings.updatedAt),
    Spec: settings.spec,
    RootRotationInProgress: false,
    DefaultAddrPool: ["10.0.0.0/8"],
    SubnetSize: 24,
    DataPathPort: 4789,
    JoinTokens: { Worker: settings.workerToken, Manager: settings.managerToken },
  };
}
