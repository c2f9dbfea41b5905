import type { WireContainerSpec, WireLabels } from "./wire.ts";

export interface WireEndpoint {
  readonly NetworkID?: string;
  readonly IPAddress?: string;
  readonly GlobalIPv6Address?: string;
  readonly Gateway?: string;
  readonly MacAddress?: string;
  readonly Aliases?: readonly string[] | null;
}

export interface WireHealthRun {
  readonly Start?: string;
  readonly End?: string;
  readonly ExitCode?: number;
  readonly Output?: string;
}

/** The parts of /containers/{id}/json we read. */
export interface WireContainerInspect {
  readonly Id?: string;
  readonly Created?: string;
  readonly Path?: string;
  readonly Args?: readonly string[] | null;
  readonly Name?: string;
  /** Id of the image. */
  readonly Image?: string;
  readonly RestartCount?: number;
  readonly Driver?: string;
  readonly State?: {
    readonly Status?: string;
    readonly Running?: boolean;
    readonly Paused?: boolean;
    readonly Restarting?: boolean;
    readonly OOMKilled?: boolean;
    readonly Pid?: number;
    readonly ExitCode?: number;
    readonly Error?: string;
    readonly StartedAt?: string;
    readonly FinishedAt?: string;
    readonly Health?: {
      readonly Status?: string;
      readonly FailingStreak?: number;
      readonly Log?: readonly WireHealthRun[] | null;
    } | null;
  };
  readonly Mounts?:
    | readonly {
        readonly Type?: string;
        readonly Name?: string;
        readonly Source?: string;
        readonly Destination?: string;
        readonly Driver?: string;
        readonly RW?: boolean;
      }[]
    | null;
  readonly Config?: {
    readonly Hostname?: string;
    readonly User?: string;
    readonly Tty?: boolean;
    readonly OpenStdin?: boolean;
    readonly StdinOnce?: boolean;
    readonly Env?: readonly string[] | null;
    readonly Cmd?: readonly string[] | null;
    readonly Entrypoint?: readonly string[] | null;
    readonly Image?: string;
    readonly WorkingDir?: string;
    readonly Labels?: WireLabels;
    readonly StopSignal?: string;
    /** Seconds. */
    readonly StopTimeout?: number | null;
    readonly Healthcheck?: WireContainerSpec["Healthcheck"];
  };
  readonly HostConfig?: {
    readonly NetworkMode?: string;
    readonly PidMode?: string;
    readonly IpcMode?: string;
    readonly UsernsMode?: string;
    readonly RestartPolicy?: { readonly Name?: string; readonly MaximumRetryCount?: number } | null;
    readonly AutoRemove?: boolean;
    readonly Privileged?: boolean;
    readonly ReadonlyRootfs?: boolean;
    readonly Init?: boolean | null;
    readonly CapAdd?: readonly string[] | null;
    readonly CapDrop?: readonly string[] | null;
    readonly SecurityOpt?: readonly string[] | null;
    readonly Devices?: readonly { readonly PathOnHost?: string; readonly PathInContainer?: string }[] | null;
    readonly Sysctls?: Readonly<Record<string, string>> | null;
    readonly Ulimits?: WireContainerSpec["Ulimits"];
    readonly ExtraHosts?: readonly string[] | null;
    readonly Dns?: readonly string[] | null;
    readonly DnsSearch?: readonly string[] | null;
    readonly PortBindings?: Readonly<
      Record<string, readonly { readonly HostIp?: string; readonly HostPort?: string }[] | null>
    > | null;
    readonly NanoCpus?: number;
    readonly CpuShares?: number;
    readonly CpuQuota?: number;
    readonly CpuPeriod?: number;
    readonly CpusetCpus?: string;
    readonly Memory?: number;
    readonly MemoryReservation?: number;
    readonly MemorySwap?: number;
    readonly PidsLimit?: number | null;
    readonly ShmSize?: number;
    readonly LogConfig?: {
      readonly Type?: string;
      readonly Config?: Readonly<Record<string, string>> | null;
    } | null;
  };
  readonly NetworkSettings?: {
    readonly Networks?: Readonly<Record<string, WireEndpoint | null>> | null;
  } | null;
}

/** The parts of `/exec/{id}/json` that we read. */
export interface WireExec {
  readonly Running?: boolean;
  readonly ExitCode?: number | null;
}
