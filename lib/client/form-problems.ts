import { t } from "#lib/shared/i18n/translate.ts";
import { ApiError } from "./api.ts";

/** What was wrong with a form: words for single fields, or for the whole. */
export interface FormProblems<Field extends string> {
  readonly fields: Readonly<Partial<Record<Field, string>>>;
  readonly form?: string;
}

/** The words for an error of a form that has these fields. A wait belongs to the first of them. */
export function formProblems<Field extends string>(
  error: unknown,
  names: readonly [Field, ...Field[]],
): FormProblems<Field> {
  const fields: Partial<Record<Field, string>> = {};
  if (error === undefined) return { fields };
  const message = error instanceof Error ? error.message : String(error);
  const details = error instanceof ApiError ? error.problem?.details : undefined;
  const wait = details?.retryAfterSeconds;
  if (typeof wait === "number") {
    fields[names[0]] = t("errors.slowDown", { n: wait });
    return { fields };
  }
  const given = (details?.fields ?? {}) as Readonly<Record<string, unknown>>;
  for (const name of names) {
    const text = given[name];
    if (typeof text === "string") fields[name] = text;
  }
  return Object.keys(fields).length > 0 ? { fields } : { fields, form: message };
}
