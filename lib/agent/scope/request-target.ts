/** A request's target, decoded exactly once and free of everything two programs could read in two ways. */
export interface Target {
  /** `/v1.41`, or empty. */
  readonly version: string;
  readonly segments: readonly string[];
  readonly query: ReadonlyMap<string, string>;
}

/** Where what looks like a path is no plain one, why. */
export type ParsedTarget = Target | { readonly why: string };

/** Oldest API version that passes: that of Docker Engine 20.10. In much older ones a start could carry a HostConfig. */
const oldestMinor = 41;

/** Names of Docker's things, ids, and parts of an image's name. Anything else can be named by its id. */
const plainSegment = /^[A-Za-z0-9_][A-Za-z0-9_.:@+-]{0,254}$/;

/** Reads the target of a request line. Only origin form (`/path?query`) of visible ASCII is a target. */
export function parseTarget(raw: string): ParsedTarget {
  if (!raw.startsWith("/")) return { why: "the request must name a path of the engine, and nothing else" };
  if (!/^[\x21-\x7e]+$/.test(raw) || /[\\#]/.test(raw)) return { why: "the path is not a plain one" };
  const mark = raw.indexOf("?");
  const segments = parsePath(mark < 0 ? raw : raw.slice(0, mark));
  if (segments === null) return { why: "the path is not a plain one" };
  const query = parseQuery(mark < 0 ? "" : raw.slice(mark + 1));
  if (typeof query === "string") return { why: query };
  return { ...splitVersion(segments), query };
}

/** The target as it is sent to the engine. Everything that may be in a path goes as it is, a query value encoded. */
export function formatTarget({ version, segments, query }: Target): string {
  const pairs = [...query].map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`);
  return `${version}/${segments.join("/")}${pairs.length === 0 ? "" : `?${pairs.join("&")}`}`;
}

function parsePath(path: string): string[] | null {
  const segments = path
    .slice(1)
    .split("/")
    .map((segment) => decoded(segment));
  const plain = (segment: string | null): segment is string => segment !== null && plainSegment.test(segment);
  return segments.every(plain) ? segments : null;
}

function splitVersion(segments: readonly string[]): Pick<Target, "version" | "segments"> {
  const [first = "", ...rest] = segments;
  const minor = /^v1\.(\d\d)$/.exec(first)?.[1];
  // An older version stays part of the path, where no rule knows it.
  if (minor === undefined || Number(minor) < oldestMinor) return { version: "", segments };
  return { version: `/${first}`, segments: rest };
}

function parseQuery(text: string): Map<string, string> | string {
  const query = new Map<string, string>();
  for (const pair of text.split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const key = decoded((equals < 0 ? pair : pair.slice(0, equals)).replaceAll("+", " "));
    const value = decoded(equals < 0 ? "" : pair.slice(equals + 1).replaceAll("+", " "));
    if (key === null || value === null) return "the query is not properly encoded";
    if (query.has(key)) return `the query names ${key.slice(0, 40)} twice`;
    query.set(key, value);
  }
  return query;
}

/** Null where the encoding is broken or hides a NUL. */
function decoded(text: string): string | null {
  try {
    const value = decodeURIComponent(text);
    return value.includes("\0") ? null : value;
  } catch {
    return null;
  }
}
