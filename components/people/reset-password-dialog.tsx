"use client";

import "#lib/shared/i18n/pages/people.ts";
import { type FormEvent, useState } from "react";
import { passwordProblem } from "#components/auth/account-rules.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { useSubmit } from "#components/ui/use-submit.ts";
import { api } from "#lib/client/api.ts";
import { formProblems } from "#lib/client/form-problems.ts";
import type { NewPasswordAnswer, UserInfo } from "#lib/shared/api/people-types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { PasswordChoice } from "./password-choice.tsx";
import { ShownOnce } from "./shown-once.tsx";

export interface ResetPasswordDialogProps {
  user: UserInfo;
  onClose: () => void;
  onChanged: () => void;
}

/** Gives an account another password, which is shown once. */
export function ResetPasswordDialog({ user, onClose, onChanged }: ResetPasswordDialogProps) {
  const [answer, setAnswer] = useState<NewPasswordAnswer>();
  const [password, setPassword] = useState<string>();
  const [isSent, setSent] = useState(false);
  const submit = useSubmit();
  const { form, fields } = formProblems(submit.error, ["password"]);

  const send = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (password !== undefined && passwordProblem(password)) return;
    void submit.run(async () => {
      const path = `/users/${encodeURIComponent(user.id)}/password`;
      setAnswer(await api.post<NewPasswordAnswer>(path, password === undefined ? {} : { password }));
      onChanged();
    });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(answer ? "people.shownOnceTitle" : "people.resetTitle", { name: user.name })}
      description={answer ? undefined : t("people.resetSentence", { n: user.sessions })}
    >
      {answer ? (
        <ShownOnce password={answer.password} name={user.name} onDone={onClose} />
      ) : (
        <form onSubmit={send} noValidate className="grid gap-4 pt-2">
          <PasswordChoice value={password} onChange={setPassword} isSent={isSent} />
          {(form ?? fields.password) && (
            <Banner tone="bad" role="alert">
              {form ?? fields.password}
            </Banner>
          )}
          <Button type="submit" variant="primary" className="justify-self-end" disabled={submit.busy}>
            {t("people.resetPassword")}
          </Button>
        </form>
      )}
    </Dialog>
  );
}
