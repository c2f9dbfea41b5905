interface WireCount {
  readonly op?: string;
  readonly value?: number;
}

/** The parts of /containers/{id}/stats we read. Lists are null where the kernel does not count. */
export interface WireStats {
  /** RFC 3339; the year 1 for a container that does not run. */
  readonly read?: string;
  readonly cpu_stats?: { readonly cpu_usage?: { readonly total_usage?: number } | null } | null;
  /** cgroup v1 says `total_inactive_file`, v2 `inactive_file`. */
  readonly memory_stats?: {
    readonly usage?: number;
    readonly stats?: { readonly total_inactive_file?: number; readonly inactive_file?: number } | null;
  } | null;
  /** v1 writes `Read`, v2 `read`. */
  readonly blkio_stats?: { readonly io_service_bytes_recursive?: readonly WireCount[] | null } | null;
  /** Missing for a container on the host's network. */
  readonly networks?: Readonly<
    Record<string, { readonly rx_bytes?: number; readonly tx_bytes?: number } | null>
  > | null;
}
