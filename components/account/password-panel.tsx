"use client";

import "#lib/shared/i18n/pages/account.ts";
import { type FormEvent, useState } from "react";
import { passwordProblem } from "#components/auth/account-rules.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { PasswordField } from "#components/ui/password-field.tsx";
import { toast } from "#components/ui/toast.ts";
import { ApiError, api } from "#lib/client/api.ts";
import { t } from "#lib/shared/i18n/translate.ts";

interface Problems {
  readonly current?: string;
  readonly next?: string;
  /** What is wrong with neither field. */
  readonly form?: string;
}

/** Changes the own password; `onChanged` follows, because the other sessions have ended with it. */
export function PasswordPanel({ name, onChanged }: { name: string; onChanged: () => void }) {
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<Problems>({});

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const current = String(data.get("current") ?? "");
    const next = String(data.get("next") ?? "");
    const found = { current: current ? undefined : t("account.currentMissing"), next: passwordProblem(next) };
    setProblems(found);
    if (busy || found.current || found.next) return;
    setBusy(true);
    try {
      await api.post("/me/password", { current, next });
      form.reset();
      toast(t("account.changed"));
      onChanged();
    } catch (error) {
      setProblems(problemsOf(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Panel title={t("account.password")}>
      <form onSubmit={(event) => void send(event)} noValidate className="flex max-w-[420px] flex-col gap-3.5">
        {/* Password managers store the new password under this name. */}
        <input type="text" name="username" autoComplete="username" value={name} readOnly hidden />
        <PasswordField
          label={t("account.currentPassword")}
          name="current"
          autoComplete="current-password"
          error={problems.current}
        />
        <PasswordField
          label={t("account.newPassword")}
          name="next"
          autoComplete="new-password"
          hint={t("account.newPasswordHint")}
          error={problems.next}
          onBlur={({ target }) => {
            if (target.value) setProblems((known) => ({ ...known, next: passwordProblem(target.value) }));
          }}
        />
        {problems.form && (
          <Banner tone="bad" role="alert">
            {problems.form}
          </Banner>
        )}
        <Button type="submit" variant="primary" className="self-start" disabled={busy}>
          {busy ? t("account.changing") : t("account.changePassword")}
        </Button>
      </form>
    </Panel>
  );
}

function problemsOf(error: unknown): Problems {
  if (!(error instanceof ApiError)) throw error;
  const { fields, retryAfterSeconds } = error.problem?.details ?? {};
  if (typeof retryAfterSeconds === "number") return { current: t("account.wait", { n: retryAfterSeconds }) };
  if (typeof fields !== "object" || fields === null) return { form: error.message };
  const text = (name: string): string | undefined => {
    const value = (fields as Record<string, unknown>)[name];
    return typeof value === "string" ? value : undefined;
  };
  const known = { current: text("current"), next: text("next") };
  return known.current || known.next ? known : { form: error.message };
}
