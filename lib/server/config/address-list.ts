import { BlockList, isIP } from "node:net";

/**
 * Builds the set of addresses written as `10.0.0.1, 172.16.0.0/12, ::1`. Throws an Error naming the entry
 * that is neither an address nor a range. An empty text is an empty set.
 */
export function parseAddressList(text: string): BlockList {
  const list = new BlockList();
  for (const entry of splitList(text)) addEntry(list, entry);
  return list;
}

/** True when `address` (IPv4, IPv6 or IPv4 mapped into IPv6) is in the set. */
export function includesAddress(list: BlockList, address: string): boolean {
  const plain = plainAddress(address);
  const family = isIP(plain);
  if (family === 0) return false;
  return list.check(plain, family === 6 ? "ipv6" : "ipv4");
}

/** The address without zone and IPv4-in-IPv6 prefix, so that one peer has one spelling. */
export function plainAddress(address: string): string {
  const withoutZone = address.split("%")[0] ?? "";
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(withoutZone);
  return mapped?.[1] ?? withoutZone;
}

/** The entries of a comma-separated list, trimmed, without empty ones. */
export function splitList(text: string): string[] {
  return text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

function addEntry(list: BlockList, entry: string): void {
  const [address = "", bits, ...rest] = entry.split("/");
  const family = isIP(address);
  if (family === 0 || rest.length > 0)
    throw new Error(`"${entry}" is neither an address nor a range like 10.0.0.0/8`);
  const type = family === 6 ? "ipv6" : "ipv4";
  if (bits === undefined) {
    list.addAddress(address, type);
    return;
  }
  const most = family === 6 ? 128 : 32;
  if (!/^\d{1,3}$/.test(bits) || Number(bits) > most) {
    throw new Error(`the range of "${entry}" is a number of bits from 0 to ${most}`);
  }
  list.addSubnet(address, Number(bits), type);
}
