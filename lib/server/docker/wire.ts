/**
 * The parts of Docker's JSON that we read. Everything an engine may leave out is optional, and lists may be null:
 * Go writes null for an empty slice. Shapes measured on API 1.41 and 1.45; 1.52 from Docker's API changelog.
 */

export type WireLabels = Readonly<Record<string, string>> | null;

export interface WireVersion {
  readonly Version?: string;
  readonly ApiVersion?: string;
  readonly MinAPIVersion?: string;
  readonly Os?: string;
  readonly Arch?: string;
}

export interface WireSwarmInfo {
  readonly NodeID?: string;
  readonly NodeAddr?: string;
  readonly LocalNodeState?: string;
  readonly ControlAvailable?: boolean;
  readonly Error?: string;
  readonly RemoteManagers?: readonly { readonly NodeID?: string; readonly Addr?: string }[] | null;
  readonly Cluster?: { readonly ID?: string } | null;
}

export interface WireInfo {
  readonly ID?: string;
  readonly Name?: string;
  readonly ServerVersion?: string;
  readonly OSType?: string;
  readonly OperatingSystem?: string;
  readonly Architecture?: string;
  readonly NCPU?: number;
  readonly MemTotal?: number;
  readonly Labels?: readonly string[] | null;
  readonly Swarm?: WireSwarmInfo;
}

/** One event of /events. `timeNano` is the exact number as text (it does not fit a double) and identical on all managers. */
export interface DockerEvent {
  readonly Type: string;
  readonly Action: string;
  readonly Actor: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> };
  readonly scope: string;
  /** Milliseconds since 1970. */
  readonly timeMs: number;
  readonly timeNano: string;
}

export interface WireVersionIndex {
  readonly Index?: number;
}

export interface WireResources {
  readonly NanoCPUs?: number;
  readonly MemoryBytes?: number;
  readonly Pids?: number;
  readonly GenericResources?: readonly WireGenericResource[] | null;
}

/** `gpu=2`, or one named piece of a kind. */
export interface WireGenericResource {
  readonly DiscreteResourceSpec?: { readonly Kind?: string; readonly Value?: number } | null;
  readonly NamedResourceSpec?: { readonly Kind?: string; readonly Value?: string } | null;
}

export interface WireNode {
  readonly ID?: string;
  readonly Version?: WireVersionIndex;
  readonly CreatedAt?: string;
  readonly UpdatedAt?: string;
  readonly Spec?: {
    readonly Name?: string;
    readonly Labels?: WireLabels;
    readonly Role?: string;
    readonly Availability?: string;
  };
  readonly Description?: {
    readonly Hostname?: string;
    readonly Platform?: { readonly Architecture?: string; readonly OS?: string };
    readonly Resources?: WireResources;
    readonly Engine?: {
      readonly EngineVersion?: string;
      readonly Labels?: WireLabels;
      readonly Plugins?: readonly { readonly Type?: string; readonly Name?: string }[] | null;
    };
    readonly TLSInfo?: { readonly TrustRoot?: string; readonly CertIssuerSubject?: string };
  };
  readonly Status?: { readonly State?: string; readonly Message?: string; readonly Addr?: string };
  readonly ManagerStatus?: {
    readonly Leader?: boolean;
    readonly Reachability?: string;
    readonly Addr?: string;
  } | null;
}

export interface WirePort {
  readonly Name?: string;
  readonly Protocol?: string;
  readonly TargetPort?: number;
  readonly PublishedPort?: number;
  readonly PublishMode?: string;
}

export interface WireMount {
  readonly Type?: string;
  readonly Source?: string;
  readonly Target?: string;
  readonly ReadOnly?: boolean;
}

export interface WireContainerSpec {
  readonly Image?: string;
  readonly Labels?: WireLabels;
  readonly Command?: readonly string[] | null;
  readonly Args?: readonly string[] | null;
  readonly Hostname?: string;
  readonly Env?: readonly string[] | null;
  readonly Dir?: string;
  readonly User?: string;
  readonly Groups?: readonly string[] | null;
  readonly TTY?: boolean;
  readonly OpenStdin?: boolean;
  readonly ReadOnly?: boolean;
  readonly Init?: boolean | null;
  readonly StopSignal?: string;
  readonly StopGracePeriod?: number | null;
  readonly Mounts?: readonly WireMount[] | null;
  readonly Hosts?: readonly string[] | null;
  readonly DNSConfig?: {
    readonly Nameservers?: readonly string[] | null;
    readonly Search?: readonly string[] | null;
    readonly Options?: readonly string[] | null;
  } | null;
  readonly Healthcheck?: {
    readonly Test?: readonly string[] | null;
    readonly Interval?: number;
    readonly Timeout?: number;
    readonly StartPeriod?: number;
    readonly Retries?: number;
  } | null;
  readonly Secrets?: readonly WireFileReference[] | null;
  readonly Configs?: readonly WireFileReference[] | null;
  readonly Isolation?: string;
  readonly CapabilityAdd?: readonly string[] | null;
  readonly CapabilityDrop?: readonly string[] | null;
  readonly Sysctls?: Readonly<Record<string, string>> | null;
  readonly Ulimits?:
    | readonly { readonly Name?: string; readonly Soft?: number; readonly Hard?: number }[]
    | null;
}

export interface WireFileReference {
  readonly File?: {
    readonly Name?: string;
    readonly UID?: string;
    readonly GID?: string;
    readonly Mode?: number;
  } | null;
  readonly SecretID?: string;
  readonly SecretName?: string;
  readonly ConfigID?: string;
  readonly ConfigName?: string;
}

