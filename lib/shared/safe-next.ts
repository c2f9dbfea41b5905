/** A path of ours from `?next=`, else `/`: never another origin, however the path is written. */
export function safeNext(value: string | string[] | undefined): string {
  if (typeof value !== "string" || !value.startsWith("/")) return "/";
  const base = "http://shoal.invalid";
  const url = URL.parse(value, base);
  // "/..//host" parses to the path "//host", which the next reader takes for another host.
  return url?.origin === base && !url.pathname.startsWith("//") ? url.pathname + url.search + url.hash : "/";
}
