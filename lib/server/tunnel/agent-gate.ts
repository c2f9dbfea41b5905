import type { Logger } from "pino";
import { type WebSocket, WebSocketServer } from "ws";
import type { UpgradeRoute } from "#lib/server/http/upgrade-router.ts";
import { maxFrameBytes } from "#lib/shared/agent/protocol.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { Verdict } from "./admission.ts";
import type { Agents } from "./agents.ts";
import { type HandshakeOptions, refuse, shakeHands } from "./handshake.ts";

export interface AgentGateOptions extends Omit<HandshakeOptions, "judge"> {
  readonly judge: (address: string, ...said: Parameters<HandshakeOptions["judge"]>) => Verdict;
  readonly agents: Pick<Agents, "connected">;
  readonly log: Logger;
  readonly limits?: Partial<GateLimits>;
}

/** How many may be in the middle of a handshake: strangers cannot hold more than this. */
export interface GateLimits {
  readonly pending: number;
  readonly pendingPerAddress: number;
}

const defaultLimits: GateLimits = { pending: 128, pendingPerAddress: 64 };
/** One line of log about the same refusal of the same address in this time, ms. */
const quietMs = 60_000;

/** The door `/agent`: who passes the handshake becomes a tunnel. */
export function createAgentGate(options: AgentGateOptions): { readonly route: UpgradeRoute; close(): void } {
  const { agents, log } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const server = new WebSocketServer({ noServer: true, maxPayload: maxFrameBytes, perMessageDeflate: false });
  const pending = new Map<WebSocket, string>();
  const told = new Map<string, number>();

  function noteRefusal(address: string, code: string, name: string | null): void {
    const key = `${address} ${code}`;
    const now = Date.now();
    if (now - (told.get(key) ?? Number.NEGATIVE_INFINITY) < quietMs) return;
    if (told.size > 1_000) told.clear();
    told.set(key, now);
    log.warn({ address, code, name }, "agent refused");
  }

  async function greet(socket: WebSocket, address: string): Promise<void> {
    let name: string | null = null;
    const verdict = await shakeHands(socket, {
      ...options,
      judge: (challenge, hello, facts) => {
        name = facts.name;
        return options.judge(address, challenge, hello, facts);
      },
    });
    if (verdict === null) return;
    if (verdict.ok) agents.connected(verdict.agent, socket);
    else noteRefusal(address, verdict.code, name);
  }

  const route: UpgradeRoute = ({ request, address }) => {
    const ofAddress = [...pending.values()].filter((each) => each === address).length;
    if (pending.size >= limits.pending || ofAddress >= limits.pendingPerAddress) {
      noteRefusal(address, "busy", null);
      throw new AppError("slow_down", t("agents.refused.busy"), { details: { retryAfterSeconds: 5 } });
    }
    return (rawSocket, head) => {
      server.handleUpgrade(request, rawSocket, head, (socket) => {
        pending.set(socket, address);
        socket.on("error", (error) => log.debug({ err: error, address }, "agent socket error"));
        socket.once("close", () => pending.delete(socket));
        greet(socket, address)
          .catch((error: unknown) => {
            log.error({ err: error, address }, "agent handshake failed");
            refuse(socket, { code: "busy", message: t("agents.refused.failed"), retryAfter: 10 });
          })
          .finally(() => pending.delete(socket));
      });
    };
  };

  return {
    route,
    close() {
      for (const socket of pending.keys()) socket.terminate();
      server.close();
    },
  };
}
