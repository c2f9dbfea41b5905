import { type AgentFacts, agentProtocol, type Challenge, type Hello } from "#lib/shared/agent/protocol.ts";
import {
  createNonce,
  createSeed,
  joinKeyIdOf,
  joinProof,
  type KeyPair,
  keyPairOf,
  keySignature,
} from "#lib/tunnel/proofs.ts";

export const someFacts: AgentFacts = {
  version: "1.2.3",
  capabilities: ["version"],
  scope: "exec",
  swarmNodeId: "node-id-1",
  engineId: "engine-id-1",
  name: "swarm-1",
  engineVersion: "20.10.24",
  os: "linux",
  arch: "x86_64",
};

export interface HelloOptions {
  readonly challenge: Challenge;
  readonly joinKey: string;
  readonly key?: KeyPair;
  readonly facts?: Partial<AgentFacts>;
  readonly protocol?: number;
}

export function newKey(): KeyPair {
  return keyPairOf(createSeed());
}

/** What an agent says that knows what it should know. */
export function helloOf({
  challenge,
  joinKey,
  key = newKey(),
  facts,
  protocol = agentProtocol,
}: HelloOptions): Hello {
  const open = {
    type: "hello",
    protocol,
    nonce: createNonce(),
    publicKey: key.publicKey,
    joinKeyId: joinKeyIdOf(joinKey),
    facts: JSON.stringify({ ...someFacts, ...facts }),
  } as const;
  return {
    ...open,
    proof: joinProof(joinKey, "agent", challenge, open),
    signature: keySignature(key, "agent", challenge, open),
  };
}
