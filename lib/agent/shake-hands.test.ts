import { once } from "node:events";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import {
  type AgentFacts,
  agentProtocol,
  type Challenge,
  type Hello,
  type Welcome,
} from "#lib/shared/agent/protocol.ts";
import {
  createNonce,
  createSeed,
  joinProof,
  type KeyPair,
  keyPairOf,
  keySignature,
} from "#lib/tunnel/proofs.ts";
import { loadIdentity } from "./identity.ts";
import { shakeHands } from "./shake-hands.ts";

const joinKey = "the-join-key-of-this-cluster-0123456789ab";
const facts: AgentFacts = {
  version: "1", capabilities: [], scope: "read", swarmNodeId: null, engineId: "e", name: "n", engineVersion: "", os: "", arch: "",
}; // biome-ignore format: one block

let folder: string;
let server: WebSocketServer;
let client: WebSocket | null = null;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "shoal-identity-"));
  server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
});
afterEach(() => {
  client?.terminate();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Makes the server answer with `answer`, and greets it with the agent of this test's folder. */
function greet(key: KeyPair, answer: (challenge: Challenge, hello: Hello) => unknown) {
  server.once("connection", (socket) => {
    const challenge: Challenge = {
      type: "challenge", protocol: agentProtocol, version: "9", nonce: createNonce(), serverKey: key.publicKey,
    }; // biome-ignore format: one block
    socket.send(JSON.stringify(challenge));
    socket.once("message", (data) =>
      socket.send(JSON.stringify(answer(challenge, JSON.parse(String(data)) as Hello))),
    );
  });
  client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  let welcomed = false;
  const identity = loadIdentity(folder);
  return shakeHands(client, { identity, joinKey, facts }, () => {
    welcomed = true;
  }).then(
    (accepted) => ({ accepted, welcomed, error: null }),
    (error: Error) => ({ accepted: null, welcomed, error }),
  );
}

const welcome =
  (key: KeyPair, with_: string | null) =>
  (challenge: Challenge, hello: Hello): Welcome => ({
    type: "welcome",
    cluster: { id: "c", name: "C" },
    proof: with_ === null ? null : joinProof(with_, "server", challenge, hello),
    signature: keySignature(key, "server", challenge, hello),
  });
const newKey = () => keyPairOf(createSeed());

describe("an agent opens its engine only to", () => {
  test("a server that knows the join key, whose own key it then remembers", async () => {
    const key = newKey();
    expect(await greet(key, welcome(key, joinKey))).toMatchObject({
      welcomed: true,
      accepted: { serverVersion: "9" },
    });
    expect(loadIdentity(folder).serverKey()).toBe(key.publicKey);
    // The join key was replaced meanwhile: the server is known by its own key.
    expect(await greet(key, welcome(key, null))).toMatchObject({ welcomed: true });
  });

  test("a new server of the same cluster: it knows the join key", async () => {
    const [first, second] = [newKey(), newKey()];
    await greet(first, welcome(first, joinKey));
    expect(await greet(second, welcome(second, joinKey))).toMatchObject({ welcomed: true });
  });
});

describe("nothing is opened to", () => {
  test.each([
    ["a server that knows nothing", (key: KeyPair) => welcome(key, null)],
    ["one with another join key", (key: KeyPair) => welcome(key, "another-join-key-0123456789-0123456789ab")],
    [
      "one that says back what the agent said",
      (key: KeyPair) => (challenge: Challenge, hello: Hello) => ({
        ...welcome(key, null)(challenge, hello),
        proof: hello.proof,
      }),
    ],
    ["one that shows a key it does not hold", () => welcome(newKey(), joinKey)],
  ])("%s", async (_name, answer) => {
    const key = newKey();
    const { error, welcomed } = await greet(key, answer(key));
    expect(welcomed).toBe(false);
    expect(error?.name).toBe("ImpostorError");
    expect(loadIdentity(folder).serverKey()).toBeNull();
  });

  test("one that says something else, and why a refusal was given is told", async () => {
    expect((await greet(newKey(), () => ({ type: "welcome" }))).error?.message).toContain(
      "not of this protocol",
    );
    const refused = { type: "refused", code: "revoked", message: "Ask an administrator.", retryAfter: 15 };
    const { error } = await greet(newKey(), () => refused);
    expect(error).toMatchObject({ name: "RefusedError", message: "Ask an administrator.", refused });
  });
});

test("the agent's key stays the same, and is for nobody else to read", () => {
  const first = loadIdentity(folder).key.publicKey;
  expect(loadIdentity(folder).key.publicKey).toBe(first);
  expect(statSync(join(folder, "agent.key")).mode & 0o777).toBe(0o600);
});
