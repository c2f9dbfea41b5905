/** An answer that is no success, as the engine words it: `{"message": …}`. */
export class Refusal extends Error {
  readonly status: number;
  /** Some of the oldest refusals are plain text. */
  readonly isPlain: boolean;
  /** What could not be read: engines differ in how they say that. */
  readonly about: "filters" | "body" | null;

  constructor(status: number, message: string, isPlain = false, about: Refusal["about"] = null) {
    super(message);
    this.name = "Refusal";
    this.status = status;
    this.isPlain = isPlain;
    this.about = about;
  }
}

/** What an engine says about a write based on an old version, whatever the object (swarm-facts §4). */
export function outOfSequence(): Refusal {
  return new Refusal(500, "rpc error: code = Unknown desc = update out of sequence");
}

export function invalidArgument(text: string): Refusal {
  return new Refusal(400, `rpc error: code = InvalidArgument desc = ${text}`);
}

export function precondition(text: string): Refusal {
  return new Refusal(400, `rpc error: code = FailedPrecondition desc = ${text}`);
}

/** A body that is no JSON, in Go's words as far as they matter. */
export function parseBody<T>(body: string, status = 400): T {
  try {
    return JSON.parse(body === "" ? "{}" : body) as T;
  } catch {
    const isCutOff = /^\s*[[{]/.test(body) && !/[\]}]\s*$/.test(body);
    throw new Refusal(
      status,
      isCutOff
        ? "unexpected EOF"
        : `invalid character '${body.trim()[0] ?? ""}' looking for beginning of value`,
      false,
      "body",
    );
  }
}

/** `version=` of an update. */
export function versionOf(query: URLSearchParams, kind: string): number {
  const version = query.get("version") ?? "";
  if (/^\d+$/.test(version)) return Number(version);
  if (kind === "secret" || kind === "config") throw new Refusal(400, `invalid ${kind} version`);
  throw new Refusal(
    400,
    `invalid ${kind} version '${version}': strconv.ParseUint: parsing "${version}": invalid syntax`,
  );
}

/** A yes in a query. */
export const isYes = (text: string | null): boolean => /^(1|true|yes|on)$/i.test(text ?? "");
