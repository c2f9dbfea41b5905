import type { RequestFacts } from "#lib/server/runtime-types.ts";

/** What a request says about its sender. The address is the one the server's http layer found out. */
export function requestFacts(headers: Pick<Headers, "get">): RequestFacts {
  return {
    cookie: headers.get("cookie"),
    authorization: headers.get("authorization"),
    address: headers.get("x-shoal-client") ?? "unknown",
  };
}

/** Shoal's own origin as the browser sees it. The http layer has replaced forwarded headers by what is true. */
export function ownOrigin(request: Pick<Request, "headers" | "url">): string {
  const protocol = request.headers.get("x-forwarded-proto");
  const host = request.headers.get("x-forwarded-host");
  const written = protocol && host ? URL.parse(`${protocol}://${host}`) : null;
  return (written ?? new URL(request.url)).origin;
}
