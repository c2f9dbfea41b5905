import type { ServerResponse } from "node:http";
import { toProblem } from "#lib/shared/errors.ts";

/**
 * From now on a bare 500 becomes a problem. Next answers one, empty or "Internal Server Error", when a route
 * handler throws or cannot be loaded, and readers of the API are promised problem+json. Works at `writeHead`,
 * for Next's compression sends the headers before it ends the response.
 */
export function explainBareFailure(response: ServerResponse): void {
  const writeHead = response.writeHead.bind(response) as (...rest: unknown[]) => ServerResponse;
  const end = response.end.bind(response) as (...rest: unknown[]) => ServerResponse;
  let bare = false;

  const explainedHead = (...rest: unknown[]): ServerResponse => {
    bare = rest[0] === 500 && rest.length === 1 && /^(text\/plain|$)/.test(contentType(response));
    if (bare) {
      for (const name of ["etag", "content-length"]) response.removeHeader(name);
      response.setHeader("content-type", "application/problem+json");
      response.setHeader("cache-control", "no-store");
    }
    return writeHead(...rest);
  };
  const explainedEnd = (...rest: unknown[]): ServerResponse => {
    if (!response.headersSent && response.statusCode === 500) response.writeHead(500);
    return bare ? end(JSON.stringify(toProblem(null))) : end(...rest);
  };
  response.writeHead = explainedHead as typeof response.writeHead;
  response.end = explainedEnd as typeof response.end;
}

function contentType(response: ServerResponse): string {
  return String(response.getHeader("content-type") ?? "");
}
