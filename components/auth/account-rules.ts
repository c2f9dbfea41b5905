import "#lib/shared/i18n/pages/auth.ts";
import { t } from "#lib/shared/i18n/translate.ts";

const name = /^[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}$/;

/** What is wrong with a new account's name, in words. The server checks again (schemas.setupBody). */
export function nameProblem(value: string): string | undefined {
  return name.test(value.trim()) ? undefined : t("auth.setupNameRule");
}

/** What is wrong with a new password: 10 characters to 72 bytes (bcrypt reads no further). */
export function passwordProblem(value: string): string | undefined {
  const missing = 10 - [...value].length;
  if (missing > 0) return t("auth.passwordShort", { n: missing });
  const bytes = new TextEncoder().encode(value).length;
  return bytes > 72 ? t("auth.passwordLong", { n: bytes }) : undefined;
}
