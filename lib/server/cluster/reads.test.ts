import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Engine } from "#lib/server/docker/engine.ts";
import { EngineFailure, toAppError } from "#lib/server/docker/errors.ts";
import { AppError, type ErrorCode } from "#lib/shared/errors.ts";
import type { Link } from "./link.ts";
import { createSwarmReads, type SwarmReads } from "./reads.ts";

/** A manager whose answers the test gives: a value, an error code, or "hangs". */
interface FakeLink extends Link {
  answer: { value: unknown } | { error: ErrorCode } | "hangs";
  asked: number;
  readonly refresh: ReturnType<typeof vi.fn<() => void>>;
}

function fakeLink(id: string, facts: { ok?: boolean; manager?: boolean; state?: string } = {}): FakeLink {
  const { ok = true, manager = true, state = "active" } = facts;
  const link: Partial<FakeLink> = {
    id,
    answer: { value: [id] },
    asked: 0,
    state: () =>
      ({ ok, facts: { swarm: { state, isManager: manager, error: null } } }) as ReturnType<Link["state"]>,
    signal: () => new AbortController().signal,
    refresh: vi.fn<() => void>(),
  };
  const answered = async () => {
    link.asked = (link.asked ?? 0) + 1;
    const { answer } = link;
    if (answer === undefined || answer === "hangs") return new Promise(() => undefined);
    if ("error" in answer)
      throw new AppError(answer.error, "failed", { engineText: `${id} says ${answer.error}` });
    return answer.value;
  };
  const engine = { label: id, get: answered, list: answered } as unknown as Engine;
  link.engine = () => (ok ? engine : null);
  return link as FakeLink;
}

let links: FakeLink[];
let reads: SwarmReads;
const onChange = vi.fn();
const onRecovered = vi.fn();

function start(...made: FakeLink[]): void {
  links = made;
  reads = createSwarmReads({ links: () => links, now: Date.now, onChange, onRecovered });
}

beforeEach(() => {
  vi.useFakeTimers();
  onChange.mockClear();
  onRecovered.mockClear();
});
afterEach(() => {
  reads.stop();
  vi.useRealTimers();
});

describe("reading from managers", () => {
  test.each<ErrorCode>([
    "no_engine",
    "engine_error",
    "engine_timeout",
    "electing",
    "no_quorum",
    "not_a_manager",
  ])("%s of one manager: another one answers, and is asked first from then on", async (error) => {
    const [bad, good] = [fakeLink("bad"), fakeLink("good")];
    bad.answer = { error };
    start(bad, good);
    expect(await reads.get("/nodes")).toEqual(["good"]);
    expect(await reads.get("/nodes")).toEqual(["good"]);
    expect([bad.asked, good.asked]).toEqual([1, 2]);
    expect(reads.facts()).toMatchObject({ failingSince: null, error: null });
    expect(reads.manager().label).toBe("good");
  });

  test("an answer about the object is the swarm's own: nobody else is asked, and nothing is wrong", async () => {
    const [first, second] = [fakeLink("first"), fakeLink("second")];
    first.answer = { error: "not_found" };
    start(first, second);
    await expect(reads.get("/services/x")).rejects.toMatchObject({ code: "not_found" });
    expect(second.asked).toBe(0);
    expect(reads.facts()).toMatchObject({ failingSince: null, error: null });
  });

  test("a manager that takes long is not waited for when there is another", async () => {
    const [slow, quick] = [fakeLink("slow"), fakeLink("quick")];
    slow.answer = "hangs";
    start(slow, quick);
    const answer = reads.get("/nodes");
    await vi.advanceTimersByTimeAsync(1_900);
    expect(quick.asked).toBe(0);
    await vi.advanceTimersByTimeAsync(200);
    expect(await answer).toEqual(["quick"]);
    expect(reads.facts().waitingSince).toBeNull();
  });

  test("of several failures the one about the swarm is told", async () => {
    const [broken, leaderless] = [fakeLink("broken"), fakeLink("leaderless")];
    broken.answer = { error: "engine_error" };
    leaderless.answer = { error: "no_quorum" };
    start(leaderless, broken);
    await expect(reads.get("/nodes")).rejects.toMatchObject({ code: "no_quorum" });
    expect(reads.facts().error).toEqual({ code: "no_quorum", text: "leaderless says no_quorum" });
  });

  test("a demoted manager is asked about its role again", async () => {
    const link = fakeLink("demoted");
    link.answer = { error: "not_a_manager" };
    start(link);
    await expect(reads.get("/nodes")).rejects.toMatchObject({ code: "not_a_manager" });
    expect(link.refresh).toHaveBeenCalled();
  });

  test.each([
    ["nothing answers", fakeLink("a", { ok: false }), "no_engine"],
    ["a worker only", fakeLink("a", { manager: false }), "not_a_manager"],
    ["a locked manager", fakeLink("a", { manager: false, state: "locked" }), "swarm_locked"],
    ["no swarm", fakeLink("a", { manager: false, state: "inactive" }), "not_in_swarm"],
  ] as const)("%s: no call is made and the reason is told", async (_name, link, code) => {
    start(link);
    await expect(reads.get("/nodes")).rejects.toMatchObject({ code });
    expect(link.asked).toBe(0);
    expect(() => reads.manager()).toThrow(expect.objectContaining({ code }));
  });
});

