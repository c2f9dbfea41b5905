import { isAppError, toProblem } from "#lib/shared/errors.ts";

/** An error as the answer to a request: problem+json, with the headers that belong to its code. */
export function problemResponse(error: unknown): Response {
  const problem = toProblem(error);
  const headers = new Headers({ "content-type": "application/problem+json", "cache-control": "no-store" });
  const seconds = isAppError(error) ? error.details?.retryAfterSeconds : undefined;
  if (typeof seconds === "number") headers.set("retry-after", String(Math.ceil(seconds)));
  if (problem.code === "unauthenticated") headers.set("www-authenticate", 'Bearer realm="shoal"');
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}
