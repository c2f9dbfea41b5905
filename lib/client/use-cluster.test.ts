// @vitest-environment happy-dom
import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ClusterDelta } from "#lib/shared/model/reducer.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";
import type { ServerFrame } from "#lib/shared/topics.ts";

class FakeWebSocket extends EventTarget {
  static last: FakeWebSocket | null = null;
  static opened = 0;
  readyState = 0;
  readonly sent: string[] = [];
  constructor() {
    super();
    FakeWebSocket.last = this;
    FakeWebSocket.opened += 1;
  }
  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {
    this.readyState = 3;
  }
}

function picture(name: string, seq = 5): ClusterModel {
  const nodes = {
    n1: { id: "n1", name: "node1", state: "ready" },
    n2: { id: "n2", name: "node2", state: "ready" },
  };
  const model = { seq, info: { id: "local", name }, nodes, services: {}, tasks: {} };
  return model as unknown as ClusterModel;
}

function serverSays(frame: ServerFrame): void {
  act(() => {
    FakeWebSocket.last?.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(frame) }));
  });
}
function change(seq: number, part: Omit<ClusterDelta, "seq">): void {
  serverSays({ type: "delta", sub: 1, delta: { seq, ...part } });
}
function accept(): void {
  act(() => {
    const socket = FakeWebSocket.last;
    if (socket) socket.readyState = 1;
    socket?.dispatchEvent(new Event("open"));
  });
  serverSays({ type: "hello", build: "b1", now: 0 });
}

/** Each test has a tab of its own. */
async function freshHooks() {
  vi.resetModules();
  return { ...(await import("./use-cluster.ts")), ...(await import("./use-connection.ts")) };
}

beforeEach(() => {
  FakeWebSocket.last = null;
  FakeWebSocket.opened = 0;
  vi.stubGlobal("WebSocket", FakeWebSocket);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test("shows the rendered picture at once, then every change, over one socket for all components", async () => {
  const { useClusterModel } = await freshHooks();
  const initial = picture("a");
  const one = renderHook(() => useClusterModel(initial));
  const two = renderHook(() => useClusterModel(initial));
  expect(one.result.current).toBe(initial);
  accept();
  change(6, { info: { name: "b" } });
  expect(one.result.current.info.name).toBe("b");
  expect(two.result.current.info.name).toBe("b");
  expect(FakeWebSocket.opened).toBe(1);
  expect(FakeWebSocket.last?.sent).toHaveLength(1);
});

test("a page the server renders again with a newer picture shows that one", async () => {
  const { useClusterModel } = await freshHooks();
  const hook = renderHook(({ initial }) => useClusterModel(initial), {
    initialProps: { initial: picture("a") },
  });
  accept();
  hook.rerender({ initial: picture("newer", 9) });
  expect(hook.result.current.info.name).toBe("newer");
});

test("a selected part renders again only when that part has changed", async () => {
  const { useClusterValue } = await freshHooks();
  const initial = picture("a");
  const render = vi.fn();
  const hook = renderHook(() => {
    render();
    return useClusterValue(initial, (model) => model.nodes.n1);
  });
  accept();
  const before = render.mock.calls.length;
  change(6, { info: { name: "b" } });
  change(7, { nodes: { set: [{ id: "n2", state: "down" }], del: [] } });
  expect(render).toHaveBeenCalledTimes(before);
  change(8, { nodes: { set: [{ id: "n1", state: "down" }], del: [] } });
  expect(hook.result.current?.state).toBe("down");
  expect(render.mock.calls.length).toBeGreaterThan(before);
});

test("equal lists made anew do not render again", async () => {
  const { useClusterValue } = await freshHooks();
  const initial = picture("a");
  const names = (model: ClusterModel) => Object.values(model.nodes).map(({ name }) => name);
  const same = (a: string[], b: string[]) => a.join() === b.join();
  const hook = renderHook(() => useClusterValue(initial, names, same));
  accept();
  const before = hook.result.current;
  change(6, { nodes: { set: [{ id: "n2", state: "down" }], del: [] } });
  expect(hook.result.current).toBe(before);
});

test("the connection tells when the picture grows old", async () => {
  const { useClusterModel, useConnection } = await freshHooks();
  renderHook(() => useClusterModel(picture("a")));
  const connection = renderHook(() => useConnection());
  expect(connection.result.current).toEqual({
    state: "live",
    lastSeenAt: null,
    newBuild: false,
    accessChanges: 0,
  });
  accept();
  act(() => void FakeWebSocket.last?.dispatchEvent(Object.assign(new Event("close"), { code: 4401 })));
  expect(connection.result.current).toMatchObject({ state: "signedOut", lastSeenAt: expect.any(Number) });
});
