import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
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
let missed: ReturnType<typeof vi.fn<() => void>>;
let heard: string[];
/** Writes to the event stream that is open. */
let tell: (text: string) => void;
let endEvents: () => void;
let streams: number;
/** Event streams end as soon as they are open. */
let letsGo: boolean;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "shoal-link-"));
  place = "active";
  asked = 0;
  streams = 0;
  letsGo = false;
  silence = vi.fn();
  missed = vi.fn<() => void>();
  heard = [];
  server = createServer((request, response) => {
    const path = (request.url ?? "").replace(/^\/v[\d.]+/, "");
    if (path.startsWith("/events")) {
      streams += 1;
      tell = (text) => response.write(text);
      endEvents = () => response.end();
      response.flushHeaders();
      return letsGo ? endEvents() : undefined;
    }
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
    timing: { beatMs: 60_000, leftMs: 200, steadyMs: 400 },
    onChange: () => {},
    onUp: () => {},
    onEvent: (_, event) => heard.push(event.Action),
    onMissed: missed,
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

test("lines that are no events tell that something was missed, once for many, and those after them are heard", async () => {
  const event = (Action: string) => `${JSON.stringify({ Type: "service", Action, Actor: { ID: "s" } })}\n`;
  tell(event("create"));
  await soon(() => expect(heard).toEqual(["create"]));
  expect(missed).not.toHaveBeenCalled();
  tell(`${event("update").slice(0, 20)}\n${"garbage\n".repeat(1_000)}${event("remove")}`);
  await soon(() => expect(heard).toEqual(["create", "remove"]));
  expect(missed).toHaveBeenCalledOnce();
  expect(link.state().ok).toBe(true);
});

test("an engine whose event streams end at once is asked less and less often", async () => {
  letsGo = true;
  endEvents();
  await soon(() => expect(streams).toBeGreaterThanOrEqual(4));
  const before = streams;
  // Pauses of 250 ms each would be eight more streams by now; they double instead.
  await delay(2_000);
  expect(streams - before).toBeLessThanOrEqual(2);
});

test("a connection that lasted is tried again at once", async () => {
  for (let turn = 2; turn <= 4; turn += 1) {
    await delay(450);
    const began = Date.now();
    endEvents();
    await soon(() => expect(streams).toBe(turn));
    expect(Date.now() - began).toBeLessThan(700);
  }
});
