"use client";

import "#lib/shared/i18n/pages/account.ts";
import "#lib/shared/i18n/pages/people.ts";
import { type FormEvent, useState } from "react";
import { RoleChoice } from "#components/people/role-choice.tsx";
import type { ClusterName } from "#components/people/role-word.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { CheckboxField } from "#components/ui/checkbox.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { useSubmit } from "#components/ui/use-submit.ts";
import { api } from "#lib/client/api.ts";
import { formProblems } from "#lib/client/form-problems.ts";
import { type Access, heldTo, highestRole } from "#lib/shared/access.ts";
import type { NewTokenAnswer } from "#lib/shared/api/people-types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { isAtLeast, type Role, roles } from "#lib/shared/roles.ts";

const never = "never";
const ends = ["7", "30", "90", "365", never] as const;
type End = (typeof ends)[number];

export interface CreateTokenDialogProps {
  /** The own access: the most a token may have. */
  access: Access;
  /** Those that I may see. */
  clusters: readonly ClusterName[];
  onClose: () => void;
  onMade: () => void;
}

/** Makes a token and shows it once. */
export function CreateTokenDialog({ access, clusters, onClose, onMade }: CreateTokenDialogProps) {
  const [token, setToken] = useState<string>();
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t("account.tokenTitle")}>
      {token === undefined ? (
        <Form
          access={access}
          clusters={clusters}
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

function Form({
  access,
  clusters,
  onMade,
}: Pick<CreateTokenDialogProps, "access" | "clusters"> & { onMade: (token: string) => void }) {
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("viewer");
  const [only, setOnly] = useState<readonly string[] | null>(null);
  const [end, setEnd] = useState<End>("90");
  const [isSent, setSent] = useState(false);
  const submit = useSubmit();
  const { fields, form } = formProblems(submit.error, ["name"]);
  const options = roles.filter((each) => isAtLeast(highestRole(heldTo(access, "admin", only)), each));
  // Elsewhere the owner may be less.
  const chosen = options.includes(role) ? role : (options.at(-1) ?? "viewer");
  const missing = isSent && name.trim() === "" ? t("account.tokenNameMissing") : undefined;

  const send = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (name.trim() === "" || only?.length === 0) return;
    void submit.run(async () => {
      const expiresInDays = end === never ? null : Number(end);
      const body = { name: name.trim(), role: chosen, ...(only && { clusters: only }), expiresInDays };
      const made = await api.post<NewTokenAnswer>("/me/tokens", body);
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
      <RoleChoice label={t("account.tokenRole")} value={chosen} options={options} onChange={setRole} />
      {clusters.length > 1 && (
        <OnlyClusters value={only} clusters={clusters} onChange={setOnly} isSent={isSent} />
      )}
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

interface OnlyClustersProps {
  /** Ids; null: wherever its owner may go. */
  value: readonly string[] | null;
  clusters: readonly ClusterName[];
  onChange: (value: readonly string[] | null) => void;
  isSent: boolean;
}

/** Limits a token to some clusters. */
function OnlyClusters({ value, clusters, onChange, isSent }: OnlyClustersProps) {
  return (
    <div className="grid gap-2">
      <CheckboxField
        label={t("account.tokenOnly")}
        hint={t("account.tokenOnlyHint")}
        checked={value !== null}
        onCheckedChange={(on) => onChange(on ? [] : null)}
      />
      {value && (
        <fieldset aria-label={t("account.tokenOnly")} className="ml-[25px] grid min-w-0 gap-2">
          {clusters.map(({ id, name }) => (
            <CheckboxField
              key={id}
              label={name}
              checked={value.includes(id)}
              onCheckedChange={(on) => onChange(on ? [...value, id] : value.filter((each) => each !== id))}
            />
          ))}
        </fieldset>
      )}
      {isSent && value?.length === 0 && (
        <p role="alert" className="ml-[25px] text-12 text-bad">
          {t("account.tokenOnlyMissing")}
        </p>
      )}
    </div>
  );
}
