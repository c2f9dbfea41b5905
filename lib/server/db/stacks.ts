import type { DeployState } from "#lib/shared/stacks/types.ts";
import type { Db } from "./open.ts";

/** One deploy of a stack. Times in ms since 1970; `words`, `files`, `services`, `specs` and `replaced` are JSON texts. */
export interface StackVersionRow {
  readonly id: number;
  readonly cluster: string;
  readonly stack: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly userName: string;
  readonly message: string;
  readonly state: DeployState;
  readonly words: string;
  readonly fromVersion: number | null;
  readonly prune: 0 | 1;
  readonly files: string;
  readonly services: string;
  readonly output: string;
  readonly replaced: string;
}

/** What is kept of it beside: sealed files, and specifications. */
export interface StackVersionContent {
  readonly content: string;
  readonly specs: string;
}

/** What changes while it is under way. */
export type StackVersionProgress = Pick<
  StackVersionRow,
  "id" | "endedAt" | "state" | "words" | "services" | "output"
> & { readonly specs: string };

/** Versions kept of each stack; the oldest go first. */
const keptPerStack = 100;

const columns = `id, cluster, stack, started_at AS startedAt, ended_at AS endedAt, user_name AS userName, message, state, words,
  from_version AS fromVersion, prune, files, services, output, replaced`;

/** The tables of stacks. */
export function stacksTables(db: Db) {
  const insert = db.prepare(
    `INSERT INTO stack_versions (cluster, stack, started_at, ended_at, user_name, message, state, words, from_version, prune, files, content, services, specs, output, replaced)
     VALUES (@cluster, @stack, @startedAt, @endedAt, @userName, @message, @state, @words, @fromVersion, @prune, @files, @content, @services, @specs, @output, @replaced)`,
  );
  const trim = db.prepare(
    `DELETE FROM stack_versions WHERE cluster = @cluster AND stack = @stack AND id <= (
       SELECT id FROM stack_versions WHERE cluster = @cluster AND stack = @stack ORDER BY id DESC LIMIT 1 OFFSET ${keptPerStack})`,
  );
  const save = db.prepare(
    `UPDATE stack_versions SET ended_at = @endedAt, state = @state, words = @words, services = @services, specs = @specs,
       output = @output WHERE id = @id`,
  );
  const keepReplaced = db.prepare("UPDATE stack_versions SET replaced = @replaced WHERE id = @id");
  const followed = db.prepare(
    `SELECT ${columns} FROM stack_versions WHERE cluster = ? AND state IN ('converging', 'stuck') ORDER BY id`,
  );
  const list = db.prepare(
    `SELECT ${columns} FROM stack_versions WHERE cluster = @cluster AND stack = @stack AND id < @before ORDER BY id DESC LIMIT @limit`,
  );
  const byId = db.prepare(`SELECT ${columns} FROM stack_versions WHERE cluster = ? AND stack = ? AND id = ?`);
  const content = db.prepare(
    "SELECT content, specs FROM stack_versions WHERE cluster = ? AND stack = ? AND id = ?",
  );
  const open = db.prepare(
    `SELECT ${columns} FROM stack_versions WHERE cluster = ? AND state = 'writing' ORDER BY id`,
  );
  const stop = db.prepare(
    `INSERT INTO stopped_services (cluster, stack, service_id, replicas) VALUES (@cluster, @stack, @serviceId, @replicas)
     ON CONFLICT (cluster, service_id) DO UPDATE SET replicas = excluded.replicas`,
  );
  const stopped = db.prepare(
    "SELECT service_id AS serviceId, replicas FROM stopped_services WHERE cluster = ? AND stack = ?",
  );
  const started = db.prepare("DELETE FROM stopped_services WHERE cluster = ? AND service_id = ?");
  const add = db.transaction((row: Omit<StackVersionRow, "id"> & StackVersionContent) => {
    const { lastInsertRowid } = insert.run(row);
    trim.run({ cluster: row.cluster, stack: row.stack });
    return Number(lastInsertRowid);
  });

  return {
    /** Answers the new row's id. */
    add: (row: Omit<StackVersionRow, "id"> & StackVersionContent): number => add(row),
    save: (progress: StackVersionProgress) => {
      const { id, endedAt, state, words, services, specs, output } = progress;
      save.run({ id, endedAt, state, words, services, specs, output });
    },
    /** Newest first; only rows with an id before `before`. */
    list: (cluster: string, stack: string, before: number, limit: number) =>
      list.all({ cluster, stack, before, limit }) as StackVersionRow[],
    byId: (cluster: string, stack: string, id: number) =>
      (byId.get(cluster, stack, id) as StackVersionRow | undefined) ?? null,
    content: (cluster: string, stack: string, id: number) =>
      (content.get(cluster, stack, id) as StackVersionContent | undefined) ?? null,
    /** Deploys whose command has not ended, as far as the table knows. */
    open: (cluster: string) => open.all(cluster) as StackVersionRow[],
    /** Deploys whose services have not converged, as far as the table knows. */
    followed: (cluster: string) => followed.all(cluster) as StackVersionRow[],
    keepReplaced: (id: number, replaced: string) => void keepReplaced.run({ id, replaced }),
    /** Remembers how many replicas a service had. */
    stop: (row: { cluster: string; stack: string; serviceId: string; replicas: number }) =>
      void stop.run(row),
    stopped: (cluster: string, stack: string) =>
      stopped.all(cluster, stack) as readonly { readonly serviceId: string; readonly replicas: number }[],
    started: (cluster: string, serviceId: string) => void started.run(cluster, serviceId),
  };
}

/** The tables of stacks. */
export type StacksTables = ReturnType<typeof stacksTables>;
