import { t } from "#lib/shared/i18n/translate.ts";
import { jsonAt, withJsonAt } from "#lib/shared/lossless-json.ts";
import { prettyJson } from "#lib/shared/pretty-json.ts";
import { serviceFields } from "#lib/shared/services/fields.ts";

/**
 * Two specifications as lines to compare, without the values of the environment and of log options: where a value is
 * another, the second says so.
 */
export function maskedPretty(before: string, after: string): { before: string; after: string } {
  let [a, b] = [before, after];
  for (const { path } of [serviceFields.env, serviceFields.logOptions]) {
    const [old, now] = [before, after].map((spec) => JSON.parse(jsonAt(spec, path) ?? "null") as unknown);
    a = withMask(a, path, old, old);
    b = withMask(b, path, now, old);
  }
  return { before: prettyJson(a), after: prettyJson(b) };
}

function withMask(spec: string, path: readonly string[], value: unknown, before: unknown): string {
  if (value === null || typeof value !== "object") return spec;
  const known = valuesOf(before);
  const masked = [...valuesOf(value)].map(([name, text]) => {
    const isOther = known.has(name) && known.get(name) !== text;
    return [name, text === null ? null : t(isOther ? "edit.mask.other" : "edit.mask.hidden")] as const;
  });
  const shown = Array.isArray(value)
    ? masked.map(([name, text]) => (text === null ? name : `${name}=${text}`))
    : Object.fromEntries(masked);
  return withJsonAt(spec, path, JSON.stringify(shown));
}

/** By name: a variable's or an option's value; null for a variable that is only passed on. */
function valuesOf(value: unknown): ReadonlyMap<string, string | null> {
  if (Array.isArray(value)) {
    return new Map(
      value.map((line) => {
        const [text, at] = [String(line), String(line).indexOf("=")];
        return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
      }),
    );
  }
  const members = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return new Map(members.map(([name, text]) => [name, String(text)]));
}
