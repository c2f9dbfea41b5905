import {
  bytesCodec, type Codec, choiceCodec, commandCodec, countCodec, cpusCodec, durationCodec, envCodec, listCodec, mapCodec,
  ratioCodec, switchCodec, textCodec,
} from "./codec.ts"; // biome-ignore format: one list
import {
  filesCodec, genericsCodec, mountsCodec, networksCodec, portsCodec, preferencesCodec, ulimitsCodec,
} from "./codec-parts.ts"; // biome-ignore format: one list

/** Parts of the form of a service, in their order. */
export const fieldGroups = [
  "image", "command", "env", "resources", "labels", "health", "update", "rollback", "restart", "placement", "ports",
  "networks", "files", "security", "logging",
] as const; // biome-ignore format: one list
export type FieldGroup = (typeof fieldGroups)[number];

/** One field of a service's specification that a form knows. */
export interface ServiceField {
  /** Keys from the Spec inwards. */
  readonly path: readonly string[];
  readonly group: FieldGroup;
  readonly codec: Codec;
  /** What an edit of it is made of: a map is changed key by key, an environment variable by variable. */
  readonly kind: "value" | "map" | "env";
  /** Its values are told to nobody who has not asked for them. */
  readonly isSecret?: true;
  /** Only for services of this mode: the first key under `Mode`. */
  readonly mode?: "Replicated" | "ReplicatedJob";
  /** Shown only to those who ask for everything. */
  readonly isExpert?: true;
}

const container = (key: string, ...rest: string[]) => ["TaskTemplate", "ContainerSpec", key, ...rest];
const task = (...keys: string[]) => ["TaskTemplate", ...keys];

function field(
  group: FieldGroup,
  path: readonly string[],
  codec: Codec,
  more: Partial<ServiceField> = {},
): ServiceField {
  return { group, path, codec, kind: codec === mapCodec ? "map" : "value", ...more };
}

const expert = { isExpert: true } as const;
const failure = choiceCodec(["pause", "continue", "rollback"]);
const rollbackFailure = choiceCodec(["pause", "continue"]);
const order = choiceCodec(["stop-first", "start-first"]);

