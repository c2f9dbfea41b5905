"use client";

import "#lib/shared/i18n/pages/volumes.ts";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { FormFailure } from "#components/data/form-failure.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { AreaField, SelectField, TextField } from "#components/ui/field.tsx";
import { useSubmit } from "#components/ui/use-submit.ts";
import { api } from "#lib/client/api.ts";
import type { NodeFreshness } from "#lib/shared/api/types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { volumeHref } from "./volume-columns.tsx";

const empty = { name: "", driver: "local", options: "", labels: "" };

/** One `name=value` per line. */
function pairsOf(text: string): Record<string, string> {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf("=");
      return at < 0 ? [line, ""] : [line.slice(0, at), line.slice(at + 1)];
    }),
  );
}

/** Makes a volume on a chosen node and opens its page. */
export function CreateVolume({
  nodes,
  onClose,
}: {
  nodes: readonly NodeFreshness[];
  onClose: (done: boolean) => void;
}) {
  const { apiPath, href } = useCluster();
  const router = useRouter();
  const [node, setNode] = useState(nodes.find(({ ok }) => ok)?.name ?? "");
  const [form, setForm] = useState(empty);
  const submit = useSubmit();
  const field = (name: keyof typeof empty) => ({
    label: t(`volumes.create.${name}`),
    value: form[name],
    autoComplete: "off",
    autoCapitalize: "none",
    spellCheck: false,
    onChange: (event: { target: { value: string } }) => {
      setForm({ ...form, [name]: event.target.value });
      submit.reset();
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    void submit.run(async () => {
      const name = form.name.trim();
      const [options, labels] = [pairsOf(form.options), pairsOf(form.labels)];
      await api.post(apiPath("/volumes"), {
        node,
        name,
        driver: form.driver.trim() || "local",
        options,
        labels,
      });
      onClose(true);
      router.push(volumeHref(href, { name, node }));
    });
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose(false)} title={t("volumes.create.open")}>
      <form onSubmit={send} noValidate className="grid gap-4">
        <TextField {...field("name")} autoFocus />
        <SelectField
          label={t("volumes.column.node")}
          value={node}
          options={nodes.map(({ name, ok }) => ({ value: name, label: name, disabled: !ok }))}
          onChange={setNode}
        />
        <TextField {...field("driver")} />
        <AreaField
          {...field("options")}
          hint={`${t("volumes.create.optionsHint")}. ${t("volumes.create.bind")}`}
        />
        <AreaField {...field("labels")} hint={t("volumes.create.optionsHint")} />
        <FormFailure error={submit.error} />
        <Button type="submit" variant="primary" className="justify-self-end" disabled={submit.busy}>
          {t("volumes.create.make")}
        </Button>
      </form>
    </Dialog>
  );
}
