"use client";

import "#lib/shared/i18n/pages/home.ts";
import { type FormEvent, useState } from "react";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { useSubmit } from "#components/ui/use-submit.ts";
import { api } from "#lib/client/api.ts";
import { formProblems } from "#lib/client/form-problems.ts";
import { t } from "#lib/shared/i18n/translate.ts";

export interface RenameClusterDialogProps {
  cluster: { readonly id: string; readonly name: string };
  onClose: () => void;
}

/** Another name for a cluster; its address stays. */
export function RenameClusterDialog({ cluster, onClose }: RenameClusterDialogProps) {
  const [name, setName] = useState(cluster.name);
  const { busy, error, run, reset } = useSubmit();
  const { fields, form } = formProblems(error, ["name"]);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "") return;
    void run(async () => {
      await api.patch(`/clusters/${encodeURIComponent(cluster.id)}`, { name: name.trim() });
      onClose();
    });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("home.renameTitle", { name: cluster.name })}
    >
      <form onSubmit={send} noValidate className="grid gap-4">
        <TextField
          label={t("home.name")}
          hint={t("home.renameHint", { id: cluster.id })}
          value={name}
          maxLength={60}
          onChange={(event) => {
            setName(event.target.value);
            reset();
          }}
          error={name.trim() === "" ? t("home.nameMissing") : fields.name}
          autoFocus
          autoComplete="off"
          spellCheck={false}
        />
        {form && (
          <Banner tone="bad" role="alert">
            {form}
          </Banner>
        )}
        <Button type="submit" variant="primary" className="justify-self-end" disabled={busy}>
          {t("home.rename")}
        </Button>
      </form>
    </Dialog>
  );
}
