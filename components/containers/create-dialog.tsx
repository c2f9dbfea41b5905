"use client";

import "#lib/shared/i18n/pages/containers.ts";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { FormFailure } from "#components/data/form-failure.tsx";
import { Button } from "#components/ui/button.tsx";
import { CheckboxField } from "#components/ui/checkbox.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { AreaField, SelectField, TextField } from "#components/ui/field.tsx";
import { toast } from "#components/ui/toast.ts";
import { useSubmit } from "#components/ui/use-submit.ts";
import { api } from "#lib/client/api.ts";
import type { WriteAnswer } from "#lib/shared/api/types.ts";
import type { ContainerNode, ContainerView } from "#lib/shared/containers/types.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { containerHref } from "./container-columns.tsx";
import { type CreateForm, emptyForm, type FormErrors, readForm } from "./create-form.ts";
import { useMissingPaths } from "./use-missing-paths.ts";

export interface CreateDialogProps {
  nodes: readonly ContainerNode[];
  onClose: () => void;
}

/** Makes a container on a chosen node and opens its page. */
export function CreateDialog({ nodes, onClose }: CreateDialogProps) {
  const { apiPath, href } = useCluster();
  const router = useRouter();
  const first = nodes.find(({ ok }) => ok);
  const [form, setForm] = useState<CreateForm>({ ...emptyForm, node: first?.id ?? "" });
  const [isSent, setSent] = useState(false);
  const submit = useSubmit();
  const { errors } = readForm(form);
  const set = (part: Partial<CreateForm>) => {
    setForm({ ...form, ...part });
    submit.reset();
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    const { body } = readForm(form);
    if (body === null) return;
    void submit.run(async () => {
      const { item, warnings } = await api.post<WriteAnswer<ContainerView>>(apiPath("/containers"), body);
      if (warnings.length > 0) toast(warnings.join(" "), { id: "container warnings" });
      onClose();
      if (item) router.push(containerHref(href, item.id));
    });
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t("containers.create.title")} width="lg">
      <form onSubmit={send} noValidate className="grid gap-4">
        <Basics form={form} set={set} errors={isSent ? errors : {}} nodes={nodes} />
        <Details form={form} set={set} errors={isSent ? errors : {}} />
        <Switches form={form} set={set} errors={isSent ? errors : {}} />
        <FormFailure error={submit.error} withFields />
        <Button type="submit" variant="primary" className="justify-self-end" disabled={submit.busy}>
          {t(form.start ? "containers.create.run" : "containers.create.make")}
        </Button>
      </form>
    </Dialog>
  );
}

interface PartProps {
  form: CreateForm;
  set: (part: Partial<CreateForm>) => void;
  errors: FormErrors;
}

type TextName = Exclude<keyof CreateForm, "restart" | "tty" | "stdin" | "autoRemove" | "start">;

/** A field of the form by its name. */
function useField({ form, set, errors }: PartProps) {
  return (name: TextName) => {
    const problem = errors[name];
    return {
      label: t(`containers.form.${name}`),
      value: form[name],
      error: problem && say(t, problem),
      autoComplete: "off",
      autoCapitalize: "none",
      onChange: (event: { target: { value: string } }) => set({ [name]: event.target.value }),
    };
  };
}

function Basics({ nodes, ...part }: PartProps & { nodes: readonly ContainerNode[] }) {
  const field = useField(part);
  const { form, set, errors } = part;
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          {...field("image")}
          hint={t("containers.form.imageHint")}
          mono
          autoFocus
          spellCheck={false}
        />
        <SelectField
          label={t("containers.form.node")}
          value={form.node}
          error={errors.node && say(t, errors.node)}
          options={nodes.map(({ id, name, ok }) => ({
            value: id,
            label: ok ? name : t("containers.form.silentNode", { name }),
            disabled: !ok,
          }))}
          onChange={(node) => set({ node })}
        />
        <TextField {...field("name")} hint={t("containers.form.nameHint")} spellCheck={false} />
        <SelectField
          label={t("containers.form.restart")}
          value={form.restart}
          options={(["no", "always", "unless-stopped", "on-failure"] as const).map((value) => ({
            value,
            label: t(`containers.form.restart.${value}`),
          }))}
          onChange={(restart) => set({ restart: restart as CreateForm["restart"] })}
        />
      </div>
      <TextField {...field("command")} hint={t("containers.form.commandHint")} mono spellCheck={false} />
    </>
  );
}

function Details(part: PartProps) {
  const field = useField(part);
  const { form } = part;
  const { missing, check } = useMissingPaths(form.node);
  return (
    <details className="group rounded-2 border border-line px-3 py-2">
      <summary className="cursor-pointer font-medium">{t("containers.form.more")}</summary>
      <div className="mt-3 grid gap-4 sm:grid-cols-2">
        <AreaField {...field("ports")} hint={t("containers.form.portsHint")} />
        <AreaField {...field("env")} hint={t("containers.form.envHint")} />
        <AreaField
          {...field("mounts")}
          hint={
            missing.length === 0 ? (
              t("containers.form.mountsHint")
            ) : (
              <span className="text-warn">
                {t("containers.form.missingPaths", { n: missing.length, paths: missing.join(", ") })}
              </span>
            )
          }
          onBlur={() => check(form.mounts)}
        />
        <AreaField {...field("networks")} hint={t("containers.form.networksHint")} />
        <AreaField {...field("labels")} hint={t("containers.form.labelsHint")} />
        <div className="grid content-start gap-4">
          <TextField {...field("memory")} hint={t("containers.form.memoryHint")} />
          <TextField {...field("cpus")} hint={t("containers.form.cpusHint")} inputMode="decimal" />
        </div>
        <TextField {...field("entrypoint")} mono spellCheck={false} />
        <TextField {...field("workdir")} mono spellCheck={false} />
        <TextField {...field("user")} spellCheck={false} />
        <TextField {...field("hostname")} spellCheck={false} />
      </div>
    </details>
  );
}

function Switches({ form, set, errors }: PartProps) {
  const box = (name: "tty" | "stdin" | "autoRemove" | "start") => ({
    label: t(`containers.form.${name}`),
    checked: form[name],
    onCheckedChange: (checked: boolean) => set({ [name]: checked }),
  });
  return (
    <div className="grid gap-2.5 sm:grid-cols-2">
      <CheckboxField {...box("start")} />
      <CheckboxField
        {...box("autoRemove")}
        hint={errors.autoRemove && <span className="text-bad">{say(t, errors.autoRemove)}</span>}
      />
      <CheckboxField {...box("tty")} />
      <CheckboxField {...box("stdin")} />
    </div>
  );
}
