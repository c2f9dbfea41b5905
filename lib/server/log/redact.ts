/** Names of fields that hold secrets, wherever they appear in a logged object. */
const secretName =
  /pass(word|phrase|wd)?$|secret|token|authorization|cookie|unlock_?key|private_?key|setup_?code$/i;
/** Secrets recognised by their own shape: Shoal's tokens and webhooks, Docker's join tokens and unlock keys, bearer headers, bcrypt hashes. */
const secretText =
  /shoal(?:hook)?_[0-9a-f]{12}_\w+|SWMTKN-[A-Za-z0-9-]+|SWMKEY-[A-Za-z0-9+/=_-]+|Bearer\s+\S+|\$2[aby]\$\d{2}\$[./A-Za-z0-9]{53}/g;
const hidden = "[hidden]";
const deepest = 6;

/** The text with everything that looks like a secret replaced. */
export function redactText(text: string): string {
  return text.replace(secretText, hidden);
}

/**
 * A copy of `value` fit for the log: fields with secret names and texts of secret shape are replaced,
 * errors become plain objects with their causes, anything deeper than six levels is cut.
 */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return redactText(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth >= deepest) return "[deep]";
  if (value instanceof Error) return redactError(value, depth);
  if (Array.isArray(value)) return value.map((entry) => redact(entry, depth + 1));
  if (value instanceof Date) return value;
  return redactFields(value, depth);
}

function redactFields(value: object, depth: number): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(value)) {
    const holdsSecret =
      secretName.test(name) && (typeof entry === "string" || typeof entry === "object") && entry !== null;
    copy[name] = holdsSecret ? hidden : redact(entry, depth + 1);
  }
  return copy;
}

function redactError(error: Error, depth: number): Record<string, unknown> {
  const code = (error as NodeJS.ErrnoException).code;
  return {
    type: error.name,
    message: redactText(error.message),
    ...(code === undefined ? {} : { code }),
    stack: redactText(error.stack ?? ""),
    ...(error.cause === undefined ? {} : { cause: redact(error.cause, depth + 1) }),
  };
}
