import type { TaskLastLines } from "#lib/shared/api/last-lines.ts";
import type { LogLine } from "#lib/shared/logs/log-line.ts";
import type { Db } from "./open.ts";

type Row = Omit<TaskLastLines, "oomKilled" | "lines"> & {
  readonly oomKilled: number;
  readonly lines: string;
};
type KeptLine = readonly [stderr: 0 | 1, at: number, nanos: number, text: string, cut: number];

const columns = `task_id AS taskId, service_id AS serviceId, service_name AS serviceName, node_id AS nodeId,
  node_name AS nodeName, container_id AS containerId, at, exit_code AS exitCode, oom AS oomKilled, error,
  dropped, skipped, lines`;

/** What failed tasks wrote last, of every cluster. */
export function lastLinesTable(db: Db) {
  const insert = db.prepare(
    `INSERT OR REPLACE INTO last_lines (cluster, task_id, service_id, service_name, node_id, node_name, container_id,
       at, exit_code, oom, error, dropped, skipped, lines)
     VALUES (@cluster, @taskId, @serviceId, @serviceName, @nodeId, @nodeName, @containerId,
       @at, @exitCode, @oomKilled, @error, @dropped, @skipped, @lines)`,
  );
  const find = db.prepare(`SELECT ${columns} FROM last_lines WHERE cluster = ? AND task_id = ?`);
  const ranOut = db.prepare(
    "UPDATE last_lines SET oom = 1 WHERE cluster = ? AND task_id = ? AND container_id = ?",
  );
  const old = db.prepare("DELETE FROM last_lines WHERE cluster = ? AND at < ?");
  const ofService = db.prepare(
    `DELETE FROM last_lines WHERE cluster = @cluster AND service_id = @serviceId AND at <= (
       SELECT at FROM last_lines WHERE cluster = @cluster AND service_id = @serviceId
       ORDER BY at DESC LIMIT 1 OFFSET @keep)`,
  );
  const ofCluster = db.prepare(
    `DELETE FROM last_lines WHERE cluster = @cluster AND at <= (
       SELECT at FROM last_lines WHERE cluster = @cluster ORDER BY at DESC LIMIT 1 OFFSET @keep)`,
  );

  return {
    add(cluster: string, kept: TaskLastLines): void {
      const lines = kept.lines.map(
        ({ stream, at, nanos, text, cut }): KeptLine => [stream === "stderr" ? 1 : 0, at, nanos, text, cut],
      );
      insert.run({ ...kept, cluster, oomKilled: Number(kept.oomKilled), lines: JSON.stringify(lines) });
    },

    of(cluster: string, taskId: string): TaskLastLines | null {
      const row = find.get(cluster, taskId) as Row | undefined;
      if (!row) return null;
      const lines = (JSON.parse(row.lines) as KeptLine[]).map(
        ([stderr, at, nanos, text, cut]): LogLine => ({
          taskId: row.taskId,
          nodeId: row.nodeId,
          stream: stderr === 1 ? "stderr" : "stdout",
          at,
          nanos,
          text,
          cut,
        }),
      );
      return { ...row, oomKilled: row.oomKilled === 1, lines };
    },

    /** What was kept of this container of a task, if anything, ended for want of memory. */
    markOutOfMemory(cluster: string, taskId: string, containerId: string): void {
      ranOut.run(cluster, taskId, containerId);
    },

    /** Drops what is older than `since` (ms since 1970), and all but the newest of the service and of the cluster. */
    prune(
      cluster: string,
      serviceId: string,
      limits: { readonly since: number; readonly perService: number; readonly all: number },
    ): void {
      old.run(cluster, limits.since);
      ofService.run({ cluster, serviceId, keep: limits.perService });
      ofCluster.run({ cluster, keep: limits.all });
    },
  };
}

/** The table of last lines. */
export type LastLinesTable = ReturnType<typeof lastLinesTable>;
