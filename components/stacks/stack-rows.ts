import "#lib/shared/i18n/pages/resources.ts";
import { needsAttention, type ServiceRow, serviceRows } from "#components/services/service-rows.ts";
import type { StackItem } from "#lib/shared/api/resource-types.ts";
import { phrase } from "#lib/shared/i18n/phrase.ts";
import { healthKinds, type ServiceHealth } from "#lib/shared/model/service-verdict.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";

/** A stack as the table shows it. */
export interface StackRow {
  /** Null: the services that no stack has made. */
  readonly name: string | null;
  /** Trouble first. */
  readonly services: readonly ServiceRow[];
  /** The worst of its services, with its name before the cause; null: it has no services. */
  readonly health: ServiceHealth | null;
  readonly running: number;
  readonly desired: number;
  /** Networks, secrets and configs; null while they have not been read. */
  readonly parts: Pick<StackItem, "networks" | "secrets" | "configs"> | null;
  /** Ms since 1970. */
  readonly updatedAt: number;
}

/** The state of the worst service, with who it is and how many more are not well. */
export function stackHealth(services: readonly ServiceRow[]): ServiceHealth | null {
  const [worst] = services;
  if (worst === undefined) return null;
  const inTrouble = services.filter(needsAttention).length;
  if (inTrouble === 0) return { ...worst.health, cause: null, progress: null };
  const { name, health } = worst;
  const first =
    health.cause === null
      ? phrase("services.why.engine", { text: name })
      : phrase("stacks.cause", { name, why: health.cause });
  const cause = inTrouble === 1 ? first : phrase("stacks.causeMore", { first, n: inTrouble - 1 });
  return { ...health, cause };
}

/** A stack from its services, trouble first, and what else belongs to it. */
function stackRow(
  name: string | null,
  services: readonly ServiceRow[],
  item: StackItem | undefined,
): StackRow {
  return {
    name,
    services,
    health: stackHealth(services),
    running: services.reduce((sum, row) => sum + (row.health.running ?? 0), 0),
    desired: services.reduce((sum, row) => sum + row.health.desired, 0),
    parts: item ?? null,
    updatedAt: Math.max(item?.updatedAt ?? 0, ...services.map((row) => row.service.updatedAt)),
  };
}

function rank({ health }: StackRow): number {
  return health === null ? healthKinds.length : healthKinds.indexOf(health.kind);
}

/** Trouble first, then by name; services without a stack last among equals. */
export function compareStacks(a: StackRow, b: StackRow): number {
  return (
    rank(a) - rank(b) ||
    Number(a.name === null) - Number(b.name === null) ||
    compareNatural(a.name ?? "", b.name ?? "")
  );
}

/** All stacks: those of the live picture, and those of which only `items` knows something. */
export function stackRows(
  model: ClusterModel,
  items: readonly StackItem[],
  now: number,
): readonly StackRow[] {
  const byStack = Map.groupBy(serviceRows(model, now), (row) => row.service.stack);
  const known = new Map(items.map((item) => [item.name, item]));
  const names = new Set([...byStack.keys(), ...known.keys()]);
  return (
    [...names]
      .map((name) => stackRow(name, byStack.get(name) ?? [], name === null ? undefined : known.get(name)))
      // Its last service was removed, and the list of parts is still the one from before.
      .filter((row) => row.services.length > 0 || hasParts(row))
      .sort(compareStacks)
  );
}

function hasParts({ parts }: StackRow): boolean {
  return parts !== null && parts.networks + parts.secrets + parts.configs > 0;
}
