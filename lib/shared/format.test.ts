import { describe, expect, it } from "vitest";
import { formatAgo, formatBytes, formatCpu, formatDuration, formatExact, formatPercent } from "./format.ts";

const min = 60_000;
const day = 24 * 60 * min;

describe("formatDuration", () => {
  it.each([
    [-5, "0 s"],
    [999, "0 s"],
    [12_400, "12 s"],
    [59_999, "59 s"],
    [41 * min, "41 min"],
    [23 * 60 * min, "23 h"],
    [day, "1 d"],
    [21 * day, "21 d"],
    [800 * day, "2 y"],
  ])("%i ms is %s", (ms, text) => expect(formatDuration(ms)).toBe(text));
});

describe("formatAgo", () => {
  it.each([
    [1_000, 1_500, "just now"],
    [9_000, 1_000, "just now"],
    [0, 5 * day, "5 d ago"],
  ])("%i seen at %i is %s", (then, now, text) => expect(formatAgo(then, now)).toBe(text));
});

describe("formatBytes", () => {
  it.each([
    [0, "0 B"],
    [1023, "1,023 B"],
    [1024, "1 KB"],
    [512 * 1024 ** 2, "512 MB"],
    [1024 ** 3 - 1, "1 GB"],
    [3.42 * 1024 ** 3, "3.4 GB"],
    [62.7 * 1024 ** 3, "63 GB"],
    [5000 * 1024 ** 4, "5,000 TB"],
  ])("%d is %s", (bytes, text) => expect(formatBytes(bytes)).toBe(text));
});

describe("formatCpu and formatPercent", () => {
  it.each([
    [5e8, "0.5 CPU"],
    [0, "0 CPU"],
    [1.25e9, "1.25 CPU"],
  ])("%d nano-CPUs are %s", (nano, text) => expect(formatCpu(nano)).toBe(text));
  it.each([
    [0, "0 %"],
    [0.001, "1 %"],
    [0.38, "38 %"],
    [0.999, "99 %"],
    [1, "100 %"],
    [1.2, "120 %"],
  ])("%d is %s", (fraction, text) => expect(formatPercent(fraction)).toBe(text));
});

it("says the exact time with its zone", () => {
  expect(formatExact(Date.UTC(2026, 10, 21, 12, 41, 8), "UTC")).toBe("21 Nov 2026, 12:41:08 UTC");
});
