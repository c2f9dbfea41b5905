"use client";

import "#lib/shared/i18n/pages/auth.ts";
import Link from "next/link";
import { type FormEvent, useState } from "react";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { TextField } from "#components/ui/field.tsx";
import { PasswordField } from "#components/ui/password-field.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { nameProblem, passwordProblem } from "./account-rules.ts";
import { createFirstAccount, type Refusal, signInWith } from "./credentials.ts";
import { useCountdown } from "./use-countdown.ts";

type Field = "code" | "name" | "password";
type Values = Record<Field, string>;

const rules: Record<Field, (value: string) => string | undefined> = {
  code: (value) => (value.trim() ? undefined : t("auth.setupCodeMissing")),
  name: nameProblem,
  password: passwordProblem,
};
const fieldNames = ["code", "name", "password"] as const;

function read(form: HTMLFormElement): Values {
  const data = new FormData(form);
  const text = (field: Field) => String(data.get(field) ?? "");
  return { code: text("code").trim(), name: text("name").trim(), password: text("password") };
}

/** The first account: setup code, name, password; then signs in with them. */
export function SetupForm() {
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Partial<Values>>({});
  const [refusal, setRefusal] = useState<Refusal>();
  const wait = useCountdown();

  const check = (field: Field, value: string) =>
    setErrors((known) => ({ ...known, [field]: value === "" ? known[field] : rules[field](value) }));

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy || wait.left > 0) return;
    const values = read(event.currentTarget);
    const problems = Object.fromEntries(fieldNames.map((field) => [field, rules[field](values[field])]));
    setErrors(problems);
    setRefusal(undefined);
    if (fieldNames.some((field) => problems[field])) return;
    setBusy(true);
    const refused = (await createFirstAccount(values)) ?? (await signInWith(values.name, values.password));
    if (!refused) {
      window.location.assign("/");
      return;
    }
    setBusy(false);
    setRefusal(refused);
    setErrors({ ...refused.fields });
    if (refused.waitSeconds) wait.start(refused.waitSeconds);
  };

  const common = (field: Field) => ({
    name: field,
    size: "lg" as const,
    error: errors[field],
    onBlur: (event: { target: { value: string } }) => check(field, event.target.value),
  });
  return (
    <form onSubmit={(event) => void send(event)} noValidate className="flex flex-col gap-[15px]">
      <TextField
        {...common("code")}
        label={t("auth.setupCode")}
        error={wait.left > 0 ? t("auth.slowDown", { n: wait.left }) : errors.code}
        hint={t("auth.setupCodeHint")}
        autoComplete="one-time-code"
        autoCapitalize="characters"
        spellCheck={false}
        autoFocus
        mono
        className="[&_[data-slot=input]_input]:text-[16px] [&_[data-slot=input]_input]:tracking-[.06em]"
      />
      <CodeBlock code="docker logs shoal" line className="-mt-[7px]" />
      <TextField
        {...common("name")}
        label={t("auth.name")}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
      />
      <PasswordField
        {...common("password")}
        label={t("auth.password")}
        hint={t("auth.setupPasswordHint")}
        autoComplete="new-password"
      />
      {refusal?.message && (
        <Banner tone="bad" role="alert">
          {refusal.message}{" "}
          {refusal.code === "already_done" && (
            <Link href="/sign-in" className="link">
              {t("auth.setupSignIn")}
            </Link>
          )}
        </Banner>
      )}
      <Button
        type="submit"
        variant="primary"
        size="lg"
        className="mt-[5px] w-full"
        disabled={busy || wait.left > 0}
      >
        {wait.left > 0
          ? t("auth.tryAgainIn", { n: wait.left })
          : busy
            ? t("auth.setupBusy")
            : t("auth.setupGo")}
      </Button>
      <p className="text-center text-12 text-ink-3">{t("auth.setupFine")}</p>
    </form>
  );
}
