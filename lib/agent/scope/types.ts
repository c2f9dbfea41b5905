import type { Socket } from "node:net";
import type { AgentScope } from "#lib/shared/agent/scope.ts";

/** Where it is written what the filter refused and what went wrong. A pino logger is one. */
export interface ScopeLog {
  debug(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** How a stream of the server is served. */
export interface ScopeOptions {
  readonly scope: AgentScope;
  /** Dials the engine: a new socket with `allowHalfOpen` each time. */
  readonly connect: () => Socket;
  readonly log: ScopeLog;
}
