import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createEngineIdentity } from "./engine-info.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "shoal-engine-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("an engine that has told who it is stays known while it answers nothing", async () => {
  const path = join(folder, "docker.sock");
  const identity = createEngineIdentity(path);
  await expect(identity.read()).rejects.toMatchObject({ code: "ENOENT" });

  let isFrozen = false;
  const engine = createServer((_request, response) => {
    if (!isFrozen) response.end(JSON.stringify({ ID: "e", Name: "swarm-1", Swarm: { NodeID: "n1" } }));
  });
  engine.listen(path);
  await once(engine, "listening");
  const known = { engineId: "e", name: "swarm-1", swarmNodeId: "n1" };
  expect(await identity.read()).toMatchObject(known);
  isFrozen = true;
  expect(await identity.read()).toMatchObject(known);
  engine.closeAllConnections();
  engine.close();
});

test("what does not say who it is is no engine", async () => {
  const path = join(folder, "docker.sock");
  const other = createServer((_request, response) => response.end("{}"));
  other.listen(path);
  await once(other, "listening");
  await expect(createEngineIdentity(path).read()).rejects.toThrow("does not say who it is");
  other.close();
});
