import type { AgentRow, AgentsTable } from "#lib/server/db/agents.ts";
import {
  type AgentFacts,
  type AgentRefusal,
  agentProtocol,
  type Challenge,
  type Hello,
} from "#lib/shared/agent/protocol.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { isJoinProof, isKeySignature } from "#lib/tunnel/proofs.ts";

/** A join key that was found by its id. */
export interface KnownJoinKey {
  readonly cluster: string;
  readonly key: string;
  readonly expiresAt: number | null;
}

/** Let in, with the key that proves the server to it; or why not, for both sides. */
export type Verdict =
  | { readonly ok: true; readonly agent: AgentRow; readonly joinKey: string | null; readonly isNew: boolean }
  | {
      readonly ok: false;
      readonly code: AgentRefusal;
      readonly message: string;
      readonly retryAfter: number;
    };

export interface AdmissionOptions {
  readonly agents: AgentsTable;
  readonly joinKey: (id: string) => KnownJoinKey | null;
  readonly now: () => number;
}

/** Seconds. A person has to do something first, so asking more often only makes noise. */
const whenPersonActs = 15;

const refuse = (code: AgentRefusal, retryAfter: number, message: string): Verdict => ({
  ok: false,
  code,
  retryAfter,
  message,
});

/**
 * Decides about an agent that has said hello, and writes down what it said. An agent that is known by its own key needs
 * no valid join key; a new one does, and a node that is known by another key waits for a person.
 */
export function admit(
  { agents, joinKey, now }: AdmissionOptions,
  challenge: Challenge,
  hello: Hello,
  facts: AgentFacts,
  address: string,
): Verdict {
  if (hello.protocol !== agentProtocol) {
    return refuse(
      "protocol",
      60,
      t("agents.refused.protocol", { theirs: hello.protocol, ours: agentProtocol }),
    );
  }
  if (!isKeySignature(hello.signature, hello.publicKey, "agent", challenge, hello)) {
    return refuse("bad_signature", 60, t("agents.refused.signature"));
  }
  const join = joinKey(hello.joinKeyId);
  const proven = join !== null && isJoinProof(hello.proof, join.key, "agent", challenge, hello) ? join : null;
  const known = agents.byKey(hello.publicKey);
  const expired = proven?.expiresAt != null && proven.expiresAt <= now();
  if (known === null && proven === null) return refuse("wrong_key", 30, t("agents.refused.wrongKey"));
  if (known === null && expired) return refuse("key_expired", 60, t("agents.refused.expired"));
  const usable = expired ? null : proven;
  const cluster = known?.cluster ?? usable?.cluster;
  if (cluster === undefined) return refuse("wrong_key", 30, t("agents.refused.wrongKey"));
  return decide(
    agents,
    { known, joinKey: usable?.cluster === cluster ? usable.key : null, cluster },
    hello,
    facts,
    address,
    now(),
  );
}

function decide(
  agents: AgentsTable,
  {
    known,
    joinKey,
    cluster,
  }: { readonly known: AgentRow | null; readonly joinKey: string | null; readonly cluster: string },
  hello: Hello,
  facts: AgentFacts,
  address: string,
  at: number,
): Verdict {
  const nodeId = facts.swarmNodeId ?? facts.engineId;
  const row: AgentRow = {
    publicKey: hello.publicKey,
    cluster,
    nodeId,
    engineId: facts.engineId,
    state: known?.state ?? "accepted",
    firstSeenAt: known?.firstSeenAt ?? at,
    lastSeenAt: at,
    facts,
    address,
    lastError: known?.lastError ?? null,
    lastErrorAt: known?.lastErrorAt ?? null,
  };
  const others = agents.byNode(cluster, nodeId).filter((other) => other.publicKey !== hello.publicKey);
  if (row.state === "revoked" || (known === null && others.some(({ state }) => state === "revoked"))) {
    agents.put({ ...row, state: known === null ? "waiting" : "revoked" });
    return refuse("revoked", whenPersonActs, t("agents.refused.revoked", { name: facts.name }));
  }
  const taken = others.some(({ state }) => state === "accepted");
  // A node that left its swarm and joined again has a new node id and the same key.
  if (row.state === "waiting" || taken) {
    agents.put({ ...row, state: "waiting" });
    return refuse("waiting", whenPersonActs, t("agents.refused.waiting", { name: facts.name }));
  }
  agents.put(row);
  return { ok: true, agent: row, joinKey, isNew: known === null };
}
