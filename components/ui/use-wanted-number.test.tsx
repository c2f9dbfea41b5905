// @vitest-environment happy-dom
import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { useWantedNumber, type WantedNumberOptions } from "./use-wanted-number.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const render = (options: WantedNumberOptions) =>
  renderHook((props: WantedNumberOptions) => useWantedNumber(props), { initialProps: options });
const wait = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

it("shows every click at once and sends only the last number, after a rest", async () => {
  const onCommit = vi.fn();
  const { result } = render({ wanted: 3, onCommit });
  act(() => result.current.set(4));
  await wait(400);
  act(() => result.current.set(5));
  expect(result.current).toMatchObject({ target: 5, isPending: true });
  await wait(499);
  expect(onCommit).not.toHaveBeenCalled();
  await wait(1);
  expect(onCommit.mock.calls).toEqual([[5]]);
});

it("keeps the number until it is true", async () => {
  const onCommit = vi.fn(async () => {});
  const { result, rerender } = render({ wanted: 3, onCommit });
  act(() => result.current.set(5));
  await wait(500);
  rerender({ wanted: 4, onCommit });
  expect(result.current).toMatchObject({ target: 5, isPending: true });
  rerender({ wanted: 5, onCommit });
  expect(result.current).toMatchObject({ target: 5, isPending: false });
  rerender({ wanted: 7, onCommit });
  expect(result.current.target).toBe(7);
});

it("takes the number back when sending fails", async () => {
  const { result } = render({ wanted: 3, onCommit: () => Promise.reject(new Error("no")) });
  act(() => result.current.set(5));
  await wait(500);
  expect(result.current).toMatchObject({ target: 3, isPending: false });
});

it.each([
  [true, [[0]], 0],
  [false, [], 1],
])("asks before 0: %s", async (answer, sent, shown) => {
  const onCommit = vi.fn();
  const confirmZero = vi.fn(async () => answer);
  const { result } = render({ wanted: 1, onCommit, confirmZero });
  act(() => result.current.set(0));
  await wait(500);
  expect(confirmZero).toHaveBeenCalledTimes(1);
  expect(onCommit.mock.calls).toEqual(sent);
  expect(result.current.target).toBe(shown);
});

it("sends what was clicked when the row goes away during the rest", async () => {
  const onCommit = vi.fn();
  const { result, unmount } = render({ wanted: 3, onCommit });
  act(() => result.current.set(4));
  unmount();
  await wait(1000);
  expect(onCommit.mock.calls).toEqual([[4]]);
});

it("back to the number that holds: nothing is sent and nothing stays pending", async () => {
  const onCommit = vi.fn();
  const { result } = render({ wanted: 3, onCommit });
  act(() => result.current.set(4));
  act(() => result.current.set(3));
  await wait(500);
  expect(result.current).toMatchObject({ target: 3, isPending: false });
  expect(onCommit).not.toHaveBeenCalled();
});

it("gives up a number that somebody else overtook", async () => {
  const onCommit = vi.fn(async () => {});
  const { result, rerender } = render({ wanted: 3, onCommit });
  act(() => result.current.set(5));
  await wait(500);
  rerender({ wanted: 8, onCommit });
  expect(result.current.target).toBe(5);
  await wait(10_000);
  expect(result.current).toMatchObject({ target: 8, isPending: false });
});
