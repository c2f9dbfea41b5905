"use client";

import "#lib/shared/i18n/pages/edit.ts";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { FormFailure } from "#components/data/form-failure.tsx";
import { BackLink } from "#components/layout/back-link.tsx";
import { PageHead } from "#components/layout/page-head.tsx";
import { Button } from "#components/ui/button.tsx";
import { CheckboxField } from "#components/ui/checkbox.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { toast } from "#components/ui/toast.ts";
import { useSubmit } from "#components/ui/use-submit.ts";
import { api } from "#lib/client/api.ts";
import type { WriteAnswer } from "#lib/shared/api/types.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ServiceView } from "#lib/shared/model/types.ts";
import { type FieldId, modeKeys, type ServiceMode, serviceModes } from "#lib/shared/services/fields.ts";
import type { ServiceForm } from "#lib/shared/services/types.ts";
import { FieldSections } from "./field-sections.tsx";
import { copyForm, type FormState, newForm, readForm, revealed } from "./form-state.ts";
import { PinField } from "./pin-field.tsx";
import { type Secrets, secretValues } from "./secret-values.ts";

/** The page that makes a service, from nothing or from another one. */
export function CreatePage({ from }: { from: ServiceForm | null }) {
  const { may } = useCluster();
  if (!may("service.create")) return <EmptyState icon="lock" title={t("edit.create.forbidden")} />;
  return <Creator from={from} />;
}

function Creator({ from }: { from: ServiceForm | null }) {
  const { apiPath, href, blocked, freshness } = useCluster();
  const router = useRouter();
  const submit = useSubmit();
  const [name, setName] = useState(from === null ? "" : `${from.name}-copy`);
  const [form, setForm] = useState<FormState>(() => (from === null ? newForm() : copyForm(from)));
  const [pin, setPin] = useState(true);
  const [showAll, setShowAll] = useState(false);
  const [isSent, setSent] = useState(false);
  const { edits, problems } = readForm(form);
  const badName = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/.test(name.trim()) ? undefined : t("edit.problem.name");
  const list = href("/services");
  const make = () => {
    setSent(true);
    if (badName !== undefined || Object.keys(problems).length > 0) return;
    void submit.run(async () => {
      const answer = await api.post<WriteAnswer<ServiceView>>(apiPath("/services"), {
        name: name.trim(),
        mode: modeOf(form.mode),
        ...(from && { from: from.id }),
        edits: edits.map(({ field, value }) => ({ field, value })),
        pin,
      });
      if (answer.warnings.length > 0) toast(answer.warnings.join(" "), { id: "service warnings" });
      router.push(href(`/services/${encodeURIComponent(answer.item?.id ?? name.trim())}`));
    });
  };
  const reveal = async () => {
    if (from === null) return;
    const secrets = await api.get<Secrets>(apiPath(`/services/${encodeURIComponent(from.id)}/env`));
    setForm((now) => revealed({ ...now, hidden: {} }, secretValues(secrets)));
  };
  const [first] = Object.entries(problems);
  return (
    <>
      <PageHead
        before={<BackLink to={list}>{t("services.title")}</BackLink>}
        title={from === null ? t("edit.create.title") : t("edit.create.copyTitle", { name: from.name })}
        freshness={freshness}
        actions={
          <>
            <CheckboxField
              label={t("edit.showAll")}
              checked={showAll}
              onCheckedChange={(checked) => setShowAll(checked === true)}
            />
            <Button asChild>
              <Link href={list}>{t("common.cancel")}</Link>
            </Button>
            <Button variant="primary" disabled={submit.busy} reason={blocked ?? undefined} onClick={make}>
              {t("edit.create.make")}
            </Button>
          </>
        }
      />
      <div className="min-h-0 flex-1 overflow-y-auto">
        {submit.error !== undefined && (
          <div className="px-5 pt-4 max-sm:px-4">
            <FormFailure error={submit.error} withFields />
          </div>
        )}
        {isSent && first && (
          <p role="alert" className="px-5 pt-4 text-bad max-sm:px-4">
            {t(`edit.field.${first[0] as FieldId}`)}: {say(t, first[1])}
          </p>
        )}
        <FieldSections
          form={form}
          problems={problems}
          changed={new Set(from === null ? [] : edits.map(({ field }) => field))}
          showAll={showAll}
          onType={(id, text) => {
            setForm((now) => ({ ...now, texts: { ...now.texts, [id]: text } }));
            submit.reset();
          }}
          onReveal={reveal}
          first={
            <>
              <TextField
                label={t("edit.create.name")}
                value={name}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                error={isSent ? badName : undefined}
                onChange={(event) => setName(event.target.value)}
              />
              <SelectField
                label={t("edit.create.mode")}
                value={modeOf(form.mode)}
                options={serviceModes.map((value) => ({ value, label: t(`edit.mode.${value}`) }))}
                onChange={(mode) => setForm({ ...form, mode: modeKeys[mode as ServiceMode] })}
              />
            </>
          }
          afterImage={<PinField pin={pin} onChange={setPin} />}
        />
      </div>
    </>
  );
}

function modeOf(key: string): ServiceMode {
  return serviceModes.find((mode) => modeKeys[mode] === key) ?? "replicated";
}
