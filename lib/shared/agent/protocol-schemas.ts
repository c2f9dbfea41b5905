import { z } from "zod";
import type { AgentFacts, Hello } from "./protocol.ts";
import { agentScopes } from "./scope.ts";

/** 32 bytes in base64url: a public key, a nonce or a keyed hash. */
const bytes32 = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const word = z.string().max(200);

/** What the server believes an agent to have said about itself. */
export const agentFactsSchema: z.ZodType<AgentFacts> = z.object({
  version: word,
  capabilities: z.array(word).max(50),
  scope: z.enum(agentScopes),
  swarmNodeId: word.min(1).nullable(),
  engineId: word.min(1),
  name: word.min(1),
  engineVersion: word,
  os: word,
  arch: word,
});

export const helloSchema: z.ZodType<Hello> = z.object({
  type: z.literal("hello"),
  protocol: z.number().int().min(1),
  nonce: bytes32,
  publicKey: bytes32,
  joinKeyId: z.string().regex(/^[a-f0-9]{16}$/),
  facts: z.string().max(20_000),
  proof: bytes32,
  signature: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
});
