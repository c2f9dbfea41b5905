/** How long a browser keeps its session cookie, in seconds. The server ends sessions earlier (see auth/sessions.ts). */
export const sessionCookieSeconds = 365 * 86_400;

/** Name of the session cookie. Over https the prefix keeps plain http pages of the same host from setting it. */
export function sessionCookieName(https: boolean): string {
  return `${https ? "__Secure-" : ""}shoal.session`;
}
