import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { applyDelta, type ClusterDelta } from "#lib/shared/model/reducer.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";
import { createStore } from "./store.ts";

const start = {
  seq: 7,
  info: { id: "local", name: "a", phase: "ready" },
  nodes: {},
  services: {},
  tasks: {},
} as unknown as ClusterModel;

function renamed(name: string) {
  return (model: ClusterModel): ClusterModel => ({ ...model, info: { ...model.info, name } });
}

describe("the store", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("sends changes of one batch as one delta, and the deltas lead to the model", () => {
    const store = createStore(start, { batchMs: 120 });
    const deltas: ClusterDelta[] = [];
    store.subscribe((delta) => deltas.push(delta));
    store.update(renamed("b"));
    vi.advanceTimersByTime(60);
    store.update(renamed("c"));
    expect(store.model().info.name).toBe("a");
    expect(store.draft().info.name).toBe("c");
    vi.advanceTimersByTime(60);
    store.update(renamed("d"));
    vi.advanceTimersByTime(120);
    expect(deltas.map(({ seq, info }) => [seq, info])).toEqual([
      [8, { name: "c" }],
      [9, { name: "d" }],
    ]);
    const led = deltas.reduce<ClusterModel | null>(
      (model, delta) => model && applyDelta(model, delta),
      start,
    );
    expect(led).toEqual(store.model());
  });

  test("waits longer while changes never end, and not after a rest", () => {
    const store = createStore(start, { batchMs: 100, steadyMs: 250 });
    let told = 0;
    store.subscribe(() => {
      told += 1;
    });
    const waited = (name: string) => {
      const before = told;
      store.update(renamed(name));
      let ms = 0;
      for (; told === before; ms += 10) vi.advanceTimersByTime(10);
      return ms;
    };
    expect(["1", "2", "3", "4", "5", "6"].map(waited)).toEqual([100, 100, 100, 100, 250, 250]);
    vi.advanceTimersByTime(110);
    expect(waited("7")).toBe(100);
  });

  test("says nothing when a change was taken back, or made equal objects", () => {
    const store = createStore(start);
    const listener = vi.fn();
    store.subscribe(listener);
    store.update(renamed("b"));
    store.update(renamed("a"));
    vi.advanceTimersByTime(1_000);
    expect(listener).not.toHaveBeenCalled();
    expect(store.model()).toBe(start);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("one listener that throws does not take the delta from others, nor break the store", () => {
    const onError = vi.fn();
    const store = createStore(start, { onError });
    const listener = vi.fn();
    store.subscribe(() => {
      throw new Error("broken");
    });
    store.subscribe(listener);
    store.update(renamed("b"));
    vi.advanceTimersByTime(1_000);
    expect(listener).toHaveBeenCalledOnce();
    expect(onError).toHaveBeenCalledOnce();
  });

  test("the same listener twice is two subscriptions; each ends alone", () => {
    const store = createStore(start);
    const listener = vi.fn();
    const leave = store.subscribe(listener);
    store.subscribe(listener);
    leave();
    leave();
    store.update(renamed("b"));
    store.flush();
    expect(listener).toHaveBeenCalledOnce();
  });

  test("after stop nothing is sent and no timer runs", () => {
    const store = createStore(start);
    const listener = vi.fn();
    store.subscribe(listener);
    store.update(renamed("b"));
    store.stop();
    vi.advanceTimersByTime(1_000);
    expect(listener).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});
