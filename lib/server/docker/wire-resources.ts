import type { WireLabels, WireVersionIndex } from "./wire.ts";

/** The parts of networks, secrets and configs that we read. */

export interface WireNetwork {
  readonly Id?: string;
  readonly Name?: string;
  readonly Created?: string;
  readonly Scope?: string;
  readonly Driver?: string;
  readonly EnableIPv6?: boolean;
  readonly Internal?: boolean;
  readonly Attachable?: boolean;
  readonly Ingress?: boolean;
  readonly IPAM?: { readonly Config?: readonly { readonly Subnet?: string }[] | null } | null;
  readonly Options?: Readonly<Record<string, string>> | null;
  readonly Labels?: WireLabels;
}

interface WireFile {
  readonly ID?: string;
  readonly Version?: WireVersionIndex;
  readonly CreatedAt?: string;
  readonly UpdatedAt?: string;
}

export interface WireSecret extends WireFile {
  readonly Spec?: {
    readonly Name?: string;
    readonly Labels?: WireLabels;
    readonly Driver?: { readonly Name?: string } | null;
  };
}

export interface WireConfig extends WireFile {
  readonly Spec?: {
    readonly Name?: string;
    readonly Labels?: WireLabels;
    /** Base64. */
    readonly Data?: string;
    readonly Templating?: { readonly Name?: string } | null;
  };
}
