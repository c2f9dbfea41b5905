"use client";

import "#lib/shared/i18n/pages/edit.ts";
import Link from "next/link";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { FormFailure } from "#components/data/form-failure.tsx";
import { BackLink } from "#components/layout/back-link.tsx";
import { PageHead } from "#components/layout/page-head.tsx";
import { Button } from "#components/ui/button.tsx";
import { CheckboxField } from "#components/ui/checkbox.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { type FieldId, type ServiceMode, serviceModes } from "#lib/shared/services/fields.ts";
import type { ServiceForm } from "#lib/shared/services/types.ts";
import { CreateReview } from "./create-review.tsx";
import { FieldSections } from "./field-sections.tsx";
import { PinField } from "./pin-field.tsx";
import { useServiceCreate } from "./use-service-create.ts";

/** The page that makes a service, from nothing or from another one. */
export function CreatePage({ from }: { from: ServiceForm | null }) {
  const { may } = useCluster();
  if (!may("service.create")) return <EmptyState icon="lock" title={t("edit.create.forbidden")} />;
  return <Creator from={from} />;
}

function Creator({ from }: { from: ServiceForm | null }) {
  const { href, blocked, freshness } = useCluster();
  const create = useServiceCreate(from);
  const [showAll, setShowAll] = useState(false);
  const [isSent, setSent] = useState(false);
  const { preview } = create;
  const { edits, problems } = create.read;
  const badName = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/.test(create.name.trim())
    ? undefined
    : t("edit.problem.name");
  const list = href("/services");
  const review = () => {
    setSent(true);
    if (badName === undefined && Object.keys(problems).length === 0) void create.review();
  };
  const [first] = Object.entries(problems);
  return (
    <>
      <PageHead
        before={<BackLink to={list}>{t("services.title")}</BackLink>}
        title={
          preview
            ? t("edit.create.reviewTitle", { name: create.name.trim() })
            : from === null
              ? t("edit.create.title")
              : t("edit.create.copyTitle", { name: from.name })
        }
        freshness={freshness}
        actions={
          preview ? (
            <>
              <Button onClick={create.back}>{t("edit.back")}</Button>
              <Button
                variant="primary"
                disabled={create.busy}
                reason={
                  blocked ??
                  (preview.refusals.length > 0
                    ? t("edit.review.refused")
                    : preview.problems.length > 0
                      ? t("edit.create.problems")
                      : undefined)
                }
                onClick={() => void create.make()}
              >
                {t("edit.create.make")}
              </Button>
            </>
          ) : (
            <>
              <CheckboxField label={t("edit.showAll")} checked={showAll} onCheckedChange={setShowAll} />
              <Button asChild>
                <Link href={list}>{t("common.cancel")}</Link>
              </Button>
              <Button variant="primary" disabled={create.busy} reason={blocked ?? undefined} onClick={review}>
                {t("edit.review")}
              </Button>
            </>
          )
        }
      />
      <div key={preview ? "review" : "form"} className="min-h-0 flex-1 overflow-y-auto">
        {create.error !== undefined && (
          <div className="px-5 pt-4 max-sm:px-4">
            <FormFailure error={create.error} withFields />
          </div>
        )}
        {preview ? (
          <CreateReview preview={preview} />
        ) : (
          <>
            {isSent && first && (
              <p role="alert" className="px-5 pt-4 text-bad max-sm:px-4">
                {t(`edit.field.${first[0] as FieldId}`)}: {say(t, first[1])}
              </p>
            )}
            <FieldSections
              form={create.form}
              problems={problems}
              changed={new Set(from === null ? [] : edits.map(({ field }) => field))}
              showAll={showAll}
              onType={create.type}
              onReveal={create.reveal}
              first={
                <>
                  <TextField
                    label={t("edit.create.name")}
                    value={create.name}
                    autoComplete="off"
                    autoCapitalize="none"
                    spellCheck={false}
                    error={isSent ? badName : undefined}
                    onChange={(event) => create.setName(event.target.value)}
                  />
                  <SelectField
                    label={t("edit.create.mode")}
                    value={create.mode}
                    options={serviceModes.map((value) => ({ value, label: t(`edit.mode.${value}`) }))}
                    onChange={(mode) => create.setMode(mode as ServiceMode)}
                  />
                </>
              }
              afterImage={<PinField pin={create.pin} onChange={create.setPin} />}
            />
          </>
        )}
      </div>
    </>
  );
}
