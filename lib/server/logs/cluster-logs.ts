import type { Logger } from "pino";
import type { Engine } from "#lib/server/docker/engine.ts";
import { isAppError } from "#lib/shared/errors.ts";
import { type LogTarget, type LogTask, longestLine } from "#lib/shared/logs/log-line.ts";
import { inspectTarget } from "./inspect-target.ts";
import { type KeptLog, LogFollower } from "./log-follower.ts";
import { LogReader } from "./log-reader.ts";
import { createLogSources, type LogSourcesOptions } from "./log-source.ts";
import { type LogPage, type LogQuery, readLog } from "./read-log.ts";
import { createTaskTable } from "./task-table.ts";

/** The logs of one cluster. */
export interface ClusterLogs {
  /** Follows a target; everybody who follows the same one shares a stream, which ends with the last reader. */
  follow(target: LogTarget): LogReader;
  /** Reads what is there now. Throws not_found and what the engine throws. */
  read(target: LogTarget, query: LogQuery, signal: AbortSignal): Promise<LogPage>;
  /** Slots and nodes of the tasks of a target, earlier ones too, as far as the engine remembers them. */
  tasksOf(target: LogTarget): Promise<readonly LogTask[]>;
  stop(): void;
}

export interface ClusterLogsOptions extends LogSourcesOptions {
  readonly log: Logger;
  /** What is kept of a task that is gone. */
  readonly kept: (taskId: string) => KeptLog | null;
  /** A stream goes on this long without a reader, ms: pages change. */
  readonly lingerMs?: number;
}

/** Of a task that wrote much before its log was followed. */
const wholeTask: LogQuery = {
  tail: 50_000,
  since: null,
  streams: ["stdout", "stderr"],
  longest: longestLine,
};

interface Shared {
  readonly follower: LogFollower;
  readers: number;
  ending: NodeJS.Timeout | null;
}

export function createClusterLogs(options: ClusterLogsOptions): ClusterLogs {
  const { manager, log, lingerMs = 3_000 } = options;
  const shared = new Map<string, Shared>();
  const sources = createLogSources(options);
  const table = createTaskTable(manager);
  const keptOf = ({ kind, id }: LogTarget) => (kind === "task" ? options.kept(id) : null);

  function open(target: LogTarget): Shared {
    const key = keyOf(target);
    const known = shared.get(key);
    if (known) return known;
    const inspect = (engine: Engine) => inspectTarget(engine, target);
    const readTask = async (id: string, signal: AbortSignal) =>
      (await readLog(manager(), { kind: "task", id }, wholeTask, signal)).lines;
    const engine = () => sources.engineOf(target);
    const kept = () => keptOf(target);
    const follower = new LogFollower({ target, engine, inspect, readTask, kept, log });
    const made = { follower, readers: 0, ending: null };
    shared.set(key, made);
    return made;
  }

  function leave(target: LogTarget, entry: Shared): void {
    entry.readers -= 1;
    if (entry.readers > 0) return;
    entry.ending = setTimeout(() => {
      entry.follower.stop();
      shared.delete(keyOf(target));
    }, lingerMs);
    entry.ending.unref();
  }

  async function readOrKept(target: LogTarget, query: LogQuery, signal: AbortSignal): Promise<LogPage> {
    let page: LogPage | null = null;
    try {
      page = await readLog(await sources.engineOf(target), target, query, signal);
      if (page.lines.length > 0) return page;
    } catch (error) {
      if (!isAppError(error) || error.code !== "not_found" || keptOf(target) === null) throw error;
    }
    const kept = keptOf(target);
    if (kept === null) return page ?? { lines: [], isCut: false, notices: [] };
    const { streams, tail, since } = query;
    const lines = kept.lines.filter(({ stream, at }) => streams.includes(stream) && at >= (since ?? 0));
    return { lines: lines.slice(-tail), isCut: false, notices: [kept.notice] };
  }

  return {
    follow(target) {
      const entry = open(target);
      if (entry.ending !== null) clearTimeout(entry.ending);
      entry.ending = null;
      entry.readers += 1;
      return new LogReader(entry.follower, () => leave(target, entry));
    },
    read: readOrKept,
    async tasksOf(target) {
      if (target.kind !== "container") return table.of(target);
      const { name, node } = await sources.container(target);
      return [{ id: target.id, serviceId: "", slot: null, nodeId: node.id, name }];
    },
    stop() {
      for (const { follower, ending } of shared.values()) {
        if (ending !== null) clearTimeout(ending);
        follower.stop();
      }
      shared.clear();
    },
  };
}

function keyOf({ kind, id, node = "" }: LogTarget): string {
  return `${kind} ${id} ${node}`;
}
