import { decode } from "next-auth/jwt";
import { sessionCookieName } from "#lib/shared/session-cookie.ts";

/**
 * The session id inside a Cookie header, or null when there is none, it is forged, or it has expired. A socket
 * request has only raw headers, so next-auth's own `getToken` is of no use here.
 */
export async function readSessionId(cookieHeader: string, secret: string): Promise<string | null> {
  const cookies = parseCookies(cookieHeader);
  const token = cookies.get(sessionCookieName(true)) ?? cookies.get(sessionCookieName(false));
  if (!token) return null;
  try {
    const payload = await decode({ token, secret });
    return typeof payload?.sid === "string" ? payload.sid : null;
  } catch {
    // Anything that does not decrypt was not made with our key: no session.
    return null;
  }
}

function parseCookies(header: string): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const part of header.split(";")) {
    const equals = part.indexOf("=");
    if (equals < 0) continue;
    const name = part.slice(0, equals).trim();
    // Of two cookies with one name browsers send the more specific path first.
    if (!cookies.has(name))
      cookies.set(
        name,
        part
          .slice(equals + 1)
          .trim()
          .replace(/^"(.*)"$/, "$1"),
      );
  }
  return cookies;
}
