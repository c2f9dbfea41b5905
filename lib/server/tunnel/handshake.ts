import { once } from "node:events";
import type { RawData, WebSocket } from "ws";
import {
  type AgentFacts, agentProtocol, type Challenge, type Hello, handshakeMs, type Refused, type Welcome,
} from "#lib/shared/agent/protocol.ts"; // biome-ignore format: one block
import { agentFactsSchema, helloSchema } from "#lib/shared/agent/protocol-schemas.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { createNonce, joinProof, type KeyPair, keySignature } from "#lib/tunnel/proofs.ts";
import type { Verdict } from "./admission.ts";

export interface HandshakeOptions {
  readonly version: string;
  readonly serverKey: KeyPair;
  readonly judge: (challenge: Challenge, hello: Hello, facts: AgentFacts) => Verdict;
  readonly clusterName: (id: string) => string;
}

/** The close code of a WebSocket whose agent is refused; the frame before it says why. */
const refusedCode = 4403;

/**
 * Makes both sides sure of each other. Answers the verdict; after a good one the socket has heard `welcome` and the
 * tunnel may start, after a bad one it is closed. Null: it went away, or said nothing in time.
 */
export async function shakeHands(socket: WebSocket, options: HandshakeOptions): Promise<Verdict | null> {
  const challenge: Challenge = {
    type: "challenge",
    protocol: agentProtocol,
    version: options.version,
    nonce: createNonce(),
    serverKey: options.serverKey.publicKey,
  };
  socket.send(JSON.stringify(challenge));
  const said = await firstMessage(socket);
  if (said === null) return null;
  const read = readHello(said);
  const verdict = read === null ? malformed() : options.judge(challenge, read.hello, read.facts);
  if (!verdict.ok || read === null) {
    if (!verdict.ok) refuse(socket, verdict);
    return verdict;
  }
  const welcome: Welcome = {
    type: "welcome",
    cluster: { id: verdict.agent.cluster, name: options.clusterName(verdict.agent.cluster) },
    proof: verdict.joinKey === null ? null : joinProof(verdict.joinKey, "server", challenge, read.hello),
    signature: keySignature(options.serverKey, "server", challenge, read.hello),
  };
  socket.send(JSON.stringify(welcome));
  return verdict;
}

/** Tells why and closes; an agent that does not answer the close is cut off. */
export function refuse(socket: WebSocket, { code, message, retryAfter }: Omit<Refused, "type">): void {
  socket.send(JSON.stringify({ type: "refused", code, message, retryAfter } satisfies Refused));
  socket.close(refusedCode, code);
  setTimeout(() => socket.terminate(), 1_000).unref();
}

async function firstMessage(socket: WebSocket): Promise<string | null> {
  const limit = AbortSignal.timeout(handshakeMs);
  const closed = new AbortController();
  socket.once("close", () => closed.abort());
  try {
    const [data, isBinary] = (await once(socket, "message", {
      signal: AbortSignal.any([limit, closed.signal]),
    })) as [RawData, boolean];
    return isBinary ? "" : String(data);
  } catch {
    // Nothing came in time, or it is gone: there is nobody to explain anything to.
    socket.terminate();
    return null;
  }
}

function readHello(text: string): { readonly hello: Hello; readonly facts: AgentFacts } | null {
  try {
    const hello = helloSchema.parse(JSON.parse(text));
    return { hello, facts: agentFactsSchema.parse(JSON.parse(hello.facts)) };
  } catch {
    return null;
  }
}

function malformed(): Verdict {
  return { ok: false, code: "malformed", retryAfter: 60, message: t("agents.refused.malformed") };
}
