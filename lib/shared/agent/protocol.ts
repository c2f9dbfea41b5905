import type { AgentScope } from "./scope.ts";

/**
 * How an agent and the server become sure of each other, on a WebSocket at `/agent` that the agent opens. JSON text
 * frames: server `challenge`, agent `hello`, server `welcome` or `refused`. After `welcome` binary frames carry HTTP/2,
 * with the server as its client; see docs/agents.md. The shapes the server accepts are in protocol-schemas.ts: the
 * agent stays small without them.
 */

/** The handshake and the tunnel behind it. A higher number may be spoken by both only if both know it. */
export const agentProtocol = 1;
export const agentPath = "/agent";
/** The largest HTTP/2 frame, bytes: fewer, larger ones make downloads faster. */
export const maxFrameSize = 64 * 1024;
/** No WebSocket frame is larger: it carries one HTTP/2 frame, or a few small ones. */
export const maxFrameBytes = 256 * 1024;
/** From the open socket to the last word of the handshake, ms. */
export const handshakeMs = 10_000;
/** The server looks for life this often, and gives an agent up after two looks without an answer, ms. */
export const pingEveryMs = 4_000;
/** An agent that has not been looked at for this long dials again, ms. */
export const silentMs = 15_000;
/** What a join key has at least, so that nobody finds it by trying: characters. */
export const joinKeyLength = 32;

/** Nonces, keys, hashes and signatures are base64url. */
export interface Challenge {
  readonly type: "challenge";
  readonly protocol: number;
  /** Of the server. */
  readonly version: string;
  readonly nonce: string;
  /** Ed25519. */
  readonly serverKey: string;
}

/** What an agent says about itself and its node. Travels as one text, so that what is signed is what is read. */
export interface AgentFacts {
  readonly version: string;
  readonly capabilities: readonly string[];
  readonly scope: AgentScope;
  /** Null outside a swarm. */
  readonly swarmNodeId: string | null;
  readonly engineId: string;
  /** Host name of the node. */
  readonly name: string;
  readonly engineVersion: string;
  readonly os: string;
  readonly arch: string;
}

export interface Hello {
  readonly type: "hello";
  readonly protocol: number;
  readonly nonce: string;
  /** Ed25519, of the agent. */
  readonly publicKey: string;
  /** Names the join key without giving it away. */
  readonly joinKeyId: string;
  /** AgentFacts as JSON. */
  readonly facts: string;
  /** Keyed hash over everything said so far: knows the join key. */
  readonly proof: string;
  /** Over the same: holds the private key of `publicKey`. */
  readonly signature: string;
}

export interface Welcome {
  readonly type: "welcome";
  readonly cluster: { readonly id: string; readonly name: string };
  /** Null when the join key is no longer valid and the agent is known by its own key. */
  readonly proof: string | null;
  readonly signature: string;
}

/** Why a server does not take an agent in. */
export type AgentRefusal =
  | "malformed" | "protocol" | "wrong_key" | "key_expired" | "bad_signature" | "waiting" | "revoked" | "busy"; // biome-ignore format: one line

export interface Refused {
  readonly type: "refused";
  readonly code: AgentRefusal;
  readonly message: string;
  /** Not before this many seconds, please. */
  readonly retryAfter: number;
}
