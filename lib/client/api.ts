import type { ErrorCode, Problem } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";

/**
 * A call that did not work. `message` is a whole sentence for people. `problem` is the server's answer, null when
 * there was none (`code` is then "network").
 */
export class ApiError extends Error {
  readonly code: ErrorCode | "network";
  readonly status: number;
  readonly problem: Problem | null;

  constructor(message: string, status: number, problem: Problem | null, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "ApiError";
    this.code = problem?.code ?? "network";
    this.status = status;
    this.problem = problem;
  }
}

interface CallOptions {
  readonly signal?: AbortSignal;
}

/** The HTTP API for pages: paths are below /api/v1, `api.post("/clusters/local/swarm/leave", {})`. Throws ApiError. */
export const api = {
  get: <T>(path: string, options?: CallOptions) => call<T>("GET", path, undefined, options),
  post: <T>(path: string, body: object = {}, options?: CallOptions) => call<T>("POST", path, body, options),
  patch: <T>(path: string, body: object, options?: CallOptions) => call<T>("PATCH", path, body, options),
  /** An answer that is no JSON, as it is. */
  text: (path: string, options?: CallOptions) =>
    call<string>("GET", path, undefined, options, (text) => text),
  delete: <T>(path: string, body?: object, options?: CallOptions) => call<T>("DELETE", path, body, options),
};

async function call<T>(
  method: string,
  path: string,
  body?: object,
  { signal }: CallOptions = {},
  read: (text: string) => unknown = parse,
): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      headers: { accept: "application/json", ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
      // Everything here is live: a cached answer is a wrong one.
      cache: "no-store",
      credentials: "same-origin",
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError(t("errors.network"), 0, null, cause);
  }
  const text = await response.text();
  const value = response.ok ? read(text) : parse(text);
  if (response.ok && (text === "" || value !== undefined)) return value as T;
  const problem = isProblem(value) ? value : null;
  throw new ApiError(
    problem?.detail ?? t("errors.badAnswer", { status: response.status }),
    response.status,
    problem,
  );
}

function parse(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isProblem(value: unknown): value is Problem {
  const problem = value as Partial<Problem> | null | undefined;
  return typeof problem?.code === "string" && typeof problem.detail === "string";
}
