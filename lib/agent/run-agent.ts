import { setTimeout as delay } from "node:timers/promises";
import { WebSocket } from "ws";
import { agentPath, maxFrameBytes } from "#lib/shared/agent/protocol.ts";
import { WebSocketPipe } from "#lib/tunnel/web-socket-pipe.ts";
import type { AgentConfig } from "./config.ts";
import { createEngineIdentity, type EngineIdentity } from "./engine-info.ts";
import type { Identity } from "./identity.ts";
import type { AgentLog } from "./log.ts";
import { serveTunnel, type TunnelHandlers } from "./serve-tunnel.ts";
import { type Accepted, RefusedError, shakeHands } from "./shake-hands.ts";

export interface AgentOptions {
  readonly config: AgentConfig;
  readonly identity: Identity;
  readonly version: string;
  readonly capabilities: readonly string[];
  readonly handlers: TunnelHandlers;
  readonly log: AgentLog;
  readonly signal: AbortSignal;
}

/** Pause after the first failed try, and the longest, ms. Both are jittered, so that many agents do not come at once. */
const firstPauseMs = 500;
/** A server that does not take the connection within this time is not there, or not yet, ms. */
const dialTimeoutMs = 5_000;
const longestPauseMs = 8_000;

/** Keeps this node connected, for ever: dials, greets, serves, and begins again. Resolves when `signal` aborts. */
export async function runAgent(options: AgentOptions): Promise<void> {
  const { log, signal, config } = options;
  const engineIdentity = createEngineIdentity(config.socket);
  let failures = 0;
  while (!signal.aborted) {
    let pauseMs = 0;
    try {
      const why = await connectOnce(options, engineIdentity, () => {
        failures = 0;
      });
      log.info({ why }, "connection to the server ended");
    } catch (error) {
      pauseMs = error instanceof RefusedError ? error.refused.retryAfter * 1000 : 0;
      const code = error instanceof RefusedError ? error.refused.code : undefined;
      const why = error instanceof Error ? error.message : String(error);
      log.warn({ server: config.server.origin, code, why }, "not connected");
    }
    if (signal.aborted) return;
    const backoffMs = Math.min(longestPauseMs, firstPauseMs * 2 ** failures);
    failures = Math.min(failures + 1, 10);
    // What the server asked for is a minimum; the rest spreads.
    const waitMs = pauseMs * (1 + Math.random() / 4) + backoffMs * (0.5 + Math.random() / 2);
    await delay(waitMs, undefined, { signal }).catch(() => undefined);
  }
}

async function connectOnce(
  options: AgentOptions,
  engineIdentity: EngineIdentity,
  onConnected: () => void,
): Promise<string> {
  const { config, identity, version, capabilities, handlers, signal } = options;
  const engine = await engineIdentity.read();
  const socket = dial(config);
  const stop = (): void => socket.terminate();
  signal.addEventListener("abort", stop, { once: true });
  try {
    let ended: Promise<string> = Promise.resolve("");
    const facts = { ...engine, version, capabilities: [...capabilities], scope: config.scope };
    const failed = new Promise<never>((_, reject) => socket.once("error", reject));
    failed.catch(() => undefined);
    const greeting = { identity, joinKey: config.joinKey, facts };
    const accepted: Accepted = await Promise.race([
      failed,
      shakeHands(socket, greeting, () => {
        ended = serveTunnel(new WebSocketPipe(socket), handlers);
      }),
    ]);
    onConnected();
    noteConnected(options, accepted);
    return await ended;
  } finally {
    signal.removeEventListener("abort", stop);
    socket.on("error", () => undefined);
    socket.terminate();
  }
}

function dial({ server, ca }: AgentConfig): WebSocket {
  const url = new URL(agentPath, server);
  url.protocol = server.protocol === "https:" ? "wss:" : "ws:";
  return new WebSocket(url, {
    maxPayload: maxFrameBytes,
    perMessageDeflate: false,
    handshakeTimeout: dialTimeoutMs,
    ...(ca !== null && { ca }),
  });
}

function noteConnected({ config, identity, version, log }: AgentOptions, accepted: Accepted): void {
  const { cluster, serverVersion } = accepted;
  const facts = { server: config.server.origin, cluster: cluster.name, scope: config.scope };
  log.info({ ...facts, key: identity.key.publicKey.slice(0, 8), version, serverVersion }, "connected");
}
