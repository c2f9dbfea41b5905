"use client";

import "#lib/shared/i18n/pages/auth.ts";
import { type FormEvent, useState } from "react";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { type Refusal, signInWith } from "./credentials.ts";
import { useCountdown } from "./use-countdown.ts";

export interface SecondStepProps {
  /** The name and the password that were right a moment ago; the server looks at them again. */
  proven: { readonly name: string; readonly password: string };
  next: string;
  onBack: () => void;
}

/** The code of the second factor, from the app or from the list of recovery codes. */
export function SecondStep({ proven, next, onBack }: SecondStepProps) {
  const [isRecovery, setRecovery] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const wait = useCountdown();

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy || wait.left > 0) return;
    const code = String(new FormData(event.currentTarget).get("code") ?? "").trim();
    if (!code) {
      setRefusal({ code: "invalid_input", fields: { code: t("auth.codeMissing") } });
      return;
    }
    setBusy(true);
    setRefusal(undefined);
    const refused = await signInWith(proven.name, proven.password, code);
    if (!refused) {
      window.location.assign(next);
      return;
    }
    setBusy(false);
    setRefusal(refused);
    if (refused.waitSeconds) wait.start(refused.waitSeconds);
  };

  const wrong = isRecovery ? t("auth.wrongRecoveryCode") : refusal?.fields?.code;
  const problem =
    refusal?.code === "wrong_code" ? wrong : (refusal?.fields?.code ?? refusal?.fields?.password);
  return (
    <form onSubmit={(event) => void send(event)} noValidate className="flex flex-col gap-[15px]">
      <TextField
        key={String(isRecovery)}
        label={isRecovery ? t("auth.recoveryCode") : t("auth.code")}
        hint={isRecovery ? t("auth.recoveryCodeHint") : t("auth.codeHint")}
        name="code"
        size="lg"
        mono
        inputMode={isRecovery ? "text" : "numeric"}
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={32}
        autoFocus
        error={wait.left > 0 ? t("auth.slowDown", { n: wait.left }) : problem}
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
      <div className="flex flex-wrap justify-between gap-2">
        <Button variant="ghost" onClick={onBack}>
          {t("auth.backToPassword")}
        </Button>
        <Button
          variant="ghost"
          onClick={() => {
            setRecovery(!isRecovery);
            setRefusal(undefined);
          }}
        >
          {isRecovery ? t("auth.useAppCode") : t("auth.useRecoveryCode")}
        </Button>
      </div>
      <p className="text-center text-12 text-ink-3">{t("auth.noSecondFactor")}</p>
    </form>
  );
}