export interface WireUpdateConfig {
  readonly Parallelism?: number;
  readonly Delay?: number;
  readonly FailureAction?: string;
  readonly Monitor?: number;
  readonly MaxFailureRatio?: number;
  readonly Order?: string;
}

export interface WireTaskTemplate {
  readonly ContainerSpec?: WireContainerSpec;
  readonly PluginSpec?: unknown;
  /** A container that was connected to an overlay by hand; only with the filter `runtime=attachment`. */
  readonly NetworkAttachmentSpec?: { readonly ContainerID?: string } | null;
  readonly Resources?: {
    readonly Limits?: WireResources | null;
    readonly Reservations?: WireResources | null;
    readonly SwapBytes?: number;
    readonly MemorySwappiness?: number;
  } | null;
  readonly RestartPolicy?: {
    readonly Condition?: string;
    readonly Delay?: number | null;
    readonly MaxAttempts?: number | null;
    readonly Window?: number | null;
  } | null;
  readonly Placement?: {
    readonly Constraints?: readonly string[] | null;
    readonly Preferences?:
      | readonly { readonly Spread?: { readonly SpreadDescriptor?: string } | null }[]
      | null;
    readonly MaxReplicas?: number;
    readonly Platforms?: readonly { readonly Architecture?: string; readonly OS?: string }[] | null;
  } | null;
  readonly Networks?:
    | readonly { readonly Target?: string; readonly Aliases?: readonly string[] | null }[]
    | null;
  readonly LogDriver?: {
    readonly Name?: string;
    readonly Options?: Readonly<Record<string, string>> | null;
  } | null;
  readonly ForceUpdate?: number;
  readonly Runtime?: string;
}

export interface WireServiceMode {
  readonly Replicated?: { readonly Replicas?: number | null } | null;
  readonly Global?: object | null;
  readonly ReplicatedJob?: {
    readonly MaxConcurrent?: number | null;
    readonly TotalCompletions?: number | null;
  } | null;
  readonly GlobalJob?: object | null;
}

export interface WireServiceSpec {
  readonly Name?: string;
  readonly Labels?: WireLabels;
  readonly TaskTemplate?: WireTaskTemplate;
  readonly Mode?: WireServiceMode;
  readonly UpdateConfig?: WireUpdateConfig | null;
  readonly RollbackConfig?: WireUpdateConfig | null;
  /** Where old clients put them. */
  readonly Networks?: readonly { readonly Target?: string }[] | null;
  readonly EndpointSpec?: { readonly Mode?: string; readonly Ports?: readonly WirePort[] | null } | null;
}

export interface WireService {
  readonly ID?: string;
  readonly Version?: WireVersionIndex;
  readonly CreatedAt?: string;
  readonly UpdatedAt?: string;
  readonly Spec?: WireServiceSpec;
  /** What a rollback of the engine's own goes back to. */
  readonly PreviousSpec?: WireServiceSpec | null;
  readonly Endpoint?: {
    readonly Ports?: readonly WirePort[] | null;
    readonly VirtualIPs?: readonly { readonly NetworkID?: string; readonly Addr?: string }[] | null;
  } | null;
  readonly UpdateStatus?: {
    readonly State?: string;
    readonly StartedAt?: string | null;
    readonly CompletedAt?: string | null;
    readonly Message?: string;
  } | null;
  /** Only in `GET /services?status=true`. */
  readonly ServiceStatus?: {
    readonly RunningTasks?: number;
    readonly DesiredTasks?: number;
    readonly CompletedTasks?: number;
  } | null;
  readonly JobStatus?: { readonly JobIteration?: WireVersionIndex; readonly LastExecution?: string } | null;
}

export interface WireTask {
  readonly ID?: string;
  readonly Version?: WireVersionIndex;
  readonly CreatedAt?: string;
  readonly UpdatedAt?: string;
  readonly Spec?: WireTaskTemplate;
  readonly ServiceID?: string;
  readonly Slot?: number;
  readonly NodeID?: string;
  readonly Status?: {
    readonly Timestamp?: string;
    readonly State?: string;
    readonly Message?: string;
    readonly Err?: string;
    readonly ContainerStatus?: {
      readonly ContainerID?: string;
      readonly PID?: number;
      readonly ExitCode?: number;
    } | null;
    readonly PortStatus?: { readonly Ports?: readonly WirePort[] | null } | null;
  };
  readonly DesiredState?: string;
  readonly JobIteration?: WireVersionIndex | null;
  /** Stays when the task is over, though its addresses are free again. */
  readonly NetworksAttachments?:
    | readonly {
        readonly Network?: { readonly ID?: string } | null;
        readonly Addresses?: readonly string[] | null;
      }[]
    | null;
}

export interface WireContainerPort {
  readonly IP?: string;
  readonly PrivatePort?: number;
  readonly PublicPort?: number;
  readonly Type?: string;
}

/** One row of /containers/json. */
export interface WireContainer {
  readonly Id?: string;
  readonly Names?: readonly string[] | null;
  readonly Image?: string;
  readonly State?: string;
  readonly Status?: string;
  /** Seconds since 1970. */
  readonly Created?: number;
  readonly Labels?: WireLabels;
  readonly Ports?: readonly WireContainerPort[] | null;
  readonly ImageID?: string;
  readonly Mounts?: readonly unknown[] | null;
  readonly NetworkSettings?: { readonly Networks?: Readonly<Record<string, unknown>> | null } | null;
  /** API 1.52 and later. */
  readonly Health?: { readonly Status?: string } | null;
}
