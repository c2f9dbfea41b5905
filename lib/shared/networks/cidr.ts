/** An address of IPv4 or IPv6 as a number. */
export interface Address {
  readonly family: 4 | 6;
  readonly value: bigint;
}

/** A subnet, or a range inside of one: all addresses from `first` to `last`. */
export interface Cidr {
  readonly family: 4 | 6;
  readonly prefix: number;
  readonly first: bigint;
  readonly last: bigint;
  /** The address as it was written, which may lie inside of the subnet: 10.0.0.5/24. */
  readonly written: bigint;
}

const bitsOf = { 4: 32, 6: 128 } as const;

/** Null: it is no address. */
export function parseAddress(text: string): Address | null {
  return text.includes(":") ? parseV6(text) : parseV4(text);
}

function parseV4(text: string): Address | null {
  const parts = text.split(".");
  if (parts.length !== 4) return null;
  let value = 0n;
  for (const part of parts) {
    // Engines refuse leading zeros: some programs read them as octal.
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return null;
    value = value * 256n + BigInt(part);
  }
  return { family: 4, value };
}

function parseV6(text: string): Address | null {
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const groups = halves.map((half) => groupsOf(half));
  const [head, tail] = groups;
  if (!head || tail === null) return null;
  const known = head.length + (tail?.length ?? 0);
  if (tail === undefined ? known !== 8 : known > 7) return null;
  const all = [...head, ...Array<number>(8 - known).fill(0), ...(tail ?? [])];
  return { family: 6, value: all.reduce((sum, group) => sum * 65_536n + BigInt(group), 0n) };
}

/** The 16-bit groups of one side of `::`; the last may be written as IPv4. Null: something else is in it. */
function groupsOf(half: string): readonly number[] | null {
  if (half === "") return [];
  const groups: number[] = [];
  const parts = half.split(":");
  for (const [at, part] of parts.entries()) {
    if (at === parts.length - 1 && part.includes(".")) {
      const v4 = parseV4(part);
      if (!v4) return null;
      groups.push(Number(v4.value >> 16n), Number(v4.value & 0xffffn));
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else return null;
  }
  return groups;
}

/** `10.0.0.0/24` or `fd00::/64`. Null: it is no subnet. */
export function parseCidr(text: string): Cidr | null {
  const [head = "", size = "", ...more] = text.split("/");
  const address = parseAddress(head);
  if (!address || more.length > 0 || !/^\d{1,3}$/.test(size)) return null;
  const bits = bitsOf[address.family];
  const prefix = Number(size);
  if (prefix > bits) return null;
  const count = 1n << BigInt(bits - prefix);
  const first = (address.value / count) * count;
  return { family: address.family, prefix, first, last: first + count - 1n, written: address.value };
}

/** The address of `10.0.0.5/24` or `10.0.0.5`; null: neither. */
export function addressOf(text: string): Address | null {
  return parseAddress(text.split("/")[0] ?? "");
}

/** Is the address in the subnet? */
export function holds(cidr: Cidr, address: Address): boolean {
  return cidr.family === address.family && address.value >= cidr.first && address.value <= cidr.last;
}

/** Do two subnets have an address in common? */
export function overlap(a: Cidr, b: Cidr): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last;
}

/** Is all of `inner` in `outer`? */
export function covers(outer: Cidr, inner: Cidr): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

/** The start of the subnet in the usual way of writing: what somebody who typed 10.0.0.5/24 meant. */
export function formatCidr({ family, first, prefix }: Cidr): string {
  return `${formatAddress({ family, value: first })}/${prefix}`;
}

/** IPv6 with its longest run of zeros left out. */
export function formatAddress({ family, value }: Address): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join(".");
  const groups = Array.from({ length: 8 }, (_, at) =>
    ((value >> BigInt(112 - 16 * at)) & 0xffffn).toString(16),
  );
  let [start, length] = [0, 0];
  for (let at = 0; at < groups.length; at += 1) {
    let end = at;
    while (groups[end] === "0") end += 1;
    if (end - at > length) [start, length] = [at, end - at];
  }
  if (length < 2) return groups.join(":");
  return `${groups.slice(0, start).join(":")}::${groups.slice(start + length).join(":")}`;
}
