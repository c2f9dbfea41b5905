import { expect, it } from "vitest";
import { readSince } from "./since.ts";

const now = Date.parse("2026-11-24T12:00:00Z");

it.each([
  ["15m", "2026-11-24T11:45:00.000Z"],
  ["2h", "2026-11-24T10:00:00.000Z"],
  ["30s", "2026-11-24T11:59:30.000Z"],
  ["1d", "2026-11-23T12:00:00.000Z"],
  ["2026-11-24T11:00:00.5Z", "2026-11-24T11:00:00.500Z"],
])("reads %s", (text, expected) => {
  expect(new Date(readSince(text, now) ?? 0).toISOString()).toBe(expected);
});

it.each(["", "15", "m", "-5m", "5 m", "yesterday", "2026-99-99T00:00:00Z", "1h30m"])("refuses %j", (text) => {
  expect(readSince(text, now)).toBeNull();
});
