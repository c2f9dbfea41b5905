import type { IncomingMessage } from "node:http";
import type { AgentScope } from "#lib/shared/agent/scope.ts";
import { findRule } from "./find-rule.ts";
import { parseTarget, type Target } from "./request-target.ts";
import type { Rule } from "./rules.ts";

/** Why a request is not sent to the engine; the message is what the asker is told. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The refusal of what the scope does not allow; `why` where there is more to say. */
export function refusal(scope: AgentScope, request: IncomingMessage, why: string | null): Refusal {
  const what = `${request.method} ${pathOf(request)}`;
  const reason = why === null ? "" : `: ${why}`;
  return new Refusal(403, `this agent's scope is ${scope}: ${what} is not allowed${reason}`);
}

/** Finds the rule for a request by all that can be said before its body is read. Throws Refusal. */
export function judgeHead(scope: AgentScope, request: IncomingMessage): { rule: Rule; target: Target } {
  const { headers, method = "", url = "" } = request;
  if (request.httpVersion !== "1.1") throw new Refusal(505, "the agent speaks HTTP/1.1 only");
  if (headers.upgrade !== undefined || /upgrade/i.test(headers.connection ?? "")) {
    throw refusal(scope, request, "only the scope exec may take over a connection");
  }
  if (headers.expect !== undefined && headers.expect.toLowerCase() !== "100-continue") {
    throw new Refusal(417, "the agent knows no expectation but 100-continue");
  }
  const coding = headers["transfer-encoding"]?.toLowerCase() ?? "chunked";
  if (coding !== "chunked" || headers["content-encoding"] !== undefined) {
    throw new Refusal(415, "the agent takes bodies only as they are");
  }
  const target = parseTarget(url);
  if ("why" in target) throw refusal(scope, request, target.why);
  const found = findRule(scope, method, target);
  if ("why" in found) throw refusal(scope, request, found.why);
  if ((method === "GET" || method === "HEAD") && hasBody(request)) {
    throw refusal(scope, request, `a ${method} has no body`);
  }
  return { rule: found.rule, target };
}

/** Does a body follow the request's head? */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) !== 0;
}

/** For sentences and the log: without version and query, which may hold what is nobody's business. */
export function pathOf({ url = "" }: IncomingMessage): string {
  if (!url.startsWith("/")) return "(no path)";
  const path = (url.split("?")[0] ?? "").replace(/^\/v1\.\d+(?=\/)/, "");
  return path.length > 200 ? `${path.slice(0, 199)}…` : path;
}
