import { describe, expect, it, vi } from "vitest";
import { ShortcutKeys } from "./shortcut-keys.ts";

const press = (key: string, extra = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...extra });
const shortcut = (keys: string, run: () => void) => ({ keys, label: keys, group: "page" as const, run });

describe("ShortcutKeys", () => {
  it("runs a single key, whatever its case, but not with a modifier", () => {
    const keys = new ShortcutKeys();
    const run = vi.fn();
    keys.add(shortcut("d", run));
    expect(keys.press(press("D"))).toBe(true);
    expect(keys.press(press("d", { ctrlKey: true }))).toBe(false);
    expect(keys.press(press("e"))).toBe(false);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("runs a pair only when the second key follows soon", () => {
    const keys = new ShortcutKeys();
    const run = vi.fn();
    keys.add(shortcut("g s", run));
    keys.press(press("g"), 10_000);
    expect(keys.press(press("s"), 10_500)).toBe(true);
    keys.press(press("g"), 20_000);
    expect(keys.press(press("s"), 22_000)).toBe(false);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("prefers the pair over the single key of the same letter", () => {
    const keys = new ShortcutKeys();
    const single = vi.fn();
    const pair = vi.fn();
    keys.add(shortcut("s", single));
    keys.add(shortcut("g s", pair));
    keys.press(press("g"), 10_000);
    keys.press(press("s"), 10_100);
    expect(pair).toHaveBeenCalledTimes(1);
    expect(single).not.toHaveBeenCalled();
  });

  it("gives a key to the newest, and back when it goes", () => {
    const keys = new ShortcutKeys();
    const old = vi.fn();
    const young = vi.fn();
    keys.add(shortcut("r", old));
    const remove = keys.add(shortcut("r", young));
    keys.press(press("r"));
    remove();
    keys.press(press("r"));
    expect(young).toHaveBeenCalledTimes(1);
    expect(old).toHaveBeenCalledTimes(1);
    expect(keys.list()).toHaveLength(1);
  });
});
