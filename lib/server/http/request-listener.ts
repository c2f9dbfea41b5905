import type { IncomingMessage, ServerResponse } from "node:http";
import type { TLSSocket } from "node:tls";
import type { Logger } from "pino";
import { allowedMethods } from "#lib/shared/api/allowed-methods.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { webhookPath } from "#lib/shared/webhooks/types.ts";
import { explainBareFailure } from "./bare-failure.ts";
import { setInnerHeaders } from "./inner-headers.ts";
import { answerProblem } from "./problem-answer.ts";
import { isOwnOrigin, type OriginRules, type Peer, requestOrigin } from "./request-origin.ts";
import { contentSecurityPolicy, createNonce, securityHeaders } from "./security-headers.ts";

/** Answers a request that has passed the checks; Next in production, a plain function in tests. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** What every request and every socket is judged by. */
export interface HttpRules extends OriginRules {
  /** Next runs in development mode. */
  readonly dev: boolean;
}

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * The listener of the server's "request" event: security headers on every answer, forged headers out,
 * foreign pages refused, then `handle`.
 */
export function createRequestListener(rules: HttpRules, log: Logger, handle: RequestHandler) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const origin = requestOrigin(request.headers, peerOf(request), rules);
    const nonce = createNonce();
    const policy = contentSecurityPolicy(nonce, rules.dev);
    for (const [name, value] of Object.entries(securityHeaders(policy, isHttps(rules)))) {
      response.setHeader(name, value);
    }
    const isOurs = safeMethods.has(request.method ?? "") || isOwnOrigin(request.headers, origin.own);
    // Webhooks are called by other programs, and no cookie counts there.
    if (!isOurs && !isWebhook(request)) {
      log.warn(
        { address: origin.address, origin: request.headers.origin, own: origin.own },
        "foreign origin refused",
      );
      answerProblem(response, badOrigin(origin.own));
      return;
    }
    // Next answers these with its own 500.
    if (!isDecodable(pathOf(request))) {
      answerProblem(response, new AppError("invalid_input", t("errors.malformedPath")));
      return;
    }
    const allowed = methodsInstead(request);
    if (allowed !== null) {
      response.setHeader("allow", allowed.join(", "));
      answerProblem(response, methodNotAllowed(request, allowed));
      return;
    }
    setInnerHeaders(request.headers, origin, { nonce, policy, path: request.url ?? "/" });
    if (pathOf(request).startsWith("/api/")) explainBareFailure(response);
    handle(request, response).catch((error: unknown) => {
      log.error({ err: error, method: request.method, path: pathOf(request) }, "request failed");
      answerProblem(response, error);
    });
  };
}

/** What the API's path takes when it does not take this method; Next's own answer to that would have no body. */
function methodsInstead(request: IncomingMessage): readonly string[] | null {
  const allowed = allowedMethods(pathOf(request));
  return allowed?.includes(request.method ?? "") ? null : allowed;
}

function methodNotAllowed(request: IncomingMessage, allowed: readonly string[]): AppError {
  const params = { path: pathOf(request), method: request.method ?? "", allowed: allowed.join(", ") };
  return new AppError("method_not_allowed", t("errors.methodNotAllowed", params));
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function isWebhook(request: IncomingMessage): boolean {
  const path = pathOf(request);
  return path === webhookPath || path.startsWith(`${webhookPath}/`);
}

function pathOf(request: IncomingMessage): string {
  return request.url?.split("?")[0] ?? "";
}

/** The peer of a request's connection. */
export function peerOf(request: IncomingMessage): Peer {
  const socket = request.socket as Partial<TLSSocket>;
  return { address: socket.remoteAddress, encrypted: socket.encrypted === true };
}

/** True when people reach Shoal by https and browsers may be told to insist on it. */
export function isHttps(rules: OriginRules): boolean {
  return rules.publicUrl?.protocol === "https:";
}

/** The refusal of a request that another site's page may have caused. */
export function badOrigin(own: string | null): AppError {
  return new AppError(
    "bad_origin",
    `This request does not come from Shoal's own page${own === null ? "" : ` (${own})`}. Open Shoal directly, use an API token, or set SHOAL_PUBLIC_URL to the address in the browser.`,
  );
}
