"use client";

import "#lib/shared/i18n/pages/account.ts";
import { type FormEvent, type ReactNode, useState } from "react";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { PasswordField } from "#components/ui/password-field.tsx";
import { useSubmit } from "#components/ui/use-submit.ts";
import { formProblems } from "#lib/client/form-problems.ts";
import { t } from "#lib/shared/i18n/translate.ts";

export interface ProveFormProps {
  children?: ReactNode;
  verb: string;
  danger?: boolean;
  /** Sends it with the password. A rejection is shown, and the person may try again. */
  onProve: (current: string) => Promise<void>;
}

/** Asks for the own password before something that must not happen on a page somebody left open. */
export function ProveForm({ children, verb, danger, onProve }: ProveFormProps) {
  const [missing, setMissing] = useState(false);
  const submit = useSubmit();
  const { fields, form } = formProblems(submit.error, ["current"]);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const current = String(new FormData(event.currentTarget).get("current") ?? "");
    setMissing(current === "");
    if (current !== "") void submit.run(() => onProve(current));
  };
  return (
    <form onSubmit={send} noValidate className="grid gap-4">
      {children}
      <PasswordField
        label={t("account.currentPassword")}
        hint={t("account.provePassword")}
        name="current"
        autoComplete="current-password"
        autoFocus
        error={missing ? t("account.currentMissing") : fields.current}
      />
      {form && (
        <Banner tone="bad" role="alert">
          {form}
        </Banner>
      )}
      <Button
        type="submit"
        variant={danger ? "danger-filled" : "primary"}
        className="justify-self-end"
        disabled={submit.busy}
      >
        {verb}
      </Button>
    </form>
  );
}
