import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Logger } from "pino";
import { AppError, isAppError } from "#lib/shared/errors.ts";
import { refuseUpgrade } from "./problem-answer.ts";
import { badOrigin, type HttpRules, isHttps, peerOf } from "./request-listener.ts";
import { isOwnOrigin, requestOrigin } from "./request-origin.ts";
import { contentSecurityPolicy, createNonce, securityHeaders } from "./security-headers.ts";

/** A request for a socket, before anything is granted. */
export interface UpgradeRequest {
  readonly request: IncomingMessage;
  readonly url: URL;
  /** The client's address. */
  readonly address: string;
}

/** Takes over the raw connection; called at most once, only after authorisation, and only while it is open. */
export type AcceptUpgrade = (socket: Duplex, head: Buffer) => void;

/**
 * Decides about one socket: throws an AppError to refuse it with that error's HTTP status, or answers the
 * function that performs the upgrade. Nothing is upgraded before the decision.
 */
export type UpgradeRoute = (upgrade: UpgradeRequest) => Promise<AcceptUpgrade> | AcceptUpgrade;

/** The server's one "upgrade" listener. */
export interface UpgradeRouter {
  readonly listener: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Serves the exact path. Each path has one owner. `machines`: for programs that prove themselves, never for pages. */
  add(path: string, route: UpgradeRoute, options?: { readonly machines?: boolean }): void;
  /** From now on every socket is refused: the server is stopping. */
  close(): void;
}

/**
 * Routes upgrades by path. Every socket passes the origin check first. `development` receives sockets below
 * `/_next/` (hot reload) in development; without it they are not found, as every unknown path.
 */
export function createUpgradeRouter(
  rules: HttpRules,
  log: Logger,
  development?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void,
): UpgradeRouter {
  const routes = new Map<string, UpgradeRoute>();
  const machinePaths = new Set<string>();
  let closed = false;

  async function decide(request: IncomingMessage): Promise<AcceptUpgrade> {
    const { address, own } = requestOrigin(request.headers, peerOf(request), rules);
    const url = URL.parse(request.url ?? "", "http://shoal");
    const isMachines = machinePaths.has(url?.pathname ?? "");
    // A browser always names the page it comes from, and no program does.
    const allowed = isMachines ? request.headers.origin === undefined : isOwnOrigin(request.headers, own);
    if (!allowed) throw badOrigin(own);
    if (development && url?.pathname.startsWith("/_next/")) return (...rest) => development(request, ...rest);
    const route = url === null ? undefined : routes.get(url.pathname);
    if (url === null || route === undefined)
      throw new AppError("not_found", "There is no socket at this path.");
    if (closed) throw new AppError("no_engine", "Shoal is stopping. Try again in a moment.");
    return route({ request, url, address });
  }

  function listener(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Node hands over the socket without an error listener; a reset would end the process.
    socket.on("error", (error) => log.debug({ err: error }, "socket error"));
    decide(request)
      .then((accept) => {
        if (!socket.destroyed) accept(socket, head);
      })
      .catch((error: unknown) => {
        if (!isAppError(error)) log.error({ err: error, path: request.url?.split("?")[0] }, "upgrade failed");
        const policy = contentSecurityPolicy(createNonce(), rules.dev);
        refuseUpgrade(socket, error, securityHeaders(policy, isHttps(rules)));
      });
  }

  return {
    listener,
    add(path, route, { machines = false } = {}) {
      if (routes.has(path)) throw new Error(`two routes for the socket ${path}`);
      routes.set(path, route);
      if (machines) machinePaths.add(path);
    },
    close() {
      closed = true;
    },
  };
}
