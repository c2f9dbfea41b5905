import { type Address, addressOf, type Cidr, holds, parseCidr } from "./cidr.ts";
import type { AddressKind, HeldAddress, IpamRange, SubnetUse } from "./types.ts";

/** One address may be told by several: by the swarm as a task's, by its node as a container's. The first counts. */
const order: readonly AddressKind[] = [
  "gateway",
  "reserved",
  "vip",
  "task",
  "balancer",
  "container",
  "other",
];

/** Beyond this nobody counts, and nobody runs out. */
const most = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * Who holds the addresses of a subnet, as the engine's own planner counts: of IPv4 the first and the last address are
 * nobody's, of IPv6 the first; a gateway that nobody named is the first one that is left. `unseen`: so many more are surely
 * held by somebody who did not answer. Null: it is no subnet.
 */
export function subnetUse(range: IpamRange, held: readonly HeldAddress[], unseen = 0): SubnetUse | null {
  const subnet = parseCidr(range.subnet);
  if (!subnet) return null;
  const pool = poolOf(subnet, range.range === null ? null : parseCidr(range.range));
  const holders = holdersOf(subnet, range, pool, held);
  const counts: Record<AddressKind, number> = {
    gateway: 0,
    reserved: 0,
    vip: 0,
    task: 0,
    balancer: 0,
    container: 0,
    other: 0,
  };
  let inPool = 0n;
  for (const [value, kind] of holders) {
    counts[kind] += 1;
    if (value >= pool.first && value <= pool.last) inPool += 1n;
  }
  const usable = pool.last < pool.first ? 0n : pool.last - pool.first + 1n;
  const free = usable - inPool;
  return {
    subnet: range.subnet,
    range: range.range,
    usable: usable > most ? null : Number(usable),
    counts,
    outside: holders.size - Number(inPool),
    free: usable > most ? null : Number(free),
    // A tenth: enough to be told before an update that starts new tasks first stands still.
    isScarce: usable <= most && (free - BigInt(unseen)) * 10n <= usable,
  };
}

/** The first and the last address that may be given to somebody. */
function poolOf(subnet: Cidr, range: Cidr | null): { readonly first: bigint; readonly last: bigint } {
  const isSmall = subnet.family === 4 && subnet.prefix >= 31;
  const first = isSmall ? subnet.first : subnet.first + 1n;
  const last = isSmall || subnet.family === 6 ? subnet.last : subnet.last - 1n;
  if (!range || range.family !== subnet.family) return { first, last };
  return { first: larger(first, range.first), last: -larger(-last, -range.last) };
}

const larger = (a: bigint, b: bigint) => (a > b ? a : b);

function holdersOf(
  subnet: Cidr,
  { gateway, aux }: IpamRange,
  pool: { readonly first: bigint; readonly last: bigint },
  held: readonly HeldAddress[],
): ReadonlyMap<bigint, AddressKind> {
  const all: HeldAddress[] = [
    ...(gateway === null ? [] : [{ address: gateway, kind: "gateway" as const }]),
    ...Object.values(aux).map((address) => ({ address, kind: "reserved" as const })),
    ...held,
  ];
  const holders = new Map<bigint, AddressKind>();
  for (const kind of order) {
    for (const each of all) {
      const address: Address | null = each.kind === kind ? addressOf(each.address) : null;
      if (address && holds(subnet, address) && !holders.has(address.value)) holders.set(address.value, kind);
    }
  }
  if (gateway === null && pool.first <= pool.last && !holders.has(pool.first)) {
    holders.set(pool.first, "gateway");
  }
  return holders;
}
