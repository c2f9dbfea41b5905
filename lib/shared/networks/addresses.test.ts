import { expect, test } from "vitest";
import { subnetUse } from "./addresses.ts";
import type { AddressKind, HeldAddress, IpamRange } from "./types.ts";

const plan = (subnet: string, more: Partial<IpamRange> = {}): IpamRange => ({
  subnet,
  gateway: null,
  range: null,
  aux: {},
  ...more,
});
const held = (kind: AddressKind, ...addresses: string[]): HeldAddress[] =>
  addresses.map((address) => ({ address, kind }));

test("an overlay as the engine counts it: every address once, whoever tells it", () => {
  const use = subnetUse(plan("10.0.1.0/24", { gateway: "10.0.1.1" }), [
    ...held("vip", "10.0.1.2/24"),
    ...held("task", "10.0.1.3/24", "10.0.1.4/24", "10.0.1.5/24", "10.0.1.6/24"),
    // The same tasks, told by their nodes.
    ...held("container", "10.0.1.3/24", "10.0.1.4/24", "10.0.1.9/24"),
    ...held("balancer", "10.0.1.7/24", "10.0.1.8/24"),
  ]);
  expect(use).toMatchObject({ usable: 254, free: 245, outside: 0, isScarce: false });
  expect(use?.counts).toEqual({
    gateway: 1,
    reserved: 0,
    vip: 1,
    task: 4,
    balancer: 2,
    container: 1,
    other: 0,
  });
});

test("a full subnet", () => {
  const six = subnetUse(plan("10.77.0.0/29", { gateway: "10.77.0.1" }), [
    ...held("vip", "10.77.0.2"),
    ...held("task", "10.77.0.3", "10.77.0.4", "10.77.0.5", "10.77.0.6"),
  ]);
  expect(six).toMatchObject({ usable: 6, free: 0, isScarce: true });
});

test.each([
  ["10.0.0.0/30", 2, 1],
  ["10.0.0.0/31", 2, 1],
  ["10.0.0.0/32", 1, 0],
  ["10.0.0.0/8", 16_777_214, 16_777_213],
  ["fd00::/120", 255, 254],
])("%s has %i to give, and one is the gateway's", (subnet, usable, free) => {
  expect(subnetUse(plan(subnet), [])).toMatchObject({ usable, free });
});

test("IPv6 beyond counting never runs out", () => {
  const use = subnetUse(
    plan("fd00:99::/64", { gateway: "fd00:99::1" }),
    held("task", "fd00:99::2/64", "10.0.0.2"),
  );
  expect(use).toMatchObject({ usable: null, free: null, isScarce: false, counts: { gateway: 1, task: 1 } });
});

test("a range gives out its own addresses only; what lies outside takes nothing from it", () => {
  const use = subnetUse(
    plan("192.168.5.0/24", {
      gateway: "192.168.5.254",
      range: "192.168.5.64/28",
      aux: { router: "192.168.5.65", printer: "192.168.5.9" },
    }),
    held("container", "192.168.5.66", "192.168.5.200"),
  );
  expect(use).toMatchObject({ usable: 16, free: 14, outside: 3, isScarce: false });
  expect(use?.counts).toMatchObject({ gateway: 1, reserved: 2, container: 2 });
});

test("a range that starts with the subnet does not give out the subnet's own address", () => {
  expect(subnetUse(plan("10.1.0.0/24", { range: "10.1.0.0/25", gateway: "10.1.0.1" }), [])).toMatchObject({
    usable: 127,
    free: 126,
  });
});

test("scarce is a tenth, and nonsense is no subnet", () => {
  const some = (count: number) =>
    held("task", ...Array.from({ length: count }, (_, at) => `10.0.0.${at + 2}`));
  expect(subnetUse(plan("10.0.0.0/24", { gateway: "10.0.0.1" }), some(227))?.isScarce).toBe(false);
  expect(subnetUse(plan("10.0.0.0/24", { gateway: "10.0.0.1" }), some(228))?.isScarce).toBe(true);
  // Three more are held by nodes that did not answer.
  expect(subnetUse(plan("10.0.0.0/24", { gateway: "10.0.0.1" }), some(225), 3)).toMatchObject({
    free: 28,
    isScarce: true,
  });
  expect(subnetUse(plan("nonsense"), [])).toBeNull();
  expect(subnetUse(plan("10.0.0.0/24"), held("task", "nonsense", ""))?.counts.task).toBe(0);
});
