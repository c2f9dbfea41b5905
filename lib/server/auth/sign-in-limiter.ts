import { isIPv6 } from "node:net";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { createSlowdown } from "./slowdown.ts";

const second = 1_000;
const hour = 3_600_000;

/** One attempt that was let through. It counts as failed until `succeeded` is called. */
export interface Attempt {
  succeeded(): void;
  /** Neither: the password was right, and something is still missing. Earlier failures stay counted. */
  undecided(): void;
}

/**
 * Slows down guessing passwords. Three counts work together:
 * - one account from one address: strict;
 * - one account from everywhere: does not hold up an address the account has signed in from before, so
 *   nobody can shut an owner out from afar;
 * - one address for all accounts: holds up only accounts that have failed from there, so that somebody else
 *   behind the same address gets in with the right password at the first try.
 */
export function createSignInLimiter(now: () => number) {
  const pair = createSlowdown({ free: 5, firstMs: second, mostMs: 900 * second, forgetMs: hour }, now);
  const account = createSlowdown({ free: 20, firstMs: second, mostMs: 60 * second, forgetMs: hour }, now);
  const address = createSlowdown({ free: 20, firstMs: second, mostMs: 60 * second, forgetMs: hour }, now);

  return {
    /** Throws slow_down. `trusted`: the account has signed in from this address before. */
    begin(name: string, from: string, trusted: boolean): Attempt {
      const keys = { account: accountKey(name), address: addressKey(from) };
      const both = `${keys.account} ${keys.address}`;
      const wait = Math.max(
        pair.waitMs(both),
        trusted ? 0 : account.waitMs(keys.account),
        pair.hasFailed(both) ? address.waitMs(keys.address) : 0,
      );
      if (wait > 0) throw slowDown(wait);
      // Counted before the password is looked at, so that many attempts at the same moment gain nothing.
      pair.fail(both);
      account.fail(keys.account);
      address.fail(keys.address);
      return {
        succeeded() {
          pair.clear(both);
          account.forgive(keys.account);
          address.forgive(keys.address);
        },
        undecided() {
          pair.forgive(both);
          account.forgive(keys.account);
          address.forgive(keys.address);
        },
      };
    },
  };
}

/** The refusal of an attempt that came too early. */
export function slowDown(waitMs: number): AppError {
  const seconds = Math.max(1, Math.ceil(waitMs / 1_000));
  return new AppError("slow_down", t("errors.slowDown", { n: seconds }), {
    details: { retryAfterSeconds: seconds },
  });
}

/** Bounded in length, because anybody may send any name. */
function accountKey(name: string): string {
  return name.toLowerCase().slice(0, 64);
}

/** The part of an address that one customer holds: IPv6 by /64, IPv4 whole. */
export function addressKey(address: string): string {
  if (!isIPv6(address)) return address.slice(0, 64);
  const [head = "", tail = ""] = address.toLowerCase().split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === "" ? [] : tail.split(":");
  // An IPv4 ending counts for two groups.
  const rightGroups = right.length + (right.at(-1)?.includes(".") ? 1 : 0);
  const zeros = address.includes("::") ? Math.max(0, 8 - left.length - rightGroups) : 0;
  const groups = [...left, ...Array<string>(zeros).fill("0"), ...right];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":");
}
