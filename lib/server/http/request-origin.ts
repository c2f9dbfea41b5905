import type { IncomingHttpHeaders } from "node:http";
import type { BlockList } from "node:net";
import { includesAddress, plainAddress } from "#lib/server/config/address-list.ts";

/** What the process knows about a request's way here, apart from its headers. */
export interface Peer {
  /** Address of the TCP peer; undefined when the socket is already gone. */
  readonly address: string | undefined;
  /** The connection itself is TLS. */
  readonly encrypted: boolean;
}

/** Who is really asking, and under which origin they see this server. */
export interface RequestOrigin {
  /** The client's IP address, or "unknown". */
  readonly address: string;
  /** Shoal's own origin as the browser sees it, such as `https://shoal.example`; null when Host is not usable. */
  readonly own: string | null;
}

/** The two settings that decide what is believed about a request. */
export interface OriginRules {
  readonly trustedProxies: BlockList;
  readonly publicUrl: URL | null;
}

/**
 * Works out the client's address and the own origin. X-Forwarded-* count only from a trusted proxy, and
 * of each list only what the nearest trusted proxies added (read from the right); SHOAL_PUBLIC_URL wins
 * over any header.
 */
export function requestOrigin(headers: IncomingHttpHeaders, peer: Peer, rules: OriginRules): RequestOrigin {
  const peerAddress = plainAddress(peer.address ?? "");
  const viaProxy = includesAddress(rules.trustedProxies, peerAddress);
  const address = viaProxy ? forwardedClient(headers, peerAddress, rules.trustedProxies) : peerAddress;
  const protocol = (viaProxy && forwardedProtocol(headers)) || (peer.encrypted ? "https" : "http");
  const host = (viaProxy && lastValue(headers["x-forwarded-host"])) || headers.host;
  return { address: address || "unknown", own: rules.publicUrl?.origin ?? originOf(protocol, host) };
}

/**
 * May this request change something on behalf of the browser's session? Yes when the browser says that it
 * comes from our own pages (Sec-Fetch-Site, or an Origin equal to ours). Requests with a bearer token carry
 * their own proof, which no foreign page can attach, and need neither.
 */
export function isOwnOrigin(headers: IncomingHttpHeaders, own: string | null): boolean {
  if (hasBearer(headers)) return true;
  const site = headers["sec-fetch-site"];
  if (site === "same-origin" || site === "none") return true;
  return own !== null && headers.origin === own;
}

/** True when the request authorises itself with a token instead of the browser's cookie. */
export function hasBearer(headers: IncomingHttpHeaders): boolean {
  return /^bearer\s+\S/i.test(headers.authorization ?? "");
}

function originOf(protocol: string, host: string | undefined): string | null {
  // Anything but name, address and port would move the origin into another part of the URL.
  if (!host || !/^[A-Za-z0-9.:_[\]-]+$/.test(host)) return null;
  return URL.parse(`${protocol}://${host}`)?.origin ?? null;
}

function forwardedClient(headers: IncomingHttpHeaders, peer: string, trusted: BlockList): string {
  const hops = listValues(headers["x-forwarded-for"]).map(withoutPort).reverse();
  let client = peer;
  for (const hop of hops) {
    client = hop;
    if (!includesAddress(trusted, hop)) break;
  }
  return client;
}

function forwardedProtocol(headers: IncomingHttpHeaders): string | null {
  const value = lastValue(headers["x-forwarded-proto"]);
  return value === "https" || value === "http" ? value : null;
}

/** Some proxies write `1.2.3.4:5678` or `[::1]:5678`. */
function withoutPort(hop: string): string {
  return plainAddress(
    /^\[(.+)\](?::\d+)?$/.exec(hop)?.[1] ?? hop.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1"),
  );
}

function lastValue(header: string | string[] | undefined): string | undefined {
  return listValues(header).at(-1);
}

function listValues(header: string | string[] | undefined): string[] {
  const text = Array.isArray(header) ? header.join(",") : (header ?? "");
  return text
    .split(",")
    .map((value) => value.trim())
    .filter((value) => value !== "");
}
