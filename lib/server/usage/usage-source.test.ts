import { describe, expect, test } from "vitest";
import type { LinkedNode } from "#lib/server/cluster/nodes/node-engines.ts";
import { AppError } from "#lib/shared/errors.ts";
import { dockerStats } from "./docker-stats.ts";
import { usageSourceOf } from "./usage-source.ts";

const signal = new AbortController().signal;
const ids = Array.from({ length: 100 }, (_, i) => `container${i}`.padEnd(12, "x"));
const read = "2026-11-24T18:53:44Z";
const engineOf = (answer: (path: string) => unknown) => ({
  get: async <T>(path: string) => (await answer(path)) as T,
});

describe("the engine's stats", () => {
  test("never take more than half of the engine's sockets", async () => {
    let [open, most] = [0, 0];
    const source = dockerStats(
      engineOf(async () => {
        open += 1;
        most = Math.max(most, open);
        await new Promise((resolve) => setTimeout(resolve, 1));
        open -= 1;
        return { read };
      }),
    );
    const { containers } = await source.sample(ids, signal);
    expect(containers).toHaveLength(100);
    expect(most).toBe(16);
  });

  test("one that ended meanwhile is left out", async () => {
    const source = dockerStats(
      engineOf((path) => {
        if (path.includes("container7x")) throw new AppError("not_found", "no such container");
        return { read };
      }),
    );
    expect((await source.sample(ids, signal)).containers).toHaveLength(99);
  });

  test("an engine that does not answer is not asked a hundred times", async () => {
    let calls = 0;
    const source = dockerStats(
      engineOf(() => {
        calls += 1;
        throw new AppError("engine_timeout", "it does not answer");
      }),
    );
    await expect(source.sample(ids, signal)).rejects.toThrow("it does not answer");
    expect(calls).toBeLessThanOrEqual(16);
  });
});

describe("the agent", () => {
  const nodeWith = (answer: unknown) =>
    ({
      engine: engineOf(() => {
        throw new Error("the engine was asked");
      }),
      link: { nodeApi: () => ({ capabilities: ["usage"], get: async () => answer }) },
    }) as unknown as LinkedNode;

  test("is asked where there is one", async () => {
    const sample = { containers: [], node: null };
    expect(await usageSourceOf(nodeWith(sample)).sample(ids, signal)).toEqual(sample);
  });

  test.each([
    null,
    {},
    { containers: [{ id: "short" }], node: null },
    { containers: [], node: { load: "high" } },
    { containers: "many", node: null },
  ])("is not believed when it says %j", async (answer) => {
    await expect(usageSourceOf(nodeWith(answer)).sample(ids, signal)).rejects.toThrow("the agent there");
  });
});
