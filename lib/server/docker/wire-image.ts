/** The parts of `/images/json`, of `/system/df` and of the stream of a pull that we read. */

export interface WireImage {
  readonly Id?: string;
  readonly RepoTags?: readonly string[] | null;
  readonly RepoDigests?: readonly string[] | null;
  /** Seconds. */
  readonly Created?: number;
  readonly Size?: number;
  /** Bytes of layers that other images have, too; -1: not computed. */
  readonly SharedSize?: number;
}

export interface WireDisk {
  readonly LayersSize?: number;
  readonly Images?: readonly WireImage[] | null;
  readonly Containers?: readonly { readonly SizeRw?: number }[] | null;
  readonly Volumes?: readonly { readonly UsageData?: { readonly Size?: number } | null }[] | null;
  readonly BuildCache?: readonly { readonly Size?: number; readonly Shared?: boolean }[] | null;
}

export interface WirePullLine {
  readonly id?: string;
  readonly status?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number } | null;
  readonly errorDetail?: { readonly message?: string } | null;
  /** What old engines say instead of `errorDetail`. */
  readonly error?: string;
}
