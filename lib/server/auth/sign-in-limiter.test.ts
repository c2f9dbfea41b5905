import { beforeEach, describe, expect, it } from "vitest";
import { addressKey, createSignInLimiter } from "./sign-in-limiter.ts";
import { createSlowdown } from "./slowdown.ts";

let clock = 0;
const now = () => clock;
beforeEach(() => {
  clock = 1_000_000;
});

describe("createSlowdown", () => {
  const rule = { free: 3, firstMs: 1_000, mostMs: 8_000, forgetMs: 60_000 };

  it.each([
    [0, 0], [1, 0], [2, 0], [3, 1_000], [4, 2_000], [5, 4_000], [6, 8_000], [7, 8_000], [1_000, 8_000],
  ])("after %i failures the wait is %i ms", (failures, wait) => {
    const slow = createSlowdown(rule, now);
    for (let i = 0; i < failures; i++) slow.fail("k");
    expect(slow.waitMs("k")).toBe(wait);
    expect(slow.waitMs("other")).toBe(0);
  }); // biome-ignore format: table

  it("counts the wait from the last failure and forgets in the end", () => {
    const slow = createSlowdown(rule, now);
    for (let i = 0; i < 4; i++) slow.fail("k");
    clock += 1_500;
    expect(slow.waitMs("k")).toBe(500);
    clock += 500;
    expect(slow.waitMs("k")).toBe(0);
    slow.fail("k");
    expect(slow.waitMs("k")).toBe(4_000);
    clock += 60_000;
    expect(slow.hasFailed("k")).toBe(false);
  });

  it("remembers a bounded number of keys, the latest ones", () => {
    const slow = createSlowdown(rule, now);
    for (let i = 0; i < 25_000; i++) slow.fail(`k${i}`);
    expect(slow.size()).toBe(10_000);
    expect(slow.hasFailed("k24999")).toBe(true);
    expect(slow.hasFailed("k0")).toBe(false);
  });
});

describe("createSignInLimiter", () => {
  const tries = (
    limiter: ReturnType<typeof createSignInLimiter>,
    account: string,
    address: string,
    trusted = false,
  ) => {
    try {
      return limiter.begin(account, address, trusted);
    } catch (error) {
      return (error as { details: { retryAfterSeconds: number } }).details.retryAfterSeconds;
    }
  };

  it("doubles the wait of one account from one address, case aside", () => {
    const limiter = createSignInLimiter(now);
    for (let i = 0; i < 5; i++) limiter.begin("ann", "192.0.2.1", false);
    for (const wait of [1, 2, 4, 8, 16]) {
      expect(tries(limiter, "Ann", "192.0.2.1")).toBe(wait);
      clock += wait * 1_000;
      limiter.begin("ann", "192.0.2.1", false);
    }
  });

  it("starts anew after the right password", () => {
    const limiter = createSignInLimiter(now);
    for (let i = 0; i < 4; i++) limiter.begin("ann", "192.0.2.1", false);
    limiter.begin("ann", "192.0.2.1", false).succeeded();
    expect(tries(limiter, "ann", "192.0.2.1")).toBeTypeOf("object");
  });

  it("slows an account attacked from many addresses, but not where it is known", () => {
    const limiter = createSignInLimiter(now);
    for (let i = 0; i < 20; i++) limiter.begin("ann", `198.51.100.${i}`, false);
    expect(tries(limiter, "ann", "203.0.113.1")).toBe(1);
    expect(tries(limiter, "ann", "192.0.2.1", true)).toBeTypeOf("object");
  });

  it("slows an address that tries many names, but lets each name try once", () => {
    const limiter = createSignInLimiter(now);
    for (let i = 0; i < 20; i++) limiter.begin(`name${i}`, "198.51.100.1", false);
    expect(tries(limiter, "name3", "198.51.100.1")).toBe(1);
    expect(tries(limiter, "ann", "198.51.100.1")).toBeTypeOf("object");
  });

  it("takes a whole /64 of IPv6 for one address", () => {
    const limiter = createSignInLimiter(now);
    for (let i = 0; i < 5; i++) limiter.begin("ann", `2001:db8:1:2::${i + 1}`, false);
    expect(tries(limiter, "ann", "2001:db8:1:2:ffff::9")).toBe(1);
    expect(tries(limiter, "ann", "2001:db8:1:3::1")).toBeTypeOf("object");
  });
});

describe("addressKey", () => {
  it.each([
    ["192.0.2.1", "192.0.2.1"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
    ["2001:DB8:0001:2::6", "2001:db8:1:2"],
    ["2001:db8::1", "2001:db8:0:0"],
    ["::1", "0:0:0:0"],
    ["::", "0:0:0:0"],
    ["64:ff9b::192.0.2.1", "64:ff9b:0:0"],
    ["unknown", "unknown"],
  ])("%s → %s", (address, key) => {
    expect(addressKey(address)).toBe(key);
  });
});
