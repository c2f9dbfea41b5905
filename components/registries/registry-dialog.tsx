"use client";

import "#lib/shared/i18n/pages/registries.ts";
import { type FormEvent, useState } from "react";
import type { ClusterName } from "#components/people/role-word.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { CheckboxField } from "#components/ui/checkbox.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { PasswordField } from "#components/ui/password-field.tsx";
import { useSubmit } from "#components/ui/use-submit.ts";
import { api } from "#lib/client/api.ts";
import { formProblems } from "#lib/client/form-problems.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import {
  type RegistryItem,
  type RegistryKind,
  registryFacts,
  registryKinds,
} from "#lib/shared/registries/types.ts";

export interface RegistryDialogProps {
  /** Null: a new one. */
  item: RegistryItem | null;
  clusters: readonly ClusterName[];
  onClose: () => void;
  onDone: () => void;
}

interface Form {
  readonly name: string;
  readonly kind: RegistryKind;
  readonly address: string;
  readonly user: string;
  readonly password: string;
  readonly clusters: readonly string[] | null;
}

const fieldNames = ["name", "address", "user", "password", "clusters"] as const;

/** Keeps a login, or changes one. The password that is kept is nowhere to be seen, and stays unless another is typed. */
export function RegistryDialog({ item, clusters, onClose, onDone }: RegistryDialogProps) {
  const [form, setForm] = useState<Form>(() => ({
    name: item?.name ?? "",
    kind: item?.kind ?? "hub",
    address: item?.address ?? registryFacts.hub.usual,
    user: item?.user ?? "",
    password: "",
    clusters: item?.clusters ?? null,
  }));
  const submit = useSubmit();
  const { fields, form: problem } = formProblems(submit.error, [...fieldNames]);
  const set = (part: Partial<Form>) => {
    setForm({ ...form, ...part });
    submit.reset();
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    void submit.run(async () => {
      const { kind, password, ...rest } = form;
      const body = { ...rest, ...(password !== "" && { password }) };
      if (item === null) await api.post("/registries", { ...body, kind, password });
      else await api.patch(`/registries/${item.id}`, body);
      onDone();
      onClose();
    });
  };
  const text = (name: "name" | "address" | "user") => ({
    label: t(`registries.form.${name}`),
    value: form[name],
    error: fields[name] && t(`registries.form.bad_${name}`, { why: fields[name] }),
    autoComplete: "off",
    autoCapitalize: "none",
    spellCheck: false,
    onChange: (event: { target: { value: string } }) => set({ [name]: event.target.value }),
  });
  const hasOther = item !== null && form.address.trim() !== item.address;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={item === null ? t("registries.add") : t("registries.editName", { name: item.name })}
      description={t("registries.lead")}
    >
      <form onSubmit={send} noValidate autoComplete="off" className="grid gap-4">
        {item === null && (
          <SelectField
            label={t("registries.form.kind")}
            value={form.kind}
            options={registryKinds.map((value) => ({ value, label: t(`registries.kind.${value}`) }))}
            onChange={(value) => {
              const kind = value as RegistryKind;
              const { address, usual, user } = registryFacts[kind];
              set({ kind, address: address ?? (kind === "gitlab" ? usual : ""), user: user || form.user });
            }}
          />
        )}
        <TextField {...text("name")} hint={t("registries.form.nameHint")} autoFocus />
        <TextField
          {...text("address")}
          mono
          readOnly={registryFacts[form.kind].address !== null}
          placeholder={registryFacts[form.kind].usual}
        />
        <TextField {...text("user")} hint={t(`registries.userHint.${form.kind}`)} mono />
        <PasswordField
          label={t("registries.form.password")}
          hint={
            item === null || hasOther
              ? t(`registries.passwordHint.${form.kind}`)
              : t("registries.form.keepPassword")
          }
          error={fields.password && t("registries.form.bad_password")}
          value={form.password}
          autoComplete="new-password"
          onChange={(event) => set({ password: event.target.value })}
        />
        <Clusters value={form.clusters} clusters={clusters} onChange={(next) => set({ clusters: next })} />
        {problem !== undefined && (
          <Banner tone="bad" role="alert">
            {problem}
          </Banner>
        )}
        {fields.clusters && (
          <Banner tone="bad" role="alert">
            {t("registries.form.bad_clusters")}
          </Banner>
        )}
        <Button type="submit" variant="primary" className="justify-self-end" disabled={submit.busy}>
          {t("common.save")}
        </Button>
      </form>
    </Dialog>
  );
}

interface ClustersProps {
  value: readonly string[] | null;
  clusters: readonly ClusterName[];
  onChange: (value: readonly string[] | null) => void;
}

/** In every cluster, or in some. */
function Clusters({ value, clusters, onChange }: ClustersProps) {
  if (clusters.length < 2 && value === null) return null;
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 font-medium">{t("registries.form.clusters")}</legend>
      <CheckboxField
        label={t("registries.everywhere")}
        checked={value === null}
        onCheckedChange={(checked) => onChange(checked ? null : clusters.map(({ id }) => id))}
      />
      {value !== null && (
        <div className="grid max-h-40 gap-2 overflow-y-auto p-0.5 sm:grid-cols-2">
          {clusters.map(({ id, name }) => (
            <CheckboxField
              key={id}
              label={name}
              checked={value.includes(id)}
              onCheckedChange={(checked) =>
                onChange(checked ? [...value, id] : value.filter((each) => each !== id))
              }
            />
          ))}
        </div>
      )}
    </fieldset>
  );
}
