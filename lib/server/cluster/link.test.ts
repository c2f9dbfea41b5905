import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { soon } from "#lib/shared/testing/soon.ts";
import { type Link, startLink } from "./link.ts";

let folder: string;
let server: Server;
let link: Link;
/** What the engine says of its place in a swarm, and how often it was asked. */
let place: "active" | "inactive";
let asked: number;
let silence: ReturnType<typeof vi.fn>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "shoal-link-"));
  place = "active";
  asked = 0;
  silence = vi.fn();
  server = createServer((request, response) => {
    const path = (request.url ?? "").replace(/^\/v[\d.]+/, "");
    if (path.startsWith("/events")) return void response.flushHeaders();
    if (path === "/info") asked += 1;
    const swarm = { LocalNodeState: place, NodeID: place === "active" ? "n1" : "", ControlAvailable: true };
    const json =
      path === "/info"
        ? { ID: "e1", Name: "swarm-1", Swarm: swarm }
        : { ApiVersion: "1.41", Version: "20.10" };
    response.setHeader("content-type", "application/json");
    response.end(path === "/_ping" ? "OK" : JSON.stringify(json));
  });
  const path = join(folder, "docker.sock");
  await new Promise<void>((resolve) => server.listen(path, resolve));
  link = startLink({
    id: "l1",
    candidates: [{ kind: "unix", path, name: `unix://${path}` }],
    certPath: null,
    maxPauseMs: 60_000,
    log: Object.assign(pino({ level: "silent" }), { debug: silence }),
    timing: { beatMs: 60_000, leftMs: 200 },
    onChange: () => {},
    onUp: () => {},
    onEvent: () => {},
  });
  await soon(() => expect(link.state()).toMatchObject({ ok: true, facts: { swarm: { state: "active" } } }));
});
afterEach(async () => {
  await link.stop();
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

async function leaves(): Promise<void> {
  const before = asked;
  place = "inactive";
  link.refresh();
  await soon(() => expect(asked).toBe(before + 1));
}

test("an engine that leaves its swarm and is gone right after was shut down: what it was stays known", async () => {
  await leaves();
  // It still answers on the connections that it has.
  server.close();
  await soon(() => expect(silence).toHaveBeenCalledWith(expect.anything(), "no /info"));
  expect(link.state()).toMatchObject({ ok: true, facts: { swarm: { state: "active" } } });
  server.closeAllConnections();
  await soon(() => expect(link.state().ok).toBe(false));
  await link.stop();
  expect(link.state().facts?.swarm).toMatchObject({ state: "active", nodeId: "n1" });
});

test("an engine that goes on outside of its swarm has left it", async () => {
  await leaves();
  expect(link.state().facts?.swarm.state).toBe("active");
  await soon(() => expect(link.state().facts?.swarm.state).toBe("inactive"));
  expect(link.state().ok).toBe(true);
});
