import type { AgentFacts } from "#lib/shared/agent/protocol.ts";
import type { Db } from "./open.ts";

/** accepted: may come in; waiting: another key than the one its node is known by; revoked: shut out by a person. */
export type AgentState = "accepted" | "waiting" | "revoked";

/** One agent as kept. Times are ms since 1970. */
export interface AgentRow {
  readonly publicKey: string;
  readonly cluster: string;
  /** Swarm node id; the engine's id outside a swarm. */
  readonly nodeId: string;
  readonly engineId: string;
  readonly state: AgentState;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
  /** What it said about itself last. */
  readonly facts: AgentFacts;
  readonly address: string;
  readonly lastError: string | null;
  readonly lastErrorAt: number | null;
}

type Stored = Omit<AgentRow, "facts"> & { readonly facts: string };

const columns = `public_key AS publicKey, cluster, node_id AS nodeId, engine_id AS engineId, state,
  first_seen_at AS firstSeenAt, last_seen_at AS lastSeenAt, facts, address, last_error AS lastError,
  last_error_at AS lastErrorAt`;

/** The agents that ever proved a join key. */
export function agentsTable(db: Db) {
  const all = db.prepare(`SELECT ${columns} FROM agents ORDER BY first_seen_at`);
  const byKey = db.prepare(`SELECT ${columns} FROM agents WHERE public_key = ?`);
  const byNode = db.prepare(`SELECT ${columns} FROM agents WHERE cluster = ? AND node_id = ?`);
  const put = db.prepare(
    `INSERT INTO agents (public_key, cluster, node_id, engine_id, state, first_seen_at, last_seen_at, facts, address,
       last_error, last_error_at)
     VALUES (@publicKey, @cluster, @nodeId, @engineId, @state, @firstSeenAt, @lastSeenAt, @facts, @address,
       @lastError, @lastErrorAt)
     ON CONFLICT (public_key) DO UPDATE SET cluster = excluded.cluster, node_id = excluded.node_id,
       engine_id = excluded.engine_id, state = excluded.state, last_seen_at = excluded.last_seen_at,
       facts = excluded.facts, address = excluded.address, last_error = excluded.last_error,
       last_error_at = excluded.last_error_at`,
  );
  const remove = db.prepare("DELETE FROM agents WHERE public_key = ?");
  const removeCluster = db.prepare("DELETE FROM agents WHERE cluster = ?");
  const read = (row: unknown): AgentRow => {
    const stored = row as Stored;
    return { ...stored, facts: JSON.parse(stored.facts) as AgentFacts };
  };
  return {
    all: () => all.all().map(read),
    byKey(publicKey: string) {
      const row = byKey.get(publicKey);
      return row === undefined ? null : read(row);
    },
    byNode: (cluster: string, nodeId: string) => byNode.all(cluster, nodeId).map(read),
    put: (row: AgentRow) => void put.run({ ...row, facts: JSON.stringify(row.facts) }),
    remove: (publicKey: string) => void remove.run(publicKey),
    removeCluster: (cluster: string) => void removeCluster.run(cluster),
  };
}

export type AgentsTable = ReturnType<typeof agentsTable>;
