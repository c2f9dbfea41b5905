import type { IncomingHttpHeaders } from "node:http";
import type { RequestOrigin } from "./request-origin.ts";

/** Headers that only this process may set: Next and our own routes believe them. */
const ours =
  /^(x-forwarded-.*|forwarded|x-real-ip|x-nonce|x-shoal-.*|x-middleware-.*|content-security-policy(-report-only)?)$/;

/**
 * Replaces, in place, everything a client may have forged by what this process found out: the client's
 * address (`x-shoal-client`, `x-forwarded-for`), protocol and host, the path asked for (`x-shoal-path`, which
 * Next does not tell its pages), and the nonce of this answer's scripts, which Next reads from the policy and
 * pages from `x-nonce`.
 */
export function setInnerHeaders(
  headers: IncomingHttpHeaders,
  origin: RequestOrigin,
  page: { readonly nonce: string; readonly policy: string; readonly path: string },
): void {
  for (const name of Object.keys(headers)) {
    if (ours.test(name)) delete headers[name];
  }
  headers["x-shoal-client"] = origin.address;
  headers["x-shoal-path"] = page.path;
  headers["x-forwarded-for"] = origin.address;
  if (origin.own !== null) {
    const own = new URL(origin.own);
    headers["x-forwarded-proto"] = own.protocol.slice(0, -1);
    headers["x-forwarded-host"] = own.host;
  }
  headers["x-nonce"] = page.nonce;
  headers["content-security-policy"] = page.policy;
}
