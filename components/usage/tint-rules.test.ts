import { beforeAll, expect, test, vi } from "vitest";
import { tintLevel, tintMost, tintRules } from "./tint-rules.ts";

const use = (cpu: number | null, memory: number | null = null) => ({ cpu, memory });

beforeAll(() => {
  vi.stubGlobal("CSS", { escape: (text: string) => text.replaceAll('"', '\\"') });
});

test("the strongest colour is a round number above the most", () => {
  const tasks = new Map([["a", use(0.93)], ["b", use(0.01)], ["c", use(null)]]); // biome-ignore format: one line
  expect(tintMost(tasks, "cpu")).toBe(1);
  expect(tintMost(new Map(), "memory")).toBe(16 * 1024 ** 2);
});

test.each([
  [0, 0],
  [0.19, 0],
  [0.2, 1],
  [0.99, 4],
  [1, 4],
  [7, 4],
])("%d of 1 is level %d", (value, level) => {
  expect(tintLevel(value, 1)).toBe(level);
});

test("a task without a number gets no colour and no words", () => {
  const rules = tintRules(new Map([["known", use(0.5)], ["dark", use(null)]]), "cpu", 1); // biome-ignore format: one line
  expect(rules).toContain('[data-task="known"]');
  expect(rules).toContain('content: "0.5 CPU"');
  expect(rules).not.toContain("dark");
});
