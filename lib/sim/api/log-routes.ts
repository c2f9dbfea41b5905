import type { SimTask } from "../world/objects.ts";
import type { World } from "../world/world.ts";
import { containerOf } from "./engine-routes.ts";
import { Refusal } from "./refusal.ts";
import type { Answer, Call, Route } from "./route.ts";
import { serviceOf, taskOf } from "./service-routes.ts";

/** Lines answered for a task when nothing is said. */
const MOST_LINES = 200;

/** `[1,0,0,0, length]` before every line, as Docker sends logs of containers without a terminal. */
function frame(line: string): Buffer {
  const text = Buffer.from(line);
  const head = Buffer.alloc(8);
  head.writeUInt8(1, 0);
  head.writeUInt32BE(text.length, 4);
  return Buffer.concat([head, text]);
}

interface LogLine {
  readonly at: number;
  readonly frame: Buffer;
}

/** What a task has logged in (from, to], newest `most` lines: they follow from its image and its clock alone. */
function linesOf(
  world: World,
  task: SimTask,
  { from, to, most, query }: { from: number; to: number; most: number; query: URLSearchParams },
): LogLine[] {
  const { container } = task;
  if (container === null) return [];
  const { logs, everyMs } = world.workloadOf(task.template.ContainerSpec?.Image ?? "");
  const last = Math.floor((Math.min(to, container.finishedAt ?? to) - container.startedAt) / everyMs);
  const first = Math.max(0, Math.floor((from - container.startedAt) / everyMs) + 1, last - most + 1);
  const lines: LogLine[] = [];
  for (let n = first; n <= last; n += 1) {
    const at = container.startedAt + n * everyMs;
    const details = query.get("details") === "1" ? `${detailsOf(task)} ` : "";
    const stamp = query.get("timestamps") === "1" ? `${new Date(at).toISOString()} ` : "";
    lines.push({ at, frame: frame(`${stamp}${details}${logs[n % logs.length]}\n`) });
  }
  return lines;
}

function detailsOf(task: SimTask): string {
  const facts = { "node.id": task.nodeId, "service.id": task.serviceId, "task.id": task.id };
  return Object.entries(facts)
    .map(([key, value]) => `com.docker.swarm.${key}=${value}`)
    .join(",");
}

/** Answers the lines of `tasks`, task by task; with follow=1 it goes on each second until the client leaves. */
function sendLogs({ cluster: { swarm }, query, response }: Call, tasks: () => readonly SimTask[]): Answer {
  const { world } = swarm;
  if (query.get("stdout") !== "1" && query.get("stderr") !== "1") {
    throw new Refusal(500, "Bad parameters: you must choose at least one stream");
  }
  const tail = query.get("tail") ?? "all";
  const most = /^\d+$/.test(tail) ? Number(tail) : MOST_LINES;
  const since = Number(query.get("since") ?? 0) * 1000;
  let sentUntil = world.now;
  response.writeHead(200, { "Content-Type": "application/vnd.docker.multiplexed-stream" });
  const write = (from: number, to: number, limit: number) => {
    for (const task of tasks()) {
      for (const line of linesOf(world, task, { from, to, most: limit, query })) response.write(line.frame);
    }
  };
  write(since, sentUntil, most);
  if (query.get("follow") !== "1") {
    response.end();
    return "open";
  }
  const again = () => {
    if (response.closed || response.destroyed) return;
    write(sentUntil, world.now, MOST_LINES);
    sentUntil = world.now;
    world.timeline.after(1_000, again);
  };
  response.flushHeaders();
  world.timeline.after(1_000, again);
  return "open";
}

export const logRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/containers/{ref}/logs",
    handle: (call) => {
      const task = containerOf(call);
      return sendLogs(call, () => [task]);
    },
  },
  {
    method: "GET",
    path: "/services/{ref}/logs",
    isSwarm: true,
    handle: (call) => {
      const { world } = call.cluster.swarm;
      const { id } = serviceOf(world, call.ref);
      return sendLogs(call, () => world.tasksOf(id));
    },
  },
  {
    method: "GET",
    path: "/tasks/{ref}/logs",
    isSwarm: true,
    handle: (call) => {
      const task = taskOf(call.cluster.swarm.world, call.ref);
      return sendLogs(call, () => [task]);
    },
  },
];
