import type { Engine } from "./engine.ts";

/** The API of a node's own agent: what the engine cannot tell. */
export interface NodeApi extends Pick<Engine, "send" | "stream"> {
  /** What this agent can, as it told when it came in. */
  readonly capabilities: readonly string[];
  /** The parsed JSON answer of `GET path`. Throws AppError. What it says is not checked here. */
  get(path: string, options: { readonly signal: AbortSignal; readonly timeoutMs: number }): Promise<unknown>;
}
