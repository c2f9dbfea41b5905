"use client";

import "#lib/shared/i18n/pages/auth.ts";
import { type FormEvent, useState } from "react";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";
import { PasswordField } from "#components/ui/password-field.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { type Refusal, signInWith } from "./credentials.ts";
import { SecondStep } from "./second-step.tsx";
import { useCountdown } from "./use-countdown.ts";

/** Name and password. `next` is a path of ours to open afterwards. */
export function SignInForm({ next }: { next: string }) {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  /** Name and password that are right, while the code of the second factor is asked for. Never leaves this page. */
  const [proven, setProven] = useState<{ name: string; password: string }>();
  const wait = useCountdown();

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy || wait.left > 0) return;
    const form = new FormData(event.currentTarget);
    const name = String(form.get("name") ?? "").trim();
    const password = String(form.get("password") ?? "");
    if (!name || !password) {
      const fields: Record<string, string> = name
        ? { password: t("auth.passwordMissing") }
        : { name: t("auth.nameMissing") };
      setRefusal({ code: "invalid_input", fields });
      return;
    }
    setBusy(true);
    setRefusal(undefined);
    const refused = await signInWith(name, password);
    if (!refused) {
      // A whole new document: nothing of the signed-out page stays, and the server sees the cookie.
      window.location.assign(next);
      return;
    }
    setBusy(false);
    if (refused.code === "code_needed") {
      setProven({ name, password });
      return;
    }
    setRefusal(refused);
    if (refused.waitSeconds) wait.start(refused.waitSeconds);
  };

  if (proven) return <SecondStep proven={proven} next={next} onBack={() => setProven(undefined)} />;
  return (
    <form onSubmit={(event) => void send(event)} noValidate className="flex flex-col gap-[15px]">
      <TextField
        label={t("auth.name")}
        name="name"
        size="lg"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        error={refusal?.fields?.name}
      />
      <PasswordField
        label={t("auth.password")}
        name="password"
        size="lg"
        autoComplete="current-password"
        error={wait.left > 0 ? t("auth.slowDown", { n: wait.left }) : refusal?.fields?.password}
      />
      {refusal?.message && (
        <Banner tone="bad" role="alert">
          {refusal.message}
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
            ? t("auth.signingIn")
            : t("auth.signIn")}
      </Button>
    </form>
  );
}
