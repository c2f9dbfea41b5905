import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type AgentsTable, agentsTable } from "#lib/server/db/agents.ts";
import { type Db, openDatabase } from "#lib/server/db/open.ts";
import { type AgentFacts, agentProtocol, type Challenge } from "#lib/shared/agent/protocol.ts";
import { createNonce, joinKeyIdOf, type KeyPair } from "#lib/tunnel/proofs.ts";
import { admit, type Verdict } from "./admission.ts";
import { helloOf, newKey, someFacts } from "./testing/hello.ts";

const joinKey = "join-key-of-the-first-cluster-0123456789";
const otherKey = "join-key-of-the-other-cluster-0123456789";
const oldKey = "join-key-that-has-expired-long-ago-01234";
const known: Readonly<Record<string, { cluster: string; key: string; expiresAt: number | null }>> = {
  [joinKeyIdOf(joinKey)]: { cluster: "one", key: joinKey, expiresAt: null },
  [joinKeyIdOf(otherKey)]: { cluster: "two", key: otherKey, expiresAt: null },
  [joinKeyIdOf(oldKey)]: { cluster: "one", key: oldKey, expiresAt: 500 },
};

let folder: string;
let db: Db;
let agents: AgentsTable;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "shoal-admission-"));
  db = openDatabase(folder);
  agents = agentsTable(db);
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

function challengeNow(): Challenge {
  return {
    type: "challenge",
    protocol: agentProtocol,
    version: "1",
    nonce: createNonce(),
    serverKey: newKey().publicKey,
  };
}

function come(
  options: { key?: KeyPair; with?: string; facts?: Partial<AgentFacts>; protocol?: number } = {},
): Verdict {
  const challenge = challengeNow();
  const facts = { ...someFacts, ...options.facts };
  const hello = helloOf({
    challenge,
    joinKey: options.with ?? joinKey,
    facts,
    ...(options.key && { key: options.key }),
    ...(options.protocol && { protocol: options.protocol }),
  });
  return admit(
    { agents, joinKey: (id) => known[id] ?? null, now: () => 1_000 },
    challenge,
    hello,
    facts,
    "10.0.0.9",
  );
}
const codeOf = (verdict: Verdict) => (verdict.ok ? "in" : verdict.code);

describe("who is let in", () => {
  test("a new agent with the join key, into the cluster of that key", () => {
    const verdict = come({ with: otherKey });
    expect(verdict).toMatchObject({
      ok: true,
      isNew: true,
      joinKey: otherKey,
      agent: { cluster: "two", nodeId: "node-id-1" },
    });
  });

  test("outside a swarm it is known by its engine", () => {
    expect(come({ facts: { swarmNodeId: null } })).toMatchObject({
      ok: true,
      agent: { nodeId: "engine-id-1" },
    });
  });

  test("an agent that is known by its own key needs no valid join key, and the server then proves itself by its own", () => {
    const key = newKey();
    expect(codeOf(come({ key }))).toBe("in");
    expect(come({ key, with: "a-join-key-that-nobody-knows-any-more-01" })).toMatchObject({
      ok: true,
      joinKey: null,
    });
    expect(come({ key, with: oldKey })).toMatchObject({ ok: true, joinKey: null, isNew: false });
  });

  test("a known agent stays in its cluster, and the join key of another one proves nothing to it", () => {
    const key = newKey();
    come({ key });
    expect(come({ key, with: otherKey })).toMatchObject({
      ok: true,
      joinKey: null,
      agent: { cluster: "one" },
    });
  });

  test("a node that joined another swarm is the same agent with a new node id", () => {
    const key = newKey();
    come({ key });
    expect(come({ key, facts: { swarmNodeId: "node-id-2" } })).toMatchObject({
      ok: true,
      agent: { nodeId: "node-id-2" },
    });
    expect(agents.all()).toHaveLength(1);
  });
});

describe("who is not", () => {
  test.each([
    ["a wrong join key", { with: "a-join-key-that-nobody-knows-any-more-01" }, "wrong_key"],
    ["an expired join key", { with: oldKey }, "key_expired"],
    ["another protocol", { protocol: agentProtocol + 1 }, "protocol"],
  ])("%s", (_name, options, code) => {
    expect(codeOf(come(options))).toBe(code);
    expect(agents.all()).toEqual([]);
  });

  test("who knows only the name of a join key", () => {
    const challenge = challengeNow();
    const hello = { ...helloOf({ challenge, joinKey: "made-up" }), joinKeyId: joinKeyIdOf(joinKey) };
    const verdict = admit(
      { agents, joinKey: (id) => known[id] ?? null, now: () => 1 },
      challenge,
      hello,
      someFacts,
      "",
    );
    expect(codeOf(verdict)).toBe("bad_signature");
  });

  test("a hello of another handshake, word for word", () => {
    const first = challengeNow();
    const hello = helloOf({ challenge: first, joinKey });
    const verdict = admit(
      { agents, joinKey: (id) => known[id] ?? null, now: () => 1 },
      challengeNow(),
      hello,
      someFacts,
      "",
    );
    expect(codeOf(verdict)).toBe("bad_signature");
  });

  test("somebody else's public key without its private part", () => {
    const key = newKey();
    come({ key });
    const challenge = challengeNow();
    const hello = { ...helloOf({ challenge, joinKey, key: newKey() }), publicKey: key.publicKey };
    const verdict = admit(
      { agents, joinKey: (id) => known[id] ?? null, now: () => 1 },
      challenge,
      hello,
      someFacts,
      "",
    );
    expect(codeOf(verdict)).toBe("bad_signature");
  });

  test("facts that were changed on the way", () => {
    const challenge = challengeNow();
    const hello = helloOf({ challenge, joinKey });
    const changed = { ...hello, facts: hello.facts.replace("node-id-1", "node-id-9") };
    const verdict = admit(
      { agents, joinKey: (id) => known[id] ?? null, now: () => 1 },
      challenge,
      changed,
      someFacts,
      "",
    );
    expect(codeOf(verdict)).toBe("bad_signature");
  });

  test("a second key for a node waits for a person; the first one goes on", () => {
    const first = newKey();
    const second = newKey();
    come({ key: first });
    expect(codeOf(come({ key: second }))).toBe("waiting");
    expect(codeOf(come({ key: second }))).toBe("waiting");
    expect(codeOf(come({ key: first }))).toBe("in");
    expect(agents.all().map(({ state }) => state)).toEqual(["accepted", "waiting"]);
  });

  test("an agent that claims another node's id waits, too", () => {
    const other = newKey();
    come({ key: newKey() });
    come({ key: other, facts: { swarmNodeId: "node-id-2" } });
    expect(codeOf(come({ key: other, facts: { swarmNodeId: "node-id-1" } }))).toBe("waiting");
  });

  test("the same node of another cluster is no rival", () => {
    come({ key: newKey() });
    expect(codeOf(come({ key: newKey(), with: otherKey }))).toBe("in");
  });

  test("a revoked agent, and any other key of its node, until a person lets one in", () => {
    const key = newKey();
    come({ key });
    const row = agents.byKey(key.publicKey);
    if (row) agents.put({ ...row, state: "revoked" });
    expect(codeOf(come({ key }))).toBe("revoked");
    expect(codeOf(come({ key: newKey() }))).toBe("revoked");
    const revoked = agents.byKey(key.publicKey);
    if (revoked) agents.put({ ...revoked, state: "accepted" });
    expect(codeOf(come({ key }))).toBe("in");
  });
});
