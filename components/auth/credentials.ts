"use client";

import "#lib/shared/i18n/pages/auth.ts";
import { signIn } from "next-auth/react";
import { type ErrorCode, errorStatus, type Problem } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";

/** Why a form was refused: words for the form or for single fields, and how long to wait. */
export interface Refusal {
  readonly message?: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly waitSeconds?: number;
  readonly code: ErrorCode | "no_answer";
}

const noAnswer: Refusal = { code: "no_answer", message: t("auth.noAnswer") };

/**
 * Signs in; null when it worked. The server answers a code of errors.ts or `slow_down:12` (lib/web/auth-options.ts);
 * `code_needed`: the password is right, `secondCode` is missing.
 */
export async function signInWith(
  name: string,
  password: string,
  secondCode?: string,
): Promise<Refusal | null> {
  const given = { name, password, ...(secondCode && { code: secondCode }) };
  const result = await signIn("credentials", { ...given, redirect: false }).catch(() => undefined);
  if (!result) return noAnswer;
  if (result.ok && !result.error) return null;
  const [code, seconds] = (result.error ?? "internal").split(":");
  if (code === "slow_down") return { code, waitSeconds: Number(seconds) || 1 };
  if (code === "wrong_credentials" || code === "CredentialsSignin") {
    return { code: "wrong_credentials", fields: { password: t("auth.wrongCredentials") } };
  }
  if (code === "code_needed") return { code };
  if (code === "wrong_code") return { code, fields: { code: t("auth.wrongCode") } };
  return { code: "internal", message: t("auth.failed") };
}

/** Makes the first account; null when it worked. */
export async function createFirstAccount(input: {
  code: string;
  name: string;
  password: string;
}): Promise<Refusal | null> {
  const response = await fetch("/api/v1/setup", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(input),
  }).catch(() => undefined);
  if (!response) return noAnswer;
  if (response.ok) return null;
  const problem: Partial<Problem> = await response.json().catch(() => ({}));
  const code = problem.code !== undefined && problem.code in errorStatus ? problem.code : "internal";
  const details = problem.details ?? {};
  const wait = details.retryAfterSeconds;
  if (code === "slow_down" && typeof wait === "number") return { code, waitSeconds: wait };
  const fields = textFields(details.fields);
  return { code, fields, message: fields ? undefined : (problem.detail ?? t("auth.failed")) };
}

/** The texts of `details.fields` for the fields this form has. */
function textFields(value: unknown): Record<string, string> | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const known = Object.entries(value).filter(
    (entry): entry is [string, string] =>
      ["code", "name", "password"].includes(entry[0]) && typeof entry[1] === "string",
  );
  return known.length > 0 ? Object.fromEntries(known) : undefined;
}
