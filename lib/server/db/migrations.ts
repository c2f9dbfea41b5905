import { projectRuns } from "./migration-projects.ts";

/** The steps from an empty file to the present tables. Only ever added to: released steps never change. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE keys (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT;

  CREATE TABLE users (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    password_hash TEXT NOT NULL,
    -- The hash last given by --admin-password, so that the same one does nothing at the next start.
    configured_hash TEXT,
    role TEXT NOT NULL,
    disabled INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    address TEXT NOT NULL,
    user_agent TEXT NOT NULL
  ) STRICT;
  CREATE INDEX sessions_by_user ON sessions (user_id, created_at);

  CREATE TABLE tokens (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    last_used_at INTEGER
  ) STRICT;

  CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    action TEXT NOT NULL,
    user_id TEXT,
    user_name TEXT,
    role TEXT,
    via TEXT,
    address TEXT NOT NULL,
    cluster TEXT,
    object TEXT NOT NULL,
    result TEXT NOT NULL,
    facts TEXT
  ) STRICT;
  CREATE INDEX audit_by_result ON audit (result, id);

  CREATE TABLE revisions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    cluster TEXT NOT NULL,
    kind TEXT NOT NULL,
    object_id TEXT NOT NULL,
    object_name TEXT NOT NULL,
    at INTEGER NOT NULL,
    user_id TEXT NOT NULL,
    user_name TEXT NOT NULL,
    via TEXT NOT NULL,
    action TEXT NOT NULL,
    spec_before TEXT NOT NULL,
    spec_after TEXT NOT NULL
  ) STRICT;
  CREATE INDEX revisions_by_object ON revisions (cluster, kind, object_id, id);

  CREATE TABLE service_colors (
    cluster TEXT NOT NULL,
    name TEXT NOT NULL,
    hue INTEGER NOT NULL,
    marking INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    PRIMARY KEY (cluster, name)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- 0: the server ended before it knew whether the engine had accepted the change.
  ALTER TABLE revisions ADD COLUMN confirmed INTEGER NOT NULL DEFAULT 1;
  `,
  `
  -- The newest specification seen of every service: what a change from outside is noticed by, also after a restart.
  CREATE TABLE service_specs (
    cluster TEXT NOT NULL,
    service_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    spec TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (cluster, service_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE operations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    cluster TEXT NOT NULL,
    service_id TEXT NOT NULL,
    service_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    user_name TEXT NOT NULL,
    via TEXT NOT NULL,
    revision_id INTEGER,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    state TEXT NOT NULL,
    -- 0: the server ended before it knew whether the engine had accepted the change.
    confirmed INTEGER NOT NULL,
    -- JSON: a phrase of the catalogue, the facts that the end is judged by, and what every task did when.
    words TEXT NOT NULL,
    facts TEXT NOT NULL,
    timeline TEXT NOT NULL
  ) STRICT;
  CREATE INDEX operations_by_service ON operations (cluster, service_id, id);
  CREATE INDEX operations_running ON operations (cluster, id) WHERE ended_at IS NULL;
  `,
  `
  -- What happened in the last day. Names are copies: the objects may be gone.
  CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    cluster TEXT NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    action TEXT NOT NULL,
    severity TEXT NOT NULL,
    object_id TEXT NOT NULL,
    object_name TEXT NOT NULL,
    service_id TEXT,
    service_name TEXT,
    stack TEXT,
    node_id TEXT,
    node_name TEXT,
    task_id TEXT,
    facts TEXT NOT NULL,
    actor TEXT,
    -- Everything the text filter looks at, in lower case.
    search TEXT NOT NULL
  ) STRICT;
  CREATE INDEX events_by_cluster ON events (cluster, id);
  CREATE INDEX events_by_time ON events (cluster, at);

  -- Until when each cluster is known to have been watched: what happened while nobody looked is a gap.
  CREATE TABLE event_watch (
    cluster TEXT PRIMARY KEY,
    seen_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE saved_filters (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    page TEXT NOT NULL,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX saved_filters_by_user ON saved_filters (user_id, page, name);
  `,
  `
  -- Null: made by the command line; such a token belongs to nobody and stands on its own.
  ALTER TABLE tokens ADD COLUMN user_id TEXT REFERENCES users (id) ON DELETE CASCADE;
  CREATE INDEX tokens_by_user ON tokens (user_id);
  CREATE INDEX audit_by_action ON audit (action, id);

  CREATE TABLE two_factor (
    user_id TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    -- Encrypted with a key of this installation.
    secret TEXT NOT NULL,
    -- Null until a first code has shown that the person's app holds the secret.
    confirmed_at INTEGER,
    -- The newest time step whose code was accepted: no code of it or before it is taken again.
    last_step INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  CREATE TABLE recovery_codes (
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    hash TEXT NOT NULL,
    PRIMARY KEY (user_id, hash)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Clusters that only agents lead to, and the name a person gave to the server's own.
  CREATE TABLE clusters (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;

  -- What an agent must know to come in for the first time.
  CREATE TABLE join_keys (
    id TEXT PRIMARY KEY,
    cluster TEXT NOT NULL,
    -- Encrypted with a key of this installation: it is shown again to whoever adds a node.
    sealed TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- Null: does not expire.
    expires_at INTEGER
  ) STRICT;
  CREATE INDEX join_keys_by_cluster ON join_keys (cluster, created_at);

  CREATE TABLE agents (
    -- Ed25519, base64url: an agent is whoever holds its private key.
    public_key TEXT PRIMARY KEY,
    cluster TEXT NOT NULL,
    -- Swarm node id; the engine's id outside a swarm. One accepted key for each.
    node_id TEXT NOT NULL,
    engine_id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('accepted', 'waiting', 'revoked')),
    first_seen_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    -- What it said about itself last, JSON.
    facts TEXT NOT NULL,
    address TEXT NOT NULL,
    last_error TEXT,
    last_error_at INTEGER
  ) STRICT;
  CREATE INDEX agents_by_node ON agents (cluster, node_id);
  `,
  `
  -- What tasks wrote last before they failed. Names are copies: the objects may be gone.
  CREATE TABLE last_lines (
    cluster TEXT NOT NULL,
    task_id TEXT NOT NULL,
    service_id TEXT NOT NULL,
    service_name TEXT NOT NULL,
    node_id TEXT NOT NULL,
    node_name TEXT NOT NULL,
    container_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    exit_code INTEGER NOT NULL,
    oom INTEGER NOT NULL,
    error TEXT NOT NULL,
    dropped INTEGER NOT NULL,
    skipped INTEGER NOT NULL,
    -- JSON: an array for each line.
    lines TEXT NOT NULL,
    PRIMARY KEY (cluster, task_id)
  ) STRICT;
  CREATE INDEX last_lines_by_time ON last_lines (cluster, at);
  CREATE INDEX last_lines_by_service ON last_lines (cluster, service_id, at);
  `,
  `
  -- JSON: where another role than the one above holds, or "none"; by the cluster's id.
  ALTER TABLE users ADD COLUMN clusters TEXT NOT NULL DEFAULT '{}';
  -- JSON: ids of the clusters the token is for. Null: it is not limited to any.
  ALTER TABLE tokens ADD COLUMN clusters TEXT;
  `,
  `
  -- Inbound webhooks: the hash of a secret, and what it deploys again. Names are copies: the objects may be gone.
  CREATE TABLE webhooks (
    id TEXT PRIMARY KEY,
    cluster TEXT NOT NULL,
    kind TEXT NOT NULL,
    object TEXT NOT NULL,
    object_name TEXT NOT NULL,
    name TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    last_used_at INTEGER,
    last_error TEXT
  ) STRICT;
  CREATE INDEX webhooks_by_cluster ON webhooks (cluster, created_at);
  `,
  `
  -- Secrets and configs on their way to a new value: names and ids, never what is in them.
  CREATE TABLE rotations (
    id TEXT PRIMARY KEY,
    cluster TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    -- JSON: the whole of it.
    view TEXT NOT NULL
  ) STRICT;
  CREATE INDEX rotations_by_cluster ON rotations (cluster, started_at);
  `,
  `
  CREATE TABLE registries (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL COLLATE NOCASE UNIQUE,
    kind TEXT NOT NULL,
    address TEXT NOT NULL,
    user TEXT NOT NULL,
    -- The password, encrypted with a key that is not in this database.
    sealed TEXT NOT NULL,
    -- JSON: ids of the clusters it is used in. Null: in all.
    clusters TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT;
  `,
  `
  -- Deploys of stacks: each is one version of the files, and what became of it.
  CREATE TABLE stack_versions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    cluster TEXT NOT NULL,
    stack TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    user_name TEXT NOT NULL,
    message TEXT NOT NULL,
    state TEXT NOT NULL,
    -- JSON phrase.
    words TEXT NOT NULL,
    from_version INTEGER,
    prune INTEGER NOT NULL,
    -- JSON: names and sizes of the files.
    files TEXT NOT NULL,
    -- JSON of the files and their variables, encrypted with a key of this installation: they may hold secrets.
    content TEXT NOT NULL,
    -- JSON: what is done to each service.
    services TEXT NOT NULL,
    -- JSON: the specification of each service as the deploy left it, by id.
    specs TEXT NOT NULL,
    output TEXT NOT NULL
  ) STRICT;
  CREATE INDEX stack_versions_by_stack ON stack_versions (cluster, stack, id);

  -- How many replicas each service of a stopped stack had.
  CREATE TABLE stopped_services (
    cluster TEXT NOT NULL,
    stack TEXT NOT NULL,
    service_id TEXT NOT NULL,
    replicas INTEGER NOT NULL,
    PRIMARY KEY (cluster, service_id)
  ) STRICT;
  `,
  `
  -- JSON: secrets and configs that a deploy has put others in the place of, by name and id, and what became of them.
  ALTER TABLE stack_versions ADD COLUMN replaced TEXT NOT NULL DEFAULT '{"files":[],"isDone":true}';
  `,
  projectRuns,
];

/** Marks a file as Shoal's (PRAGMA application_id, "Shoa" in ASCII). */
export const applicationId = 0x53_68_6f_61;
