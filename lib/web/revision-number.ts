import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";

/** The number of a revision out of a path. Throws invalid_input. */
export function revisionNumber(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new AppError("invalid_input", t("history.error.badNumber", { text: text.slice(0, 40) }));
}
