import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import type { CallFault, FaultPlan } from "./fault-plan.ts";
import { type FloodLine, flood, passEvents } from "./faulty-events.ts";

/** Decides for one call; null: as the plan says. */
export type Ruling = (method: string, path: string) => CallFault | "hang" | null;

/** Something between Shoal and an engine that does to calls and events what a plan says. */
export interface FaultyEngine {
  /** As a DOCKER_HOST value. */
  readonly host: string;
  /** Calls so far, by path without version and query. */
  calls(): ReadonlyMap<string, number>;
  /** What was done to calls, oldest first. */
  readonly done: readonly string[];
  /** Faults come from now on, or no longer. */
  setFaulty(faulty: boolean): void;
  /** Instead of the plan. */
  rule(ruling: Ruling | null): void;
  /** Of the next so many events only the first half is told, as a line of its own. */
  tear(events: number): void;
  /** 5,000 events a second on every open stream, for a while. */
  flood(ms: number): void;
  close(): Promise<void>;
}

export interface FaultyEngineOptions {
  readonly socketPath: string;
  readonly plan: FaultPlan;
  readonly floodLine: FloodLine;
}

/** Starts it on a free loopback port. The caller closes it. */
export async function startFaultyEngine(options: FaultyEngineOptions): Promise<FaultyEngine> {
  const { socketPath, plan, floodLine } = options;
  const counts = new Map<string, number>();
  const done: string[] = [];
  const streams = new Set<ServerResponse>();
  let faulty = false;
  let torn = 0;
  let ruling: Ruling | null = null;
  let refusing: NodeJS.Timeout | null = null;
  let closed = false;

  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.keepAliveTimeout = 0;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  const isTorn = () => {
    torn -= 1;
    return torn >= 0;
  };

  /** Nothing listens for a while, and what was open is gone. */
  function refuse(ms: number): void {
    if (refusing !== null || closed) return;
    server.close();
    server.closeAllConnections();
    refusing = setTimeout(() => {
      refusing = null;
      if (!closed) server.listen(port, "127.0.0.1");
    }, ms);
  }

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = "GET", url = "/" } = incoming;
    const path = pathOf(url);
    counts.set(path, (counts.get(path) ?? 0) + 1);
    const fault = ruling?.(method, path) ?? (faulty ? plan.nextCall() : { kind: "none" as const });
    if (fault === "hang") return;
    if (fault.kind !== "none") done.push(`${method} ${path} ${JSON.stringify(fault)}`);
    const isLate = fault.kind === "slow" && fault.what === "answer";
    if ("ms" in fault && fault.kind !== "refuse" && !isLate) await pause(fault.ms, undefined, { ref: false });
    if (fault.kind === "refuse") return refuse(fault.ms);
    if (fault.kind === "reset") return void incoming.socket.destroy();
    if (fault.kind === "status") return void outgoing.writeHead(fault.status).end(fault.body);
    const answer = await passOn(socketPath, incoming, outgoing);
    if (isLate && path !== "/events") return late(answer, outgoing, fault.ms);
    if (fault.kind === "cut" && path !== "/events") return cutShort(answer, outgoing, fault);
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    outgoing.flushHeaders();
    if (path !== "/events") return void answer.pipe(outgoing);
    streams.add(outgoing);
    outgoing.on("close", () => streams.delete(outgoing));
    passEvents(answer, outgoing, plan, { isFaulty: () => faulty, floodLine, isTorn });
  }

  return {
    host: `tcp://127.0.0.1:${port}`,
    calls: () => counts,
    done,
    setFaulty(next) {
      faulty = next;
    },
    rule(next) {
      ruling = next;
    },
    tear(events) {
      torn = events;
    },
    flood(ms) {
      const later = (wait: number, run: () => void) => void setTimeout(run, wait);
      for (const stream of streams) flood((text) => void stream.write(text), floodLine, ms, later);
    },
    async close() {
      closed = true;
      if (refusing !== null) clearTimeout(refusing);
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function passOn(
  socketPath: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<IncomingMessage> {
  const { method, url, headers } = incoming;
  const call = request({ socketPath, method, path: url, headers, agent: false });
  incoming.pipe(call);
  outgoing.on("close", () => call.destroy());
  call.on("error", () => outgoing.destroy());
  const [answer] = (await once(call, "response")) as [IncomingMessage];
  answer.on("error", () => outgoing.destroy());
  return answer;
}

/** All of it, as it was when the engine was asked. */
async function late(answer: IncomingMessage, outgoing: ServerResponse, ms: number): Promise<void> {
  const whole = await buffer(answer);
  await pause(ms, undefined, { ref: false });
  outgoing.writeHead(answer.statusCode ?? 502, {
    "Content-Type": answer.headers["content-type"] ?? "application/json",
  });
  outgoing.end(whole);
}

/** Never the whole document: its end is always missing. */
async function cutShort(
  answer: IncomingMessage,
  outgoing: ServerResponse,
  { part, end }: Extract<CallFault, { kind: "cut" }>,
): Promise<void> {
  const whole = await buffer(answer);
  const some = whole.subarray(0, Math.max(0, Math.floor(part * (whole.length - 2))));
  const type = answer.headers["content-type"] ?? "application/json";
  if (end === "clean") {
    outgoing.writeHead(answer.statusCode ?? 502, { "Content-Type": type });
    outgoing.end(some);
    return;
  }
  outgoing.writeHead(answer.statusCode ?? 502, { "Content-Type": type, "Content-Length": whole.length });
  outgoing.flushHeaders();
  if (some.length === 0) outgoing.destroy();
  else outgoing.write(some, () => outgoing.destroy());
}

/** Without version and query. */
function pathOf(url: string): string {
  return (url.split("?")[0] ?? url).replace(/^\/v\d+\.\d+/, "");
}
