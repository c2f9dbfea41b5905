/** Newest API version this program was tried against; newer engines are asked in this one. */
const newestApi = "1.45";
/** Oldest API with everything we need (ServiceStatus, jobs): Docker Engine 20.10. */
const oldestApi = "1.41";

/** Compares `1.9` and `1.41` as versions: negative, zero or positive. Null when one is not a version. */
export function compareVersions(a: string, b: string): number | null {
  const parse = (text: string) => /^(\d{1,4})\.(\d{1,4})/.exec(text)?.slice(1).map(Number);
  const [left, right] = [parse(a), parse(b)];
  if (!left || !right) return null;
  return (left[0] ?? 0) - (right[0] ?? 0) || (left[1] ?? 0) - (right[1] ?? 0);
}

/** The version to speak with one engine, or why there is none. */
export type Negotiated =
  | { readonly ok: true; readonly version: string }
  | {
      readonly ok: false;
      readonly result: "too_old" | "unsupported" | "not_docker";
      readonly detail: string;
    };

/**
 * Chooses min(server, ours), never below the engine's own minimum (engine 29: 1.44). `engine` is the engine's
 * release, for the sentence.
 */
export function negotiate(server: { api: string; minApi: string; engine: string }): Negotiated {
  const toOldest = compareVersions(server.api, oldestApi);
  const toNewest = compareVersions(server.api, newestApi);
  if (toOldest === null || toNewest === null) {
    return { ok: false, result: "not_docker", detail: "the answer of /version has no API version" };
  }
  if (toOldest < 0) {
    return {
      ok: false,
      result: "too_old",
      detail: `Docker Engine ${server.engine} (API ${server.api}) is too old: Shoal needs Docker Engine 20.10 (API ${oldestApi}) or newer`,
    };
  }
  const version = toNewest < 0 ? server.api : newestApi;
  if ((compareVersions(version, server.minApi) ?? 0) < 0) {
    return {
      ok: false,
      result: "unsupported",
      detail: `Docker Engine ${server.engine} accepts API ${server.minApi} and newer; this Shoal speaks up to ${newestApi}. Update Shoal`,
    };
  }
  return { ok: true, version };
}
