"use client";

import "#lib/shared/i18n/pages/edit.ts";
import { Banner } from "#components/ui/banner.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { CreationPreview } from "#lib/shared/services/types.ts";

/** What will be made: what starts and where, what is in the way, and the same as a command and as JSON. */
export function CreateReview({ preview }: { preview: CreationPreview }) {
  const { words, refusals, problems, warnings, command, spec } = preview;
  return (
    <div className="grid max-w-[1000px] gap-4 px-5 py-4 max-sm:px-4" data-slot="create-review">
      <Banner tone="info" title={t("edit.review.does")}>
        <span data-slot="edit-effect">{say(t, words)}</span>
      </Banner>
      {refusals.length > 0 && (
        <Banner tone="bad" role="alert" title={t("edit.review.refused")}>
          {refusals.join(" ")}
        </Banner>
      )}
      {problems.length > 0 && (
        <Banner tone="bad" role="alert" title={t("edit.create.problems")}>
          {problems.join(" ")}
        </Banner>
      )}
      {warnings.map((warning) => (
        <Banner key={warning} tone="warn">
          {warning}
        </Banner>
      ))}
      <Panel title={t("edit.create.command")} aside={<Masked />}>
        <CodeBlock code={command} label={t("edit.create.command")} />
      </Panel>
      <Panel title={t("edit.create.spec")} aside={<Masked />}>
        <CodeBlock code={spec} label={t("edit.create.spec")} />
      </Panel>
    </div>
  );
}

function Masked() {
  return <span className="text-12 text-ink-3">{t("edit.review.masked")}</span>;
}
