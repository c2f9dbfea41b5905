import { expect, it } from "vitest";
import type { Engine } from "#lib/server/docker/engine.ts";
import { AppError } from "#lib/shared/errors.ts";
import { bringBack, createRescue, type RescueState } from "./rescue.ts";

/** An engine with containers by id; `broken` ones do not start. */
function anEngine(running: Record<string, { name: string; runs: boolean }>, broken: readonly string[] = []) {
  const calls: string[] = [];
  const of = (path: string) => path.split("/")[2] ?? "";
  const engine = {
    async get(path: string) {
      const found = running[of(path)];
      if (!found) throw new AppError("not_found", "gone");
      return { Id: of(path), Name: `/${found.name}`, State: { Running: found.runs } };
    },
    async send(method: string, path: string, { query = {} }: { query?: Record<string, string> } = {}) {
      const id = of(path);
      const verb = path.split("/")[3] ?? "remove";
      calls.push(`${verb} ${id}`);
      const found = running[id];
      if (!found) throw new AppError("not_found", "gone");
      if (method === "DELETE") delete running[id];
      else if (verb === "rename") running[id] = { ...found, name: query.name ?? "" };
      else if (verb === "start") {
        if (broken.includes(id)) throw new AppError("refused_by_engine", "it", { engineText: "port taken" });
        running[id] = { ...found, runs: true };
      } else if (verb === "stop") running[id] = { ...found, runs: false };
      return "";
    },
  };
  return { engine: engine as unknown as Engine, calls, running };
}

it("renames what compose removes, writes it down before, and removes it when the successor runs", async () => {
  const { engine, running } = anEngine({ old: { name: "web", runs: true }, new: { name: "x", runs: false } });
  const written: RescueState[] = [];
  const rescue = createRescue(engine, 7, (state) => written.push(state));
  rescue.made("new");
  await rescue.willStop("old");
  await engine.send("POST", "/containers/old/stop");
  await rescue.keep("old", { v: "1" });
  expect(running.old).toEqual({ name: "web_before_7", runs: false });
  expect(rescue.isKept("old")).toBe(true);
  expect(written.at(-1)).toEqual({
    made: ["new"],
    kept: [{ id: "old", name: "web", wasRunning: true, query: { v: "1" } }],
    stopped: [],
  });
  await rescue.forget();
  expect(Object.keys(running)).toEqual(["new"]);
  expect(written.at(-1)).toEqual({ made: [], kept: [], stopped: [] });
});

it("removes what this deploy has made itself for good", async () => {
  const { engine, running } = anEngine({ new: { name: "x", runs: false } });
  const rescue = createRescue(engine, 7, () => undefined);
  rescue.made("new");
  await rescue.keep("new", {});
  expect([running, rescue.state().made]).toEqual([{}, []]);
});

it("brings back what ran, leaves stopped what was stopped, and says what does not come back", async () => {
  const { engine, running } = anEngine(
    {
      new: { name: "web", runs: true },
      a: { name: "web_before_7", runs: false },
      b: { name: "job_before_7", runs: false },
      c: { name: "db", runs: false },
    },
    ["c"],
  );
  const restored = await bringBack(engine, {
    made: ["new", "gone"],
    kept: [
      { id: "a", name: "web", wasRunning: true, query: {} },
      { id: "b", name: "job", wasRunning: false, query: {} },
    ],
    stopped: ["c"],
  });
  expect(running).toEqual({
    a: { name: "web", runs: true },
    b: { name: "job", runs: false },
    c: { name: "db", runs: false },
  });
  expect(restored.back).toEqual(["job", "web"]);
  expect(restored.failed).toEqual([{ name: "c", why: "port taken" }]);
});
