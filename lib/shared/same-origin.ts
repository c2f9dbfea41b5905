/** Methods that change nothing (RFC 9110 §9.2.1). */
export function isSafeMethod(method: string): boolean {
  return method === "GET" || method === "HEAD" || method === "OPTIONS";
}

/**
 * Does the browser say that this request comes from our own pages? By Sec-Fetch-Site (`none`: the person
 * typed the address) or, where browsers leave that out (plain http), by an Origin equal to `own`. No proof
 * is no.
 */
export function isSameOrigin(headers: Pick<Headers, "get">, own: string): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin" || site === "none";
  return headers.get("origin") === own;
}
