import { AppError, type ErrorCode, isAppError } from "#lib/shared/errors.ts";

/** What exactly went wrong on the wire; the cause of every AppError an engine call throws. */
export class EngineFailure extends Error {
  readonly kind: "answered" | "unreachable" | "broken" | "timeout" | "aborted";
  readonly engine: string;
  /** `GET /services/abc`, without query. */
  readonly request: string;
  /** HTTP status for `answered`, else null. */
  readonly status: number | null;
  /** The engine's sentence, or the socket's error message. */
  readonly text: string;
  readonly errno: string | null;
  readonly timeoutMs: number;

  constructor(
    kind: EngineFailure["kind"],
    where: { engine: string; request: string; timeoutMs: number },
    facts: { status?: number; text: string; errno?: string | null; cause?: unknown },
  ) {
    super(`${where.engine} ${where.request}: ${facts.text}`, { cause: facts.cause });
    this.name = "EngineFailure";
    this.kind = kind;
    this.engine = where.engine;
    this.request = where.request;
    this.timeoutMs = where.timeoutMs;
    this.status = facts.status ?? null;
    this.text = facts.text;
    this.errno = facts.errno ?? null;
  }
}

/** Errnos of connections through an agent: there is none now, and it went away while something was under way. */
export const tunnelErrnos = { offline: "EAGENTOFFLINE", lost: "EAGENTLOST" } as const;

/** The wire failure behind an error, if there is one. */
export function causeOf(error: unknown): EngineFailure | null {
  if (error instanceof EngineFailure) return error;
  if (error instanceof Error && error.cause !== undefined) return causeOf(error.cause);
  return null;
}

/** True when the engine certainly did not do what was asked: it never got the request, or answered with an error. */
export function certainlyNotApplied(error: unknown): boolean {
  const failure = causeOf(error);
  if (failure === null) return isAppError(error);
  if (failure.kind === "unreachable") return true;
  // A deadline of the engine's own raft proposal may still be committed later.
  return failure.kind === "answered" && !/DeadlineExceeded|context (canceled|deadline)/i.test(failure.text);
}

/** True for the engine's answer to a write based on an outdated Version.Index (swarm-facts §4: HTTP 500, same text everywhere). */
export function isOutOfSequence(error: unknown): boolean {
  return causeOf(error)?.text.includes("update out of sequence") ?? false;
}

interface Rule {
  readonly test: RegExp;
  readonly code: ErrorCode;
  readonly say: string;
}

/** Sentences of Docker that mean something to us whatever their status; measured on 20.10 and 26.1. First match wins. */
const rules: readonly Rule[] = [
  {
    test: /^this agent's scope is /,
    code: "refused_by_engine",
    say: "the agent of this node does not allow it; how much it allows is set where it is deployed",
  },
  {
    test: /update out of sequence/,
    code: "conflict",
    say: "somebody else changed the object at the same moment; look at it again and repeat the change",
  },
  {
    test: /does not have a leader|too few managers are online/,
    code: "no_quorum",
    say: "the swarm has no leader because too few managers are online; bring managers back to change anything",
  },
  {
    test: /encrypted and needs to be unlocked/i,
    code: "swarm_locked",
    say: "the swarm on this engine is locked; unlock it with its key",
  },
  {
    test: /already part of a swarm/i,
    code: "already_done",
    say: "this engine is already part of a swarm",
  },
  {
    test: /not part of a swarm|connect this node to swarm and try again/i,
    code: "not_in_swarm",
    say: "this engine is not in a swarm",
  },
  {
    test: /not a swarm manager|can't be used to view or modify cluster state/i,
    code: "not_a_manager",
    say: "this engine is not a manager, and only managers know the cluster",
  },
  {
    test: /DeadlineExceeded|code = Unavailable|lost leader|raft: stopped|not (yet )?(have )?(a )?(member|leader)\b|leader (is )?chang|code = Canceled/i,
    code: "electing",
    say: "the managers are electing a leader; this takes about 15 seconds",
  },
];

/** Turns a wire failure into the error a user sees. `engineText` is Docker's sentence, unchanged. */
export function toAppError(failure: EngineFailure): AppError {
  const where = `${failure.engine} (${failure.request})`;
  const make = (code: ErrorCode, say: string, engineText?: string): AppError =>
    new AppError(code, `${where}: ${say}.`, {
      cause: failure,
      ...(engineText === undefined ? {} : { engineText: engineText.slice(0, 2000) }),
    });
  switch (failure.kind) {
    case "timeout":
      return make("engine_timeout", `no answer within ${failure.timeoutMs / 1000} s`);
    case "unreachable":
      if (failure.errno === tunnelErrnos.offline)
        return make("node_unreachable", "the agent is not connected");
      return make("no_engine", `the engine cannot be reached (${failure.errno ?? failure.text})`);
    case "broken":
      if (failure.errno === tunnelErrnos.lost) {
        return make("node_unreachable", "the connection through the agent ended before the answer came");
      }
      return make("engine_error", `the connection broke before the answer came (${failure.text})`);
    case "aborted":
      return make("engine_error", "the call was given up");
    case "answered":
      return answered(failure, make);
  }
}

function answered(
  failure: EngineFailure,
  make: (code: ErrorCode, say: string, engineText?: string) => AppError,
): AppError {
  const { text } = failure;
  const refused = `the engine refused: ${text.replace(/\.$/, "")}`;
  const status = failure.status ?? 500;
  const rule = rules.find((candidate) => candidate.test.test(text));
  if (rule) return make(rule.code, rule.say, text);
  if (status === 404) return make("not_found", "there is no such object", text);
  if (status === 409) return make("conflict", refused, text);
  if (status >= 400 && text !== "") return make("refused_by_engine", refused, text);
  return make("engine_error", `the engine answered HTTP ${status}`, text);
}
