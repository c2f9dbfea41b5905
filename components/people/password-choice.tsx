"use client";

import "#lib/shared/i18n/pages/people.ts";
import { passwordProblem } from "#components/auth/account-rules.ts";
import { CheckboxField } from "#components/ui/checkbox.tsx";
import { PasswordField } from "#components/ui/password-field.tsx";
import { t } from "#lib/shared/i18n/translate.ts";

export interface PasswordChoiceProps {
  /** What is typed; undefined: one is to be made. */
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  /** The form was sent: say what is wrong. */
  isSent: boolean;
}

/** A password that is made, or one that is typed. */
export function PasswordChoice({ value, onChange, isSent }: PasswordChoiceProps) {
  return (
    <div className="grid gap-3">
      <CheckboxField
        label={t("people.typePassword")}
        hint={t("people.typePasswordHint")}
        checked={value !== undefined}
        onCheckedChange={(on) => onChange(on ? "" : undefined)}
      />
      {value !== undefined && (
        <PasswordField
          label={t("people.password")}
          hint={t("people.passwordHint")}
          autoComplete="new-password"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          error={isSent ? passwordProblem(value) : undefined}
        />
      )}
    </div>
  );
}
