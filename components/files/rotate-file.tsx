"use client";

import "#lib/shared/i18n/pages/files.ts";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useDetail } from "#components/cluster/use-detail.ts";
import { FormFailure } from "#components/data/form-failure.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { CheckboxField } from "#components/ui/checkbox.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { useSubmit } from "#components/ui/use-submit.ts";
import { ApiError, api } from "#lib/client/api.ts";
import type { ConfigData } from "#lib/shared/api/resource-types.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { nameProblem } from "#lib/shared/swarm-files/limits.ts";
import type { FileDetail, FileUse, RotationPlan, RotationView } from "#lib/shared/swarm-files/types.ts";
import { ContentField } from "./content-field.tsx";
import { fileHref } from "./file-href.ts";
import { rotationEffect } from "./rotation-effect.ts";
import { toBase64, useContent } from "./use-content.ts";

/** Asks for the new value, shows which services it touches and how, and begins. */
export function RotateFile({ detail, onClose }: { detail: FileDetail; onClose: (done: boolean) => void }) {
  const { kind, item } = detail;
  const path = `/${kind}s/${encodeURIComponent(item.id)}`;
  const plan = useDetail<RotationPlan>(`${path}/rotation`, null, null);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose(false)}
      title={t("files.rotate.title", { name: item.name })}
      description={t("files.rotate.lead")}
      width="lg"
    >
      {plan.data === null ? (
        <p className="text-ink-3">{plan.error ? plan.error.message : t("common.loading")}</p>
      ) : plan.data.refusal !== null ? (
        <p>{plan.data.refusal}</p>
      ) : (
        <RotateForm detail={detail} path={path} plan={plan.data} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface FormProps {
  detail: FileDetail;
  path: string;
  plan: RotationPlan;
  onClose: (done: boolean) => void;
}

function RotateForm({ detail: { kind, item }, path, plan, onClose }: FormProps) {
  const { apiPath, href } = useCluster();
  const router = useRouter();
  const [name, setName] = useState(plan.name);
  const [removeOld, setRemoveOld] = useState(true);
  const [isSent, setSent] = useState(false);
  const content = useContent(kind);
  const submit = useSubmit();
  const problem = nameProblem(kind, name.trim(), [item.name]);
  // The server wants the name of Shoal's own service as consent; the warning above has said what happens.
  const asked = submit.error instanceof ApiError && submit.error.code === "confirmation_needed";
  const consent = asked ? String((submit.error as ApiError).problem?.details?.name ?? "") : undefined;
  const send = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (problem !== null || content.problem !== null) return;
    void submit.run(async () => {
      const body = {
        data: toBase64(content.bytes),
        name: name.trim(),
        removeOld,
        ...(consent && { confirm: consent }),
      };
      const begun = await api.post<RotationView>(apiPath(`${path}/rotate`), body);
      onClose(true);
      router.push(fileHref(href, kind, begun.to.id));
    });
  };
  return (
    <form onSubmit={send} noValidate autoComplete="off" className="grid gap-4">
      <ContentField kind={kind} form={content} isSent={isSent} />
      {kind === "config" && (
        <LoadPresent id={item.id} onLoad={(text) => content.set({ way: "text", text })} />
      )}
      <TextField
        label={t("files.rotate.name")}
        value={name}
        error={problem === null ? undefined : say(t, problem)}
        hint={t("files.rotate.nameHint")}
        mono
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => setName(event.target.value)}
      />
      <Touched uses={plan.uses} />
      {plan.warnings.length > 0 && (
        <Banner tone="warn" role="status">
          <ul className="grid gap-1">
            {plan.warnings.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </Banner>
      )}
      <CheckboxField
        label={t("files.rotate.removeOld", { name: item.name })}
        hint={t("files.rotate.removeOldHint", { name: item.name })}
        checked={removeOld}
        onCheckedChange={setRemoveOld}
      />
      <FormFailure error={submit.error} />
      <Button type="submit" variant="primary" className="justify-self-end" disabled={submit.busy}>
        {asked ? t("files.rotate.anyway") : t("files.rotate.verb")}
      </Button>
    </form>
  );
}

/** Puts what the config holds now into the form, so that it can be edited. Who looks is written down. */
function LoadPresent({ id, onLoad }: { id: string; onLoad: (text: string) => void }) {
  const { may, apiPath } = useCluster();
  const submit = useSubmit();
  if (!may("config.reveal")) return null;
  const load = () =>
    submit.run(async () => {
      const { text } = await api.get<ConfigData>(apiPath(`/configs/${encodeURIComponent(id)}/data`));
      if (text === null) throw new Error(t("files.rotate.notText"));
      onLoad(text);
    });
  return (
    <div className="grid justify-items-start gap-2">
      <Button
        size="sm"
        disabled={submit.busy}
        title={t("services.spec.showHint")}
        onClick={() => void load()}
      >
        <Icon name="edit" size={14} />
        {t("files.rotate.load")}
      </Button>
      <FormFailure error={submit.error} />
    </div>
  );
}

/** The services in the order in which they follow, and what happens to the tasks of each. */
function Touched({ uses }: { uses: readonly FileUse[] }) {
  const { model } = useCluster();
  const byService = [...Map.groupBy(uses, ({ service }) => service.id).values()];
  if (byService.length === 0) return <p className="text-ink-2">{t("files.rotate.nobody")}</p>;
  return (
    <section aria-label={t("files.rotate.touches")}>
      <h3 className="mb-1.5 font-medium">{t("files.rotate.touches")}</h3>
      <ul className="grid max-h-52 gap-2 overflow-y-auto rounded-2 border border-line px-3 py-2">
        {byService.map((all) => {
          const [first] = all;
          const service = model.services[first?.service.id ?? ""];
          return (
            <li key={first?.service.id} className="min-w-0">
              <span className="font-medium">{first?.service.name}</span>{" "}
              <span className="mono break-all text-ink-3">
                {all.map(({ target }) => target ?? t("files.credential")).join(", ")}
              </span>
              {service && <p className="text-12 text-ink-2">{rotationEffect(service)}</p>}
            </li>
          );
        })}
      </ul>
      {byService.length > 1 && <p className="mt-1.5 text-12 text-ink-3">{t("files.rotate.order")}</p>}
    </section>
  );
}
