import type { ServerResponse } from "node:http";
import type { SimContainer, SimTask } from "../world/objects.ts";
import type { World } from "../world/world.ts";
import { containerOf } from "./container-lookup.ts";
import { isYes, Refusal } from "./refusal.ts";
import type { Answer, Call, Route } from "./route.ts";
import { serviceOf } from "./service-routes.ts";
import { taskOf } from "./task-routes.ts";

/** Lines answered for a container when nothing is said. */
const MOST_LINES = 200;

/** `[1,0,0,0, length]` before every piece, as Docker sends what comes from containers without a terminal. */
export function frame(text: string | Buffer, stream: 1 | 2 = 1): Buffer {
  const bytes = typeof text === "string" ? Buffer.from(text) : text;
  const head = Buffer.alloc(8);
  head.writeUInt8(stream, 0);
  head.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([head, bytes]);
}

/** A line that a container has written. */
export interface LogLine {
  readonly at: number;
  readonly stream: 1 | 2;
  readonly text: string;
}

/** What a container has logged in (from, to], newest `most` lines: they follow from its image and its clock alone. */
export function linesOf(
  world: World,
  container: SimContainer,
  from: number,
  to: number,
  most: number,
): LogLine[] {
  if (container.startedAt === 0) return [];
  const { logs, everyMs } = world.workloadOf(container.image);
  const { startedAt, finishedAt } = container;
  const last = Math.floor((Math.min(to, finishedAt ?? to) - startedAt) / everyMs);
  const first = Math.max(0, Math.floor((from - startedAt) / everyMs) + 1, last - most + 1);
  const lines: LogLine[] = [];
  for (let n = first; n <= last; n += 1) {
    const said = (logs[n % logs.length] ?? "").replace("{n}", String(n));
    const isError = said.startsWith("stderr: ");
    lines.push({
      at: startedAt + n * everyMs,
      stream: isError ? 2 : 1,
      text: isError ? said.slice(8) : said,
    });
  }
  return lines;
}

function detailsOf(task: SimTask): string {
  const facts = { "node.id": task.nodeId, "service.id": task.serviceId, "task.id": task.id };
  return Object.entries(facts)
    .map(([key, value]) => `com.docker.swarm.${key}=${value}`)
    .join(",");
}

interface Wanted {
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly timestamps: boolean;
  readonly details: boolean;
}

function write(response: ServerResponse, container: SimContainer, line: LogLine, wanted: Wanted): void {
  if (!(line.stream === 1 ? wanted.stdout : wanted.stderr)) return;
  const stamp = wanted.timestamps ? `${new Date(line.at).toISOString().replace("Z", "000000Z")} ` : "";
  const details = wanted.details && container.task ? `${detailsOf(container.task)} ` : "";
  const text = `${stamp}${details}${line.text}`;
  response.write(isTty(container) ? `${text}\r\n` : frame(`${text}\n`, line.stream));
}

export function isTty({ task, body }: SimContainer): boolean {
  return task ? task.template.ContainerSpec?.TTY === true : body?.Tty === true;
}

/** The content type of what a container says. */
function logType(
  { profile, version }: Pick<Call, "profile" | "version">,
  tty: boolean,
): Record<string, string> {
  if (!profile.hasLogType) return {};
  // Asked in an old version the engine says raw of everything.
  const kind = tty || version < 42 ? "raw-stream" : "multiplexed-stream";
  return { "Content-Type": `application/vnd.docker.${kind}` };
}

/** Answers the lines of containers, one after another; with follow it goes on each second until the client leaves. */
function sendLogs(call: Call, containers: () => readonly SimContainer[], isOwn: boolean): Answer {
  const { world, query, response } = call;
  const wanted: Wanted = {
    stdout: isYes(query.get("stdout")),
    stderr: isYes(query.get("stderr")),
    timestamps: isYes(query.get("timestamps")),
    details: isYes(query.get("details")),
  };
  if (!wanted.stdout && !wanted.stderr) {
    throw new Refusal(isOwn ? 400 : 500, "Bad parameters: you must choose at least one stream");
  }
  const tail = query.get("tail") ?? "all";
  const most = /^\d+$/.test(tail) ? Number(tail) : MOST_LINES;
  const since = momentOf(query.get("since"), 0);
  const until = momentOf(query.get("until"), Number.POSITIVE_INFINITY);
  const first = containers()[0];
  response.writeHead(200, logType(call, first !== undefined && isTty(first)));
  let sentUntil = world.now;
  const send = (from: number, to: number, limit: number) => {
    for (const container of containers()) {
      for (const line of linesOf(world, container, from, Math.min(to, until), limit))
        write(response, container, line, wanted);
    }
  };
  send(since, sentUntil, most);
  const isOver = () =>
    isOwn && containers().every(({ startedAt, finishedAt }) => startedAt > 0 && finishedAt !== null);
  if (!isYes(query.get("follow")) || isOver()) {
    response.end();
    return "open";
  }
  const again = () => {
    if (response.closed || response.destroyed) return;
    // Backpressure: who does not read gets nothing more until it has.
    if (!response.writableNeedDrain) {
      send(sentUntil, world.now, MOST_LINES);
      sentUntil = world.now;
    }
    if (isOver()) response.end();
    else world.timeline.after(1_000, again);
  };
  response.flushHeaders();
  world.timeline.after(1_000, again);
  return "open";
}

function momentOf(text: string | null, otherwise: number): number {
  if (text === null || text === "" || text === "0") return otherwise;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const parsed = /^\d{4}-/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(parsed)) throw new Refusal(500, `strconv.ParseInt: parsing "${text}": invalid syntax`);
  return parsed;
}

const containersOf = (tasks: readonly SimTask[]) =>
  tasks.map(({ container }) => container).filter((each) => each !== null);

export const logRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/containers/{ref}/logs",
    handle: (call) => {
      const container = containerOf(call);
      return sendLogs(call, () => [container], true);
    },
  },
  {
    method: "GET",
    path: "/services/{ref}/logs",
    isSwarm: true,
    handle: (call) => {
      const { id } = serviceOf(call.world, call.ref);
      return sendLogs(call, () => containersOf(call.world.tasksOf(id)), false);
    },
  },
  {
    method: "GET",
    path: "/tasks/{ref}/logs",
    isSwarm: true,
    handle: (call) => {
      const task = taskOf(call.world, call.ref);
      return sendLogs(call, () => containersOf([task]), false);
    },
  },
];
