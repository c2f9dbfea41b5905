import type { ProjectRunKind, ProjectRunState } from "#lib/shared/projects/types.ts";
import type { Db } from "./open.ts";

/** Something that was done to a compose project. Times in ms since 1970; `words` and `files` are JSON texts. */
export interface ProjectRunRow {
  readonly id: number;
  readonly cluster: string;
  readonly node: string;
  readonly project: string;
  readonly kind: ProjectRunKind;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly userName: string;
  readonly message: string;
  readonly state: ProjectRunState;
  readonly words: string;
  readonly fromVersion: number | null;
  readonly files: string;
  readonly output: string;
}

/** What is kept of it beside: sealed files, and what must be undone should the server end (JSON). */
export interface ProjectRunContent {
  /** Empty where the run has no files. */
  readonly content: string;
  readonly rescue: string;
}

/** Which project: a name is unique on its engine only. */
export interface ProjectKey {
  readonly cluster: string;
  readonly node: string;
  readonly project: string;
}

/** What changes while it is under way. */
export type ProjectRunProgress = Pick<ProjectRunRow, "id" | "endedAt" | "state" | "words" | "output">;

/** Runs kept of each project; the oldest go first. */
const keptPerProject = 200;

const columns = `id, cluster, node, project, kind, started_at AS startedAt, ended_at AS endedAt, user_name AS userName, message,
  state, words, from_version AS fromVersion, files, output`;
const ofProject = "cluster = @cluster AND node = @node AND project = @project";

/** The table of compose projects. */
export function projectsTable(db: Db) {
  const insert = db.prepare(
    `INSERT INTO project_runs (cluster, node, project, kind, started_at, ended_at, user_name, message, state, words, from_version, files, content, rescue, output)
     VALUES (@cluster, @node, @project, @kind, @startedAt, @endedAt, @userName, @message, @state, @words, @fromVersion, @files, @content, @rescue, @output)`,
  );
  const trim = db.prepare(
    `DELETE FROM project_runs WHERE ${ofProject} AND id <= (
       SELECT id FROM project_runs WHERE ${ofProject} ORDER BY id DESC LIMIT 1 OFFSET ${keptPerProject})`,
  );
  const save = db.prepare(
    "UPDATE project_runs SET ended_at = @endedAt, state = @state, words = @words, output = @output WHERE id = @id",
  );
  const rescue = db.prepare("UPDATE project_runs SET rescue = ? WHERE id = ?");
  const list = db.prepare(
    `SELECT ${columns} FROM project_runs WHERE ${ofProject} AND kind = 'up' AND id < @before ORDER BY id DESC LIMIT @limit`,
  );
  const byId = db.prepare(`SELECT ${columns} FROM project_runs WHERE ${ofProject} AND id = @id`);
  const content = db.prepare("SELECT content, rescue FROM project_runs WHERE id = ?");
  const open = db.prepare(
    `SELECT ${columns} FROM project_runs WHERE cluster = ? AND state IN ('running', 'restoring') ORDER BY id`,
  );
  const known = db.prepare(
    "SELECT DISTINCT node, project FROM project_runs WHERE cluster = ? AND kind = 'up' AND state != 'refused'",
  );
  const add = db.transaction((row: Omit<ProjectRunRow, "id"> & ProjectRunContent) => {
    const { lastInsertRowid } = insert.run(row);
    trim.run({ cluster: row.cluster, node: row.node, project: row.project });
    return Number(lastInsertRowid);
  });

  return {
    /** Answers the new row's id. */
    add: (row: Omit<ProjectRunRow, "id"> & ProjectRunContent): number => add(row),
    save: ({ id, endedAt, state, words, output }: ProjectRunProgress) =>
      void save.run({ id, endedAt, state, words, output }),
    /** Writes down what must be undone; an empty text: nothing. */
    keepRescue: (id: number, state: string) => void rescue.run(state, id),
    /** Deploys of a project, newest first; only rows with an id before `before`. */
    versions: (key: ProjectKey, before: number, limit: number) =>
      list.all({ ...key, before, limit }) as ProjectRunRow[],
    byId: (key: ProjectKey, id: number) => (byId.get({ ...key, id }) as ProjectRunRow | undefined) ?? null,
    content: (id: number) => (content.get(id) as ProjectRunContent | undefined) ?? null,
    /** Runs that have not ended, as far as the table knows. */
    open: (cluster: string) => open.all(cluster) as ProjectRunRow[],
    /** Projects that were deployed here. */
    known: (cluster: string) =>
      known.all(cluster) as readonly { readonly node: string; readonly project: string }[],
  };
}

/** The table of compose projects. */
export type ProjectsTable = ReturnType<typeof projectsTable>;
