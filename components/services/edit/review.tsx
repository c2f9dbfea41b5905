"use client";

import "#lib/shared/i18n/pages/edit.ts";
import "#lib/shared/i18n/pages/history.ts";
import { ChangeList } from "#components/revisions/change-list.tsx";
import { DiffView } from "#components/revisions/diff-view.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { lineDiff, withContext } from "#lib/shared/line-diff.ts";
import type { ServicePreview } from "#lib/shared/services/types.ts";

/** What will change, in words and line by line, and what it does to the tasks. */
export function Review({ preview }: { preview: ServicePreview }) {
  const { effect, refusals, warnings, selfWarning, changes, diff } = preview;
  const isSame = effect.kind === "nothing";
  return (
    <div className="grid max-w-[1000px] gap-4 px-5 py-4 max-sm:px-4" data-slot="edit-review">
      <Banner
        tone={["replaces", "moves", "job"].includes(effect.kind) ? "warn" : "info"}
        title={t("edit.review.does")}
      >
        <span data-slot="edit-effect">{say(t, effect.words)}</span>
      </Banner>
      {selfWarning && <Banner tone="warn">{selfWarning}</Banner>}
      {refusals.length > 0 && (
        <Banner tone="bad" role="alert" title={t("edit.review.refused")}>
          {refusals.join(" ")}
        </Banner>
      )}
      {warnings.map((warning) => (
        <Banner key={warning} tone="warn">
          {warning}
        </Banner>
      ))}
      {!isSame && (
        <>
          <Panel title={t("edit.review.words")}>
            <ChangeList changes={changes} />
          </Panel>
          <Panel
            title={t("edit.review.lines")}
            aside={<span className="text-12 text-ink-3">{t("edit.review.masked")}</span>}
          >
            <DiffView parts={withContext(lineDiff(diff.before, diff.after))} />
          </Panel>
        </>
      )}
    </div>
  );
}
