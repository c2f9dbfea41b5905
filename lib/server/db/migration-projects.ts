/** The step that makes the table of what was done to compose projects. */
export const projectRuns = `
  -- What was done to compose projects; an "up" is also one version of the files.
  CREATE TABLE project_runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    cluster TEXT NOT NULL,
    node TEXT NOT NULL,
    project TEXT NOT NULL,
    kind TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    user_name TEXT NOT NULL,
    message TEXT NOT NULL,
    state TEXT NOT NULL,
    -- JSON phrase.
    words TEXT NOT NULL,
    from_version INTEGER,
    -- JSON: names and sizes of the files.
    files TEXT NOT NULL,
    -- JSON of the files and their variables, encrypted with a key of this installation; empty: it had none.
    content TEXT NOT NULL,
    -- JSON: what to undo should the server end in the middle; empty: nothing.
    rescue TEXT NOT NULL,
    output TEXT NOT NULL
  ) STRICT;
  CREATE INDEX project_runs_by_project ON project_runs (cluster, node, project, id);
`;
