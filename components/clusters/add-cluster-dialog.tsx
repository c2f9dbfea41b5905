"use client";

import "#lib/shared/i18n/pages/home.ts";
import Link from "next/link";
import { type FormEvent, useState } from "react";
import { JoinPanel } from "#components/agents/join-panel.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { useSubmit } from "#components/ui/use-submit.ts";
import { api } from "#lib/client/api.ts";
import { formProblems } from "#lib/client/form-problems.ts";
import { useGlances } from "#lib/client/use-glances.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ClusterInfo } from "#lib/shared/model/types.ts";

/** A name, then what to run on its nodes, until the first of them is there. */
export function AddClusterDialog({ onClose }: { onClose: () => void }) {
  const [made, setMade] = useState<ClusterInfo>();
  const glance = useGlances()?.find(({ id }) => id === made?.id);
  const isThere = (glance?.agents.connected ?? 0) > 0;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width={made ? "lg" : "md"}
      title={made ? t("home.nodesOf", { name: made.name }) : t("home.addTitle")}
      description={made ? t("home.added", { name: made.name }) : t("home.addLead")}
      footer={
        made && (
          <Button asChild variant={isThere ? "primary" : "outline"}>
            <Link href={`/c/${encodeURIComponent(made.id)}/map`}>{t("home.open", { name: made.name })}</Link>
          </Button>
        )
      }
    >
      {made ? <JoinPanel cluster={made.id} /> : <NameForm onMade={setMade} />}
    </Dialog>
  );
}

function NameForm({ onMade }: { onMade: (info: ClusterInfo) => void }) {
  const [name, setName] = useState("");
  const [isSent, setSent] = useState(false);
  const submit = useSubmit();
  const { fields, form } = formProblems(submit.error, ["name"]);
  const send = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (name.trim() === "") return;
    void submit.run(async () => onMade(await api.post<ClusterInfo>("/clusters", { name: name.trim() })));
  };
  return (
    <form onSubmit={send} noValidate className="grid gap-4">
      <TextField
        label={t("home.name")}
        hint={t("home.nameHint")}
        value={name}
        maxLength={60}
        onChange={(event) => {
          setName(event.target.value);
          submit.reset();
        }}
        error={isSent && name.trim() === "" ? t("home.nameMissing") : fields.name}
        autoFocus
        autoComplete="off"
        spellCheck={false}
      />
      {form && (
        <Banner tone="bad" role="alert">
          {form}
        </Banner>
      )}
      <Button type="submit" variant="primary" className="justify-self-end" disabled={submit.busy}>
        {t("home.add")}
      </Button>
    </form>
  );
}