describe("what reads tell about the swarm", () => {
  test("since when reads wait, told as soon as that means something", async () => {
    const link = fakeLink("m");
    link.answer = "hangs";
    start(link);
    const startedAt = Date.now();
    void reads.get("/nodes");
    await vi.advanceTimersByTimeAsync(2_400);
    expect(onChange).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(200);
    expect(onChange).toHaveBeenCalledOnce();
    expect(reads.facts().waitingSince).toBe(startedAt);
  });

  test("since when they fail, and that they work again", async () => {
    const link = fakeLink("m");
    link.answer = { error: "no_quorum" };
    start(link);
    const failedAt = Date.now();
    await reads.get("/nodes").catch(() => undefined);
    await vi.advanceTimersByTimeAsync(5_000);
    await reads.get("/nodes").catch(() => undefined);
    expect(reads.facts()).toMatchObject({ okAt: null, failingSince: failedAt, error: { code: "no_quorum" } });
    link.answer = { value: [] };
    await reads.get("/nodes");
    expect(reads.facts()).toMatchObject({ failingSince: null, error: null, okAt: failedAt + 5_000 });
    expect(onRecovered).toHaveBeenCalledOnce();
  });

  test("a long list that takes time is no election while a small read is answered", async () => {
    const link = fakeLink("m");
    link.answer = "hangs";
    start(link);
    void reads.listLong("/tasks", (task) => task);
    link.answer = { value: [] };
    await vi.advanceTimersByTimeAsync(10_000);
    expect(link.asked).toBe(2);
    expect(reads.facts()).toMatchObject({ waitingSince: null, error: null });
  });

  test("a long list behind which everything hangs is one", async () => {
    const link = fakeLink("m");
    link.answer = "hangs";
    start(link);
    const startedAt = Date.now();
    void reads.listLong("/tasks", (task) => task);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(reads.facts().waitingSince).toBe(startedAt + 2_550);
    expect(onChange).toHaveBeenCalled();
  });
});

test.each([500, 503])(
  "HTTP %i with any sentence is an engine's trouble: another manager is asked, and it is told",
  async (status) => {
    const [bad, good] = [fakeLink("bad"), fakeLink("good")];
    const where = { engine: "bad", request: "GET /nodes", timeoutMs: 1_000 };
    const broken = toAppError(new EngineFailure("answered", where, { status, text: "it broke" }));
    const engine = { label: "bad", get: () => Promise.reject(broken) } as unknown as Engine;
    bad.engine = () => engine;
    start(bad, good);
    expect(await reads.get("/nodes")).toEqual(["good"]);
    start(bad);
    await expect(reads.get("/nodes")).rejects.toBe(broken);
    expect(reads.facts()).toMatchObject({ okAt: null, error: { text: "it broke" } });
  },
);

test("an answer that is no list is none, whatever its status; null is an empty one", async () => {
  const [odd, good] = [fakeLink("odd"), fakeLink("good")];
  odd.answer = { value: { message: "no list" } };
  start(odd, good);
  expect(await reads.get("/nodes")).toEqual(["good"]);
  start(odd);
  await expect(reads.get("/nodes")).rejects.toMatchObject({
    code: "engine_error",
    engineText: "the answer is not a list",
  });
  odd.answer = { value: null };
  expect(await reads.get("/nodes")).toEqual([]);
});
