/** The parts of Docker's specifications that the simulator acts on. What else a client sends is kept as it came. */

export interface Resources {
  readonly NanoCPUs?: number;
  readonly MemoryBytes?: number;
}

export interface TaskTemplate {
  readonly ContainerSpec?: {
    readonly Image?: string;
    readonly Labels?: Readonly<Record<string, string>>;
    readonly Env?: readonly string[];
    readonly Secrets?: readonly { readonly SecretID: string; readonly SecretName: string }[];
    readonly Configs?: readonly { readonly ConfigID: string; readonly ConfigName: string }[];
    readonly TTY?: boolean;
    readonly Healthcheck?: { readonly Test?: readonly string[]; readonly Interval?: number };
    readonly Command?: readonly string[];
    readonly Args?: readonly string[];
    readonly Mounts?: readonly {
      readonly Type?: string;
      readonly Source?: string;
      readonly Target?: string;
    }[];
    readonly OpenStdin?: boolean;
  };
  readonly Resources?: { readonly Limits?: Resources; readonly Reservations?: Resources };
  readonly RestartPolicy?: {
    readonly Condition?: string;
    /** Nanoseconds. */
    readonly Delay?: number;
    readonly MaxAttempts?: number;
  };
  readonly Placement?: { readonly Constraints?: readonly string[]; readonly MaxReplicas?: number };
  readonly Networks?: readonly { readonly Target?: string }[];
  readonly ForceUpdate?: number;
  readonly Runtime?: string;
}

/** Durations are nanoseconds. */
export interface UpdateConfig {
  readonly Parallelism?: number;
  readonly Delay?: number;
  readonly FailureAction?: string;
  readonly Monitor?: number;
  readonly Order?: string;
  readonly MaxFailureRatio?: number;
}

export interface ServiceMode {
  readonly Replicated?: { readonly Replicas?: number };
  readonly Global?: object;
  readonly GlobalJob?: object;
  readonly ReplicatedJob?: { readonly MaxConcurrent?: number; readonly TotalCompletions?: number };
}

export interface PortConfig {
  readonly Protocol: string;
  readonly TargetPort: number;
  readonly PublishedPort: number;
  readonly PublishMode: string;
}

export interface ServiceSpec {
  readonly Name: string;
  readonly Labels?: Readonly<Record<string, string>>;
  readonly TaskTemplate: TaskTemplate;
  readonly Mode: ServiceMode;
  readonly UpdateConfig?: UpdateConfig;
  readonly RollbackConfig?: UpdateConfig;
  readonly EndpointSpec?: { readonly Mode?: string; readonly Ports?: readonly PortConfig[] };
}

export interface NodeSpec {
  readonly Labels: Readonly<Record<string, string>>;
  readonly Role: "manager" | "worker";
  readonly Availability: "active" | "pause" | "drain";
}

export type ModeWord = "replicated" | "global" | "job";

/** The one mode a specification has. */
export function modeOf({ Mode }: ServiceSpec): ModeWord {
  if (Mode.Global) return "global";
  return Mode.ReplicatedJob ? "job" : "replicated";
}

/** How many tasks a replicated service or a job wants. */
export function replicasOf({ Mode }: ServiceSpec): number {
  return Mode.ReplicatedJob?.TotalCompletions ?? Mode.Replicated?.Replicas ?? 1;
}
