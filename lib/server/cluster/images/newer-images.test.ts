import "#lib/shared/i18n/pages/all.ts";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AppError } from "#lib/shared/errors.ts";
import { aModel, aService } from "#lib/shared/model/testing/build.ts";
import type { ServiceView } from "#lib/shared/model/types.ts";
import type { ActionContext } from "../actions/context.ts";
import { createNewerWatch, type NewerWatch } from "./newer-images.ts";

const [old, next] = [`sha256:${"1".repeat(64)}`, `sha256:${"2".repeat(64)}`];
const minute = 60_000;
let asked: string[];
let services: readonly ServiceView[];
let answer: () => Promise<unknown>;
let watch: NewerWatch;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  answer = async () => ({ Descriptor: { digest: next } });
  services = Array.from({ length: 50 }, (_, at) =>
    aService({ id: `s${at}`, name: `s${at}`, image: { name: `reg:5000/app${at}`, tag: "1", digest: old } }),
  );
  const get = (path: string) => {
    asked.push(path);
    return answer();
  };
  const ctx = {
    manager: () => ({ get }),
    registryAuth: () => null,
    model: () => aModel({ services }),
    self: () => null,
    now: Date.now,
  } as unknown as ActionContext;
  watch = createNewerWatch(ctx, (error) => {
    throw error;
  });
});
afterEach(() => {
  watch.stop();
  vi.useRealTimers();
});

test("by itself it asks gently: 20 in half an hour, each image once in six hours, and nobody who looks changes that", async () => {
  for (let look = 0; look < 100; look += 1) watch.get();
  await vi.advanceTimersByTimeAsync(29 * minute);
  expect(asked).toHaveLength(0);
  for (const expected of [20, 40, 50, 50]) {
    await vi.advanceTimersByTimeAsync(30 * minute);
    expect(asked).toHaveLength(expected);
  }
  expect(new Set(asked).size).toBe(50);
  expect(asked[0]).toBe("/distribution/reg:5000/app0:1/json");
  await vi.advanceTimersByTimeAsync(4 * 60 * minute);
  expect(asked).toHaveLength(50);
  await vi.advanceTimersByTimeAsync(60 * minute);
  expect(asked.length).toBeGreaterThan(50);
  expect(watch.get().items).toHaveLength(50);
});

test("by hand it asks about everything at once, but not again and again", async () => {
  expect(watch.check().isChecking).toBe(true);
  // While it is at it, that is no second round.
  watch.check();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked).toHaveLength(50);
  expect(watch.get()).toMatchObject({ isChecking: false, failed: [] });
  expect(() => watch.check()).toThrow("a moment ago");
  await vi.advanceTimersByTimeAsync(10_000);
  watch.check();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked).toHaveLength(100);
});

test("a registry that does not answer is named, and what was known of it stays", async () => {
  services = services.slice(0, 1);
  watch.check();
  await vi.advanceTimersByTimeAsync(11_000);
  answer = () => Promise.reject(new AppError("engine_error", "sentence", { engineText: "no such host" }));
  watch.check();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(watch.get()).toMatchObject({
    items: [{ service: { id: "s0" }, newest: next }],
    failed: [{ image: "reg:5000/app0:1", why: "no such host" }],
  });
  services = [];
  expect(watch.get()).toMatchObject({ items: [], failed: [], compared: 0 });
});
