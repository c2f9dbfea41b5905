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
  readonly ConfigOnly?: boolean;
  readonly ConfigFrom?: { readonly Network?: string } | null;
  readonly IPAM?: {
    readonly Driver?: string;
    readonly Config?:
      | readonly {
          readonly Subnet?: string;
          readonly Gateway?: string;
          readonly IPRange?: string;
          readonly AuxiliaryAddresses?: Readonly<Record<string, string>> | null;
        }[]
      | null;
  } | null;
  readonly Options?: Readonly<Record<string, string>> | null;
  readonly Labels?: WireLabels;
  /** Only in `/networks/{id}`: the ends on this very node, by container, `lb-NAME` or `ingress-sbox`. */
  readonly Containers?: Readonly<Record<string, WireNetworkEnd | null>> | null;
  /** Of an overlay that this node takes part in. */
  readonly Peers?: readonly { readonly Name?: string; readonly IP?: string }[] | null;
}

export interface WireNetworkEnd {
  readonly Name?: string;
  readonly MacAddress?: string;
  /** With the length of the subnet; empty where there is none. */
  readonly IPv4Address?: string;
  readonly IPv6Address?: string;
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