/** Every field by the name it has in the API and in forms. */
export const serviceFields = {
  image: field("image", container("Image"), textCodec),
  replicas: field("image", ["Mode", "Replicated", "Replicas"], countCodec, { mode: "Replicated" }),
  completions: field("image", ["Mode", "ReplicatedJob", "TotalCompletions"], countCodec, {
    mode: "ReplicatedJob",
  }),
  concurrent: field("image", ["Mode", "ReplicatedJob", "MaxConcurrent"], countCodec, {
    mode: "ReplicatedJob",
  }),

  command: field("command", container("Command"), commandCodec),
  args: field("command", container("Args"), commandCodec),
  workdir: field("command", container("Dir"), textCodec),
  user: field("command", container("User"), textCodec),
  groups: field("command", container("Groups"), listCodec, expert),
  hostname: field("command", container("Hostname"), textCodec),
  init: field("command", container("Init"), switchCodec, expert),
  tty: field("command", container("TTY"), switchCodec, expert),
  openStdin: field("command", container("OpenStdin"), switchCodec, expert),
  stopSignal: field("command", container("StopSignal"), textCodec, expert),
  stopGrace: field("command", container("StopGracePeriod"), durationCodec, expert),

  env: field("env", container("Env"), envCodec, { kind: "env", isSecret: true }),

  limitCpu: field("resources", task("Resources", "Limits", "NanoCPUs"), cpusCodec),
  limitMemory: field("resources", task("Resources", "Limits", "MemoryBytes"), bytesCodec),
  limitPids: field("resources", task("Resources", "Limits", "Pids"), countCodec, expert),
  reserveCpu: field("resources", task("Resources", "Reservations", "NanoCPUs"), cpusCodec),
  reserveMemory: field("resources", task("Resources", "Reservations", "MemoryBytes"), bytesCodec),
  reserveGeneric: field(
    "resources",
    task("Resources", "Reservations", "GenericResources"),
    genericsCodec,
    expert,
  ),
  ulimits: field("resources", container("Ulimits"), ulimitsCodec, expert),

  labels: field("labels", ["Labels"], mapCodec),
  containerLabels: field("labels", container("Labels"), mapCodec),

  healthTest: field("health", container("Healthcheck", "Test"), commandCodec),
  healthInterval: field("health", container("Healthcheck", "Interval"), durationCodec),
  healthTimeout: field("health", container("Healthcheck", "Timeout"), durationCodec),
  healthRetries: field("health", container("Healthcheck", "Retries"), countCodec),
  healthStartPeriod: field("health", container("Healthcheck", "StartPeriod"), durationCodec),
  healthStartInterval: field("health", container("Healthcheck", "StartInterval"), durationCodec, expert),

  updateParallelism: field("update", ["UpdateConfig", "Parallelism"], countCodec),
  updateDelay: field("update", ["UpdateConfig", "Delay"], durationCodec),
  updateOrder: field("update", ["UpdateConfig", "Order"], order),
  updateFailure: field("update", ["UpdateConfig", "FailureAction"], failure),
  updateMonitor: field("update", ["UpdateConfig", "Monitor"], durationCodec),
  updateRatio: field("update", ["UpdateConfig", "MaxFailureRatio"], ratioCodec, expert),

  rollbackParallelism: field("rollback", ["RollbackConfig", "Parallelism"], countCodec, expert),
  rollbackDelay: field("rollback", ["RollbackConfig", "Delay"], durationCodec, expert),
  rollbackOrder: field("rollback", ["RollbackConfig", "Order"], order, expert),
  rollbackFailure: field("rollback", ["RollbackConfig", "FailureAction"], rollbackFailure, expert),
  rollbackMonitor: field("rollback", ["RollbackConfig", "Monitor"], durationCodec, expert),
  rollbackRatio: field("rollback", ["RollbackConfig", "MaxFailureRatio"], ratioCodec, expert),

  restartCondition: field(
    "restart",
    task("RestartPolicy", "Condition"),
    choiceCodec(["any", "on-failure", "none"]),
  ),
  restartDelay: field("restart", task("RestartPolicy", "Delay"), durationCodec),
  restartAttempts: field("restart", task("RestartPolicy", "MaxAttempts"), countCodec),
  restartWindow: field("restart", task("RestartPolicy", "Window"), durationCodec),

  constraints: field("placement", task("Placement", "Constraints"), listCodec),
  preferences: field("placement", task("Placement", "Preferences"), preferencesCodec, expert),
  maxPerNode: field("placement", task("Placement", "MaxReplicas"), countCodec),

  ports: field("ports", ["EndpointSpec", "Ports"], portsCodec),
  endpointMode: field("ports", ["EndpointSpec", "Mode"], choiceCodec(["vip", "dnsrr"]), expert),

  networks: field("networks", task("Networks"), networksCodec),
  hosts: field("networks", container("Hosts"), listCodec, expert),
  dnsServers: field("networks", container("DNSConfig", "Nameservers"), listCodec, expert),
  dnsSearch: field("networks", container("DNSConfig", "Search"), listCodec, expert),
  dnsOptions: field("networks", container("DNSConfig", "Options"), listCodec, expert),

  mounts: field("files", container("Mounts"), mountsCodec),
  secrets: field("files", container("Secrets"), filesCodec("Secret")),
  configs: field("files", container("Configs"), filesCodec("Config")),

  readOnly: field("security", container("ReadOnly"), switchCodec, expert),
  capAdd: field("security", container("CapabilityAdd"), listCodec, expert),
  capDrop: field("security", container("CapabilityDrop"), listCodec, expert),
  sysctls: field("security", container("Sysctls"), mapCodec, expert),

  logDriver: field("logging", task("LogDriver", "Name"), textCodec, expert),
  logOptions: field("logging", task("LogDriver", "Options"), mapCodec, { isExpert: true, isSecret: true }),
} as const satisfies Record<string, ServiceField>;

export type FieldId = keyof typeof serviceFields;
export const fieldIds = Object.keys(serviceFields) as readonly FieldId[];

/** A field by its name. */
export function serviceField(id: FieldId): ServiceField {
  return serviceFields[id];
}

/** May a service of this mode have this field? `mode` is the key under `Mode`. */
export function fitsMode(id: FieldId, mode: string): boolean {
  const only = serviceField(id).mode;
  return only === undefined || only === mode;
}

export const serviceModes = ["replicated", "global", "replicated-job", "global-job"] as const;
export type ServiceMode = (typeof serviceModes)[number];

/** Docker's key under `Mode`. */
export const modeKeys: Readonly<Record<ServiceMode, string>> = {
  replicated: "Replicated", global: "Global", "replicated-job": "ReplicatedJob", "global-job": "GlobalJob",
}; // biome-ignore format: short
