"use client";

import "#lib/shared/i18n/pages/edit.ts";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useDetail } from "#components/cluster/use-detail.ts";
import { ErrorState } from "#components/data/error-state.tsx";
import { FormFailure } from "#components/data/form-failure.tsx";
import { LoadingRows } from "#components/data/loading-rows.tsx";
import { BackLink } from "#components/layout/back-link.tsx";
import { PageHead } from "#components/layout/page-head.tsx";
import { Button } from "#components/ui/button.tsx";
import { CheckboxField } from "#components/ui/checkbox.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ServiceForm } from "#lib/shared/services/types.ts";
import { ConflictPanel } from "./conflict-panel.tsx";
import { FieldSections } from "./field-sections.tsx";
import { PinField } from "./pin-field.tsx";
import { Review } from "./review.tsx";
import { useServiceEdit } from "./use-service-edit.ts";

interface EditPageProps {
  /** Id or name. */
  reference: string;
  /** What the page was rendered with; null while the engine could not be asked. */
  initial: ServiceForm | null;
}

/** The page that edits one service. */
export function EditPage({ reference, initial }: EditPageProps) {
  const { may, href, freshness } = useCluster();
  const { data, error, reload } = useDetail<ServiceForm>(
    `/services/${encodeURIComponent(reference)}/form`,
    initial,
    null,
  );
  // What it was opened with stays: what others do meanwhile is told as a conflict.
  const [opened, setOpened] = useState(initial);
  if (opened === null && data !== null) setOpened(data);
  if (!may("service.edit")) return <EmptyState icon="lock" title={t("edit.forbidden")} />;
  if (opened !== null) return <Editor opened={opened} />;
  return (
    <>
      <PageHead
        before={<BackLink to={href("/services")}>{t("services.title")}</BackLink>}
        title={t("edit.title", { name: reference })}
        freshness={freshness}
      />
      {error ? <ErrorState message={error.message} onRetry={reload} /> : <LoadingRows rows={8} />}
    </>
  );
}

function Editor({ opened }: { opened: ServiceForm }) {
  const { href, may, blocked, freshness } = useCluster();
  const router = useRouter();
  const edit = useServiceEdit(opened);
  const [showAll, setShowAll] = useState(false);
  const page = href(`/services/${encodeURIComponent(opened.id)}`);
  const problems = Object.keys(edit.read.problems).length;
  const hasChange = edit.isWhole || edit.read.edits.length > 0;
  const reason =
    problems > 0 ? t("edit.fixFirst", { n: problems }) : hasChange ? undefined : t("edit.noChange");
  const isDeciding = edit.conflicts.length > 0;
  const apply = async () => {
    if (await edit.apply()) router.push(page);
  };
  return (
    <>
      <PageHead
        before={<BackLink to={page}>{opened.name}</BackLink>}
        title={t(edit.preview ? "edit.reviewTitle" : "edit.title", { name: opened.name })}
        freshness={freshness}
        actions={
          edit.preview ? (
            <>
              <Button onClick={edit.back}>{t("edit.back")}</Button>
              <Button
                variant="primary"
                disabled={edit.busy}
                reason={
                  blocked ??
                  (edit.preview.refusals.length > 0
                    ? t("edit.review.refused")
                    : edit.preview.effect.kind === "nothing"
                      ? t("edit.noChange")
                      : undefined)
                }
                onClick={() => void apply()}
              >
                {t("edit.apply")}
              </Button>
            </>
          ) : isDeciding ? (
            <Button onClick={edit.back}>{t("edit.back")}</Button>
          ) : (
            <>
              {!edit.isWhole && (
                <CheckboxField label={t("edit.showAll")} checked={showAll} onCheckedChange={setShowAll} />
              )}
              {may("service.raw") && (
                <Segmented
                  label={t("edit.view")}
                  value={edit.isWhole ? "json" : "form"}
                  onChange={(view) => void edit.show(view)}
                  options={[
                    { value: "form", label: t("edit.view.form") },
                    { value: "json", label: t("edit.view.json") },
                  ]}
                />
              )}
              <Button asChild>
                <Link href={page}>{t("common.cancel")}</Link>
              </Button>
              <Button
                variant="primary"
                disabled={edit.busy}
                reason={blocked ?? reason}
                onClick={() => void edit.review()}
              >
                {t("edit.review")}
              </Button>
            </>
          )
        }
      />
      <div key={edit.preview ? "review" : "form"} className="min-h-0 flex-1 overflow-y-auto">
        {edit.error !== undefined && (
          <div className="px-5 pt-4 max-sm:px-4">
            <FormFailure error={edit.error} withFields />
          </div>
        )}
        {edit.preview ? (
          <Review preview={edit.preview} />
        ) : isDeciding ? (
          <div className="max-w-[860px] px-5 py-4 max-sm:px-4">
            <ConflictPanel
              conflicts={edit.conflicts}
              busy={edit.busy}
              onDecide={(choices) => void edit.decide(choices)}
            />
          </div>
        ) : edit.isWhole && edit.whole ? (
          <WholeText text={edit.whole.text} onType={edit.typeWhole} />
        ) : (
          <FieldSections
            form={edit.form}
            problems={edit.read.problems}
            changed={new Set(edit.read.edits.map(({ field }) => field))}
            showAll={showAll}
            onType={edit.type}
            onReveal={edit.reveal}
            afterImage={<PinField pin={edit.pin} onChange={edit.setPin} />}
          />
        )}
      </div>
    </>
  );
}

function WholeText({ text, onType }: { text: string; onType: (text: string) => void }) {
  return (
    <div className="grid gap-2 px-5 py-4 max-sm:px-4">
      <p id="edit-json-hint" className="text-ink-2">
        {t("edit.json.lead")}
      </p>
      <textarea
        aria-label={t("edit.view.json")}
        aria-describedby="edit-json-hint"
        rows={Math.min(60, text.split("\n").length + 2)}
        spellCheck={false}
        autoCapitalize="none"
        wrap="off"
        className="mono block w-full resize-y rounded-2 border border-control bg-surface px-3 py-2 leading-[19px] text-ink outline-none focus:border-focus touch:text-[16px]"
        value={text}
        onChange={(event) => onType(event.target.value)}
      />
    </div>
  );
}
