/**
 * Every error code of the HTTP API and the live socket with its HTTP status. Closed: clients may switch on it.
 * Answers are RFC 9457 `application/problem+json` with this `code`.
 */
export const errorStatus = {
  invalid_input: 400,
  unauthenticated: 401,
  wrong_credentials: 401,
  code_needed: 401,
  wrong_code: 401,
  forbidden: 403,
  bad_origin: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  already_done: 409,
  last_admin: 409,
  confirmation_needed: 409,
  too_large: 413,
  unsupported_media_type: 415,
  refused_by_engine: 422,
  no_shell: 422,
  no_docker_cli: 422,
  slow_down: 429,
  internal: 500,
  engine_error: 502,
  no_engine: 503,
  not_a_manager: 503,
  electing: 503,
  no_quorum: 503,
  swarm_locked: 503,
  not_in_swarm: 503,
  node_not_linked: 503,
  node_unreachable: 503,
  engine_timeout: 504,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** Facts for the reader of an error: field errors, both values of a conflict, seconds to wait. Never secrets. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/**
 * The one error class that may reach a user: `message` says what happened, to which object, and what to do.
 * `engineText` is the engine's own sentence, unchanged. Recognise it with `isAppError`, not `instanceof`:
 * Next bundles carry their own copy of this class.
 */
export class AppError extends Error {
  readonly brand = "shoal.AppError";
  readonly code: ErrorCode;
  readonly details: ErrorDetails | undefined;
  readonly engineText: string | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; details?: ErrorDetails; engineText?: string } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.details = options.details;
    this.engineText = options.engineText;
  }
}

/** True for an AppError of any copy of this module. */
export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && (error as Partial<AppError>).brand === "shoal.AppError";
}

/** The body of an error answer (RFC 9457). */
export interface Problem {
  readonly type: "about:blank";
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly detail: string;
  readonly engineText?: string;
  readonly details?: ErrorDetails;
}

/** Renders an error for the wire. Unknown errors become a bare `internal` without their text. */
export function toProblem(error: unknown): Problem {
  if (!isAppError(error)) {
    return {
      type: "about:blank",
      title: "internal",
      status: 500,
      code: "internal",
      detail: "Something went wrong inside Shoal. The server's log has the details.",
    };
  }
  return {
    type: "about:blank",
    title: error.code,
    status: errorStatus[error.code],
    code: error.code,
    detail: error.message,
    ...(error.engineText === undefined ? {} : { engineText: error.engineText }),
    ...(error.details === undefined ? {} : { details: error.details }),
  };
}
