"use client";

import "#lib/shared/i18n/pages/people.ts";
import { type FormEvent, useState } from "react";
import { nameProblem, passwordProblem } from "#components/auth/account-rules.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { useSubmit } from "#components/ui/use-submit.ts";
import { api } from "#lib/client/api.ts";
import { formProblems } from "#lib/client/form-problems.ts";
import type { Access } from "#lib/shared/access.ts";
import type { NewPasswordAnswer } from "#lib/shared/api/people-types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { AccessChoice } from "./access-choice.tsx";
import { PasswordChoice } from "./password-choice.tsx";
import type { ClusterName } from "./role-word.ts";
import { ShownOnce } from "./shown-once.tsx";

export interface CreateUserDialogProps {
  clusters: readonly ClusterName[];
  onClose: () => void;
  /** There is an account more. */
  onMade: () => void;
}

/** Makes an account and shows its password once. */
export function CreateUserDialog({ clusters, onClose, onMade }: CreateUserDialogProps) {
  const [made, setMade] = useState<NewPasswordAnswer>();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={made ? t("people.shownOnceTitle", { name: made.user.name }) : t("people.addTitle")}
    >
      {made ? (
        <ShownOnce password={made.password} name={made.user.name} onDone={onClose} />
      ) : (
        <Form
          clusters={clusters}
          onMade={(answer) => {
            setMade(answer);
            onMade();
          }}
        />
      )}
    </Dialog>
  );
}

function Form({
  clusters,
  onMade,
}: Pick<CreateUserDialogProps, "clusters"> & { onMade: (answer: NewPasswordAnswer) => void }) {
  const [name, setName] = useState("");
  const [access, setAccess] = useState<Access>({ role: "viewer", clusters: {} });
  const [password, setPassword] = useState<string>();
  const [isSent, setSent] = useState(false);
  const submit = useSubmit();
  const { fields, form } = formProblems(submit.error, ["name", "password"]);

  const send = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (nameProblem(name) || (password !== undefined && passwordProblem(password))) return;
    void submit.run(async () => {
      const body = { name: name.trim(), ...access, ...(password !== undefined && { password }) };
      onMade(await api.post<NewPasswordAnswer>("/users", body));
    });
  };
  return (
    <form onSubmit={send} noValidate className="grid gap-4">
      <TextField
        label={t("people.name")}
        value={name}
        onChange={(event) => {
          setName(event.target.value);
          submit.reset();
        }}
        error={isSent ? (nameProblem(name) ?? fields.name) : undefined}
        autoFocus
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      <AccessChoice value={access} onChange={setAccess} clusters={clusters} />
      <PasswordChoice value={password} onChange={setPassword} isSent={isSent} />
      {form && (
        <Banner tone="bad" role="alert">
          {form}
        </Banner>
      )}
      <Button type="submit" variant="primary" className="justify-self-end" disabled={submit.busy}>
        {t("people.add")}
      </Button>
    </form>
  );
}
