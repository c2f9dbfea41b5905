"use client";

import "#lib/shared/i18n/pages/account.ts";
import "#lib/shared/i18n/pages/people.ts";
import { type FormEvent, useState } from "react";
import { RoleChoice } from "#components/people/role-choice.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { useSubmit } from "#components/ui/use-submit.ts";
import { api } from "#lib/client/api.ts";
import { formProblems } from "#lib/client/form-problems.ts";
import type { NewTokenAnswer } from "#lib/shared/api/people-types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { Role } from "#lib/shared/roles.ts";

const never = "never";
const ends = ["7", "30", "90", "365", never] as const;
type End = (typeof ends)[number];

export interface CreateTokenDialogProps {
  /** The own role: the most a token may have. */
  role: Role;
  onClose: () => void;
  onMade: () => void;
}

/** Makes a token and shows it once. */
export function CreateTokenDialog({ role, onClose, onMade }: CreateTokenDialogProps) {
  const [token, setToken] = useState<string>();
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t("account.tokenTitle")}>
      {token === undefined ? (
        <Form
          most={role}
          onMade={(made) => {
            setToken(made);
            onMade();
          }}
        />
      ) : (
        <div className="grid gap-3">
          <CodeBlock
            code={token}
            label={t("account.tokenTitle")}
            className="[&_pre]:break-all [&_pre]:whitespace-pre-wrap"
          />
          <Banner tone="info">{t("account.tokenShown")}</Banner>
          <Button variant="primary" autoFocus className="justify-self-end" onClick={onClose}>
            {t("people.done")}
          </Button>
        </div>
      )}
    </Dialog>
  );
}

function Form({ most, onMade }: { most: Role; onMade: (token: string) => void }) {
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("viewer");
  const [end, setEnd] = useState<End>("90");
  const [isSent, setSent] = useState(false);
  const submit = useSubmit();
  const { fields, form } = formProblems(submit.error, ["name"]);
  const missing = isSent && name.trim() === "" ? t("account.tokenNameMissing") : undefined;

  const send = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (name.trim() === "") return;
    void submit.run(async () => {
      const expiresInDays = end === never ? null : Number(end);
      const made = await api.post<NewTokenAnswer>("/me/tokens", { name: name.trim(), role, expiresInDays });
      onMade(made.token);
    });
  };
  return (
    <form onSubmit={send} noValidate className="grid gap-4">
      <TextField
        label={t("account.tokenName")}
        hint={t("account.tokenNameHint")}
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={missing ?? fields.name}
        maxLength={64}
        autoFocus
        autoComplete="off"
      />
      <RoleChoice label={t("account.tokenRole")} value={role} most={most} onChange={setRole} />
      <div>
        <p className="mb-[5px] font-medium">{t("account.tokenValidFor")}</p>
        <Segmented
          label={t("account.tokenValidFor")}
          value={end}
          onChange={setEnd}
          options={ends.map((value) => ({
            value,
            label: value === never ? t("account.tokenNever") : t("account.tokenDays", { n: Number(value) }),
          }))}
        />
      </div>
      {form && (
        <Banner tone="bad" role="alert">
          {form}
        </Banner>
      )}
      <Button type="submit" variant="primary" className="justify-self-end" disabled={submit.busy}>
        {t("account.tokenMake")}
      </Button>
    </form>
  );
}
