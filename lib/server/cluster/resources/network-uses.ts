import { listOf, textOf, textsOf } from "#lib/server/docker/hostile.ts";
import type { WireService, WireServiceSpec } from "#lib/server/docker/wire.ts";
import type { ServiceRef } from "#lib/shared/api/resource-types.ts";

/** A service that its specification puts on a network. */
export interface NetworkUse {
  readonly service: ServiceRef;
  readonly mode: "vip" | "dnsrr";
  readonly aliases: readonly string[];
}

/** What services say of networks: by the id of the network, or by its name where a specification says only that. */
export interface NetworkUses {
  readonly present: ReadonlyMap<string, readonly NetworkUse[]>;
  /** Only by the specification that the engine's own rollback goes back to. */
  readonly previous: ReadonlyMap<string, readonly ServiceRef[]>;
  /** Virtual addresses by the id of their network. */
  readonly vips: ReadonlyMap<string, readonly { readonly service: ServiceRef; readonly address: string }[]>;
}

type Attachment = { readonly Target?: string; readonly Aliases?: readonly string[] | null };

/** Old clients put networks beside the template. */
const attachments = (spec: WireServiceSpec | null | undefined): readonly Attachment[] => [
  ...listOf<Attachment>(spec?.TaskTemplate?.Networks),
  ...listOf<Attachment>(spec?.Networks),
];

export function networkUsesOf(services: readonly WireService[]): NetworkUses {
  const present = new Map<string, NetworkUse[]>();
  const previous = new Map<string, ServiceRef[]>();
  const vips = new Map<string, { service: ServiceRef; address: string }[]>();
  const put = <T>(map: Map<string, T[]>, key: string, value: T) => {
    if (key !== "") map.set(key, [...(map.get(key) ?? []), value]);
  };
  for (const each of services) {
    const service = { id: textOf(each?.ID), name: textOf(each?.Spec?.Name) };
    const mode = each?.Spec?.EndpointSpec?.Mode === "dnsrr" ? "dnsrr" : "vip";
    const now = new Set<string>();
    for (const { Target, Aliases } of attachments(each?.Spec)) {
      const target = textOf(Target);
      if (now.has(target)) continue;
      now.add(target);
      put(present, target, { service, mode, aliases: textsOf(Aliases) });
    }
    const before = new Set(attachments(each?.PreviousSpec).map(({ Target }) => textOf(Target)));
    for (const target of before) if (!now.has(target)) put(previous, target, service);
    for (const { NetworkID, Addr } of listOf(each?.Endpoint?.VirtualIPs)) {
      const address = textOf(Addr);
      if (address !== "") put(vips, textOf(NetworkID), { service, address });
    }
  }
  return { present, previous, vips };
}
