import { expect, test } from "vitest";
import {
  addressOf,
  covers,
  formatAddress,
  formatCidr,
  holds,
  overlap,
  parseAddress,
  parseCidr,
} from "./cidr.ts";

test.each([
  ["10.0.0.1", "10.0.0.1"],
  ["255.255.255.255", "255.255.255.255"],
  ["fd00::1", "fd00::1"],
  ["::", "::"],
  ["::1", "::1"],
  ["fe80::", "fe80::"],
  ["FD00:0:0:1:0:0:0:2", "fd00:0:0:1::2"],
  ["1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"],
  ["::ffff:10.0.0.1", "::ffff:a00:1"],
  ["10:0:0:0:0:0:0:10", "10::10"],
  ["1:0:2:0:0:3:0:0", "1:0:2::3:0:0"],
])("%s is an address", (text, written) => {
  const address = parseAddress(text);
  expect(address && formatAddress(address)).toBe(written);
});

test.each([
  "",
  "10.0.0",
  "10.0.0.256",
  "10.0.0.01",
  "1::2::3",
  "1:2:3:4:5:6:7",
  "1:2:3:4:5:6:7:8:9",
  "g::1",
  "10.0.0.1 ",
])("%j is none", (text) => {
  expect(parseAddress(text)).toBeNull();
});

test("subnets: their ends, what was written, and what is none", () => {
  const cidr = parseCidr("10.0.5.7/22");
  expect(cidr && formatCidr(cidr)).toBe("10.0.4.0/22");
  expect(cidr && formatAddress({ family: 4, value: cidr.last })).toBe("10.0.7.255");
  expect(parseCidr("0.0.0.0/0")?.last).toBe((1n << 32n) - 1n);
  expect(parseCidr("fd00::/64")?.first).toBe(0xfd00n << 112n);
  for (const text of [
    "10.0.0.0",
    "10.0.0.0/33",
    "10.0.0.0/",
    "10.0.0.0/8/8",
    "fd00::/129",
    "x/8",
    "10.0.0.0/-1",
  ]) {
    expect(parseCidr(text), text).toBeNull();
  }
});

const cidr = (text: string) => parseCidr(text) ?? expect.fail(text);

test("overlaps, and what lies in what", () => {
  expect(overlap(cidr("10.0.0.0/24"), cidr("10.0.0.128/25"))).toBe(true);
  expect(overlap(cidr("10.0.0.0/24"), cidr("10.0.1.0/24"))).toBe(false);
  expect(overlap(cidr("0.0.0.0/0"), cidr("::/0"))).toBe(false);
  expect(covers(cidr("10.0.0.0/24"), cidr("10.0.0.64/26"))).toBe(true);
  expect(covers(cidr("10.0.0.64/26"), cidr("10.0.0.0/24"))).toBe(false);
  expect(holds(cidr("10.0.0.0/24"), addressOf("10.0.0.9/24") ?? expect.fail())).toBe(true);
  expect(holds(cidr("10.0.0.0/24"), addressOf("10.0.1.0") ?? expect.fail())).toBe(false);
});
