import type { z } from "zod";
import type { Cluster } from "#lib/server/runtime-types.ts";
import type { logQuery } from "#lib/shared/api/operations/log.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { compareLines, type LogLine, type LogTarget, type LogTask } from "#lib/shared/logs/log-line.ts";
import { readSince } from "#lib/shared/logs/since.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";

/** Lines of each task when nothing is said, and bytes of one line: an answer has it whole. */
const [defaultTail, longestWhole] = [1_000, 4 * 1024 * 1024];

export type LogAnswerQuery = z.output<typeof logQuery>;

/** The services a stack has now. Throws not_found. */
export function stackTargets(model: ClusterModel, stack: string): readonly LogTarget[] {
  const services = Object.values(model.services).filter((service) => service.stack === stack);
  if (services.length === 0) throw new AppError("not_found", t("logs.error.noStack", { stack }));
  return services.map(({ id }) => ({ kind: "service", id }));
}

/** A service by id or name; one that the picture does not have is asked for as it was named. */
export function serviceTarget(model: ClusterModel, ref: string): LogTarget {
  const named = model.services[ref] ?? Object.values(model.services).find(({ name }) => name === ref);
  return { kind: "service", id: named?.id ?? ref };
}

/** Reads the logs of the targets and answers them merged by time. What was left out is said in the last lines. */
export async function logAnswer(
  cluster: Cluster,
  targets: readonly LogTarget[],
  query: LogAnswerQuery,
  { name, signal }: { readonly name: string; readonly signal: AbortSignal },
): Promise<Response> {
  const wanted = {
    tail: query.tail ?? defaultTail,
    since: query.since === undefined ? null : readSince(query.since, Date.now()),
    streams: (["stdout", "stderr"] as const).filter((stream) => query[stream] !== "0"),
    longest: longestWhole,
  };
  if (wanted.streams.length === 0) throw new AppError("invalid_input", t("logs.error.noStream"));
  const pages = await Promise.all(targets.map((target) => cluster.logs.read(target, wanted, signal)));
  const lines = pages.flatMap((page) => page.lines);
  if (pages.length > 1) lines.sort(compareLines);
  const notices = pages.flatMap((page) => page.notices);
  if (pages.some((page) => page.isCut)) notices.push(t("logs.cut"));
  const tasks = await Promise.all(targets.map((target) => cluster.logs.tasksOf(target)));
  const writer = new LineWriter(cluster.model(), tasks.flat(), query);
  const isJson = query.format === "json";
  const type = isJson ? "application/x-ndjson" : "text/plain";
  return new Response(inChunks(lines, notices, writer), {
    headers: {
      "content-type": `${type}; charset=utf-8`,
      "cache-control": "no-store",
      ...(query.download === "1" && {
        "content-disposition": `attachment; filename="${fileName(name)}.${isJson ? "ndjson" : "log"}"`,
      }),
    },
  });
}

function fileName(name: string): string {
  const time = new Date().toISOString().slice(0, 19).replaceAll(":", "");
  return `${name.replace(/[^A-Za-z0-9._-]/g, "_").slice(0, 80)}-${time}`;
}

/** Makes text of lines a thousand at a time, as they are taken. */
function inChunks(lines: readonly LogLine[], notices: readonly string[], writer: LineWriter): ReadableStream {
  const encoder = new TextEncoder();
  const step = 1_000;
  let at = 0;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const some = lines.slice(at, at + step).map((line) => writer.line(line));
      at += step;
      const isLast = at >= lines.length;
      if (isLast) some.push(...notices.map((text) => writer.notice(text)));
      if (some.length > 0) controller.enqueue(encoder.encode(some.join("")));
      if (isLast) controller.close();
    },
  });
}

class LineWriter {
  private readonly model: ClusterModel;
  private readonly tasks: ReadonlyMap<string, LogTask>;
  private readonly query: LogAnswerQuery;

  constructor(model: ClusterModel, tasks: readonly LogTask[], query: LogAnswerQuery) {
    this.model = model;
    this.tasks = new Map(tasks.map((task) => [task.id, task]));
    this.query = query;
  }

  line(line: LogLine): string {
    const time = `${new Date(line.at).toISOString().slice(0, -1)}${String(line.nanos).padStart(6, "0")}Z`;
    const nodeId = line.nodeId || (this.tasks.get(line.taskId)?.nodeId ?? "");
    const node = this.model.nodes[nodeId]?.name ?? nodeId;
    const task = this.taskName(line.taskId);
    const { stream, text } = line;
    if (this.query.format === "json") {
      return `${JSON.stringify({ time, task, taskId: line.taskId, node, nodeId, stream, text, cut: line.cut })}\n`;
    }
    return this.query.names === "0"
      ? `${text}\n`
      : `${time} ${task} ${node} ${stream === "stderr" ? "E" : "-"} ${text}\n`;
  }

  notice(text: string): string {
    return this.query.format === "json" ? `${JSON.stringify({ notice: text })}\n` : `# ${text}\n`;
  }

  private taskName(id: string): string {
    const own = this.tasks.get(id)?.name;
    if (own !== undefined) return own;
    const task = this.model.tasks[id] ?? this.tasks.get(id);
    if (!task) return id.slice(0, 12);
    const service = this.model.services[task.serviceId]?.name ?? task.serviceId.slice(0, 12);
    return task.slot === null || task.slot === 0 ? service : `${service}.${task.slot}`;
  }
}
