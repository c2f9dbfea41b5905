import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AppError } from "#lib/shared/errors.ts";
import "#lib/shared/i18n/pages/all.ts";
import { applyPulls, type PullsDelta } from "#lib/shared/images/pulls-picture.ts";
import type { LinkedNode, NodeEngines } from "../nodes/node-engines.ts";
import { createPulls, type Pulls } from "./pulls.ts";

/** An engine whose answer to a pull is what the test says. */
class FakeEngine {
  private readonly lines: string[] = [];
  private wake: () => void = () => undefined;
  private ended = false;
  gaveUp = false;
  headers: Readonly<Record<string, string>> = {};

  say(line: object): Promise<void> {
    this.lines.push(`${JSON.stringify(line)}\n`);
    this.wake();
    return vi.advanceTimersByTimeAsync(0).then(() => undefined);
  }
  end(): Promise<void> {
    this.ended = true;
    this.wake();
    return vi.advanceTimersByTimeAsync(0).then(() => undefined);
  }
  async *stream(
    _path: string,
    { signal, headers }: { signal: AbortSignal; headers: Readonly<Record<string, string>> },
  ): AsyncGenerator<Uint8Array> {
    this.headers = headers;
    signal.addEventListener("abort", () => this.wake());
    for (;;) {
      if (signal.aborted) {
        this.gaveUp = true;
        return;
      }
      const line = this.lines.shift();
      if (line !== undefined) yield Buffer.from(line);
      else if (this.ended) return;
      else
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
    }
  }
}

let one: FakeEngine;
let two: FakeEngine;
let pulls: Pulls;
const link = new AbortController().signal;
const downloading = (current: number) => ({
  id: "aa",
  status: "Downloading",
  progressDetail: { current, total: 100 },
});
const states = () => pulls.list()[0]?.nodes.map(({ state }) => state);

beforeEach(() => {
  vi.useFakeTimers();
  one = new FakeEngine();
  two = new FakeEngine();
  const nodes = new Map(
    Object.entries({ one, two }).map(([id, engine]) => [id, { id, name: id, engine, signal: link }]),
  ) as unknown as Map<string, LinkedNode>;
  const get = (ref: string) => {
    const node = nodes.get(ref);
    if (!node) throw new AppError("not_found", ref);
    return node;
  };
  const onError = (error: unknown) => {
    throw error;
  };
  const engines: NodeEngines = { all: () => [...nodes.values()], get };
  pulls = createPulls({
    engines,
    registryAuth: () => null,
    now: Date.now,
    onPulled: () => undefined,
    onError,
  });
});
afterEach(() => {
  pulls.stop();
  vi.useRealTimers();
});

test("pages are told of many lines in one step, and end up with what the list says", async () => {
  let picture = pulls.feed.picture();
  const deltas: PullsDelta[] = [];
  pulls.feed.subscribe((delta) => {
    deltas.push(delta);
    picture = applyPulls(picture, delta) ?? picture;
  });
  pulls.start({ image: "a:1", nodes: ["one", "two"] }, "ann");
  expect(deltas).toHaveLength(1);
  for (let bytes = 1; bytes <= 50; bytes += 1) await one.say(downloading(bytes));
  expect(deltas).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(250);
  expect(deltas).toHaveLength(2);
  expect(deltas[1]?.pulls[0]?.nodes.map(({ id }) => id)).toEqual(["one"]);
  expect(picture.pulls[0]?.nodes[0]?.layers[0]?.current).toBe(50);
  await one.end();
  await two.end();
  // The end is told at once.
  expect(picture.pulls).toEqual(pulls.list());
  expect(pulls.list()[0]?.endedAt).not.toBeNull();
});

test("a cancelled pull ends on every node that was still at it, and only there", async () => {
  const { id } = pulls.start({ image: "a:1", nodes: ["one", "two"] }, "ann");
  await one.say({ status: "Status: Downloaded newer image for a:1" });
  await one.end();
  await two.say(downloading(10));
  const ended = await pulls.cancel(id, "bob");
  expect(two.gaveUp).toBe(true);
  expect(states()).toEqual(["done", "cancelled"]);
  expect(ended).toMatchObject({ by: "ann", cancelledBy: "bob" });
  expect(ended.endedAt).not.toBeNull();
  await expect(pulls.cancel(id, "eve")).rejects.toMatchObject({ code: "conflict" });
  await expect(pulls.cancel("none", "eve")).rejects.toMatchObject({ code: "not_found" });
});

test("what the engine had finished when it was told to stop is done, not cancelled", async () => {
  const { id } = pulls.start({ image: "a:1", nodes: ["one", "two"] }, "ann");
  await one.say({ status: "Status: Image is up to date for a:1" });
  await pulls.cancel(id, "bob");
  expect(states()).toEqual(["done", "cancelled"]);
});

test.each(["a", "ab", "abc"])("credentials reach the engine with their padding: %s", async (password) => {
  const auth = { username: "ü?>", password };
  pulls.start({ image: "registry:5000/a:1", nodes: ["one"], auth }, "ann");
  const header = one.headers["X-Registry-Auth"] ?? "";
  expect(header).toMatch(/^[\w-]+=*$/);
  expect(header.length % 4).toBe(0);
  expect(JSON.parse(Buffer.from(header, "base64url").toString())).toEqual({
    ...auth,
    serveraddress: "registry:5000",
  });
});

test("ended pulls are told of for half an hour, and those under way for as long as they take", async () => {
  const gone: string[] = [];
  pulls.feed.subscribe((delta) => gone.push(...delta.gone));
  const { id } = pulls.start({ image: "a:1", nodes: ["one"] }, "ann");
  const { id: going } = pulls.start({ image: "b:1", nodes: ["two"] }, "ann");
  await one.end();
  await vi.advanceTimersByTimeAsync(29 * 60_000);
  expect(pulls.list().map((pull) => pull.id)).toEqual([going, id]);
  await vi.advanceTimersByTimeAsync(2 * 60_000);
  expect(pulls.list().map((pull) => pull.id)).toEqual([going]);
  expect(gone).toEqual([id]);
});
