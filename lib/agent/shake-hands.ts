import type { RawData, WebSocket } from "ws";
import {
  type AgentFacts,
  agentProtocol,
  type Challenge,
  type Hello,
  handshakeMs,
  type Refused,
  type Welcome,
} from "#lib/shared/agent/protocol.ts";
import {
  createNonce,
  isJoinProof,
  isKeySignature,
  joinKeyIdOf,
  joinProof,
  keySignature,
} from "#lib/tunnel/proofs.ts";
import type { Identity } from "./identity.ts";

/** The server said no, and why. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  readonly refused: Refused;
  constructor(refused: Refused) {
    super(refused.message);
    this.refused = refused;
  }
}

/** Whoever answers there could not prove to be the server of this join key. */
class ImpostorError extends Error {
  override readonly name = "ImpostorError";
}

export interface Greeting {
  readonly identity: Identity;
  readonly joinKey: string;
  readonly facts: AgentFacts;
}

export interface Accepted {
  readonly cluster: Welcome["cluster"];
  readonly serverVersion: string;
}

/**
 * The agent's side of the handshake. `onWelcome` runs in the same turn in which the last word arrives, so that nothing
 * that follows it is lost. Rejects with RefusedError, ImpostorError, or why the connection ended.
 */
export function shakeHands(socket: WebSocket, greeting: Greeting, onWelcome: () => void): Promise<Accepted> {
  return new Promise((resolve, reject) => {
    let said: { readonly challenge: Challenge; readonly hello: Hello } | null = null;
    const finish = (act: () => void): void => {
      clearTimeout(timer);
      socket.off("message", onMessage);
      socket.off("close", onClose);
      act();
    };
    const fail = (error: Error): void => finish(() => reject(error));
    const onClose = (code: number): void => fail(new Error(`the server closed the connection (${code})`));
    const onMessage = (data: RawData): void => {
      const frame = parse(data);
      if (frame?.type === "refused") fail(new RefusedError(frame));
      else if (frame?.type === "challenge" && said === null) {
        said = { challenge: frame, hello: createHello(greeting, frame) };
        socket.send(JSON.stringify(said.hello));
      } else if (frame?.type === "welcome" && said !== null) {
        const { challenge, hello } = said;
        const problem = judgeServer(greeting, frame, challenge, hello);
        if (problem) {
          fail(problem);
          return;
        }
        greeting.identity.rememberServer(challenge.serverKey);
        finish(() => {
          onWelcome();
          resolve({ cluster: frame.cluster, serverVersion: challenge.version });
        });
      } else fail(new Error("the server said something that is not of this protocol"));
    };
    const timer = setTimeout(() => fail(new Error("the server did not answer in time")), handshakeMs);
    socket.on("message", onMessage);
    socket.on("close", onClose);
  });
}

function parse(data: RawData): Challenge | Welcome | Refused | null {
  try {
    const frame = JSON.parse(String(data)) as Readonly<Record<string, unknown>>;
    const has = (...names: string[]) => names.every((name) => typeof frame[name] === "string");
    const count = (name: string) => Number.isFinite(frame[name]);
    const proof = frame.proof === null || typeof frame.proof === "string";
    const ok =
      (frame.type === "challenge" && has("version", "nonce", "serverKey") && count("protocol")) ||
      (frame.type === "welcome" && has("signature") && proof && typeof frame.cluster === "object") ||
      (frame.type === "refused" && has("code", "message") && count("retryAfter"));
    return ok ? (frame as unknown as Challenge | Welcome | Refused) : null;
  } catch {
    return null;
  }
}

function createHello({ identity, joinKey, facts }: Greeting, challenge: Challenge): Hello {
  const open = {
    type: "hello",
    protocol: agentProtocol,
    nonce: createNonce(),
    publicKey: identity.key.publicKey,
    joinKeyId: joinKeyIdOf(joinKey),
    facts: JSON.stringify(facts),
  } as const;
  return {
    ...open,
    proof: joinProof(joinKey, "agent", challenge, open),
    signature: keySignature(identity.key, "agent", challenge, open),
  };
}

/** A server is believed by the key it was met with, or because it knows the join key (a new server of the same cluster). */
function judgeServer(
  { identity, joinKey }: Greeting,
  welcome: Welcome,
  challenge: Challenge,
  hello: Hello,
): ImpostorError | null {
  const signed = isKeySignature(welcome.signature, challenge.serverKey, "server", challenge, hello);
  if (!signed) return new ImpostorError("the server's signature does not fit its key");
  if (identity.serverKey() === challenge.serverKey) return null;
  if (welcome.proof !== null && isJoinProof(welcome.proof, joinKey, "server", challenge, hello)) return null;
  return new ImpostorError(
    "this is not the server that took the agent in, and it does not know the join key: nothing was opened to it",
  );
}
