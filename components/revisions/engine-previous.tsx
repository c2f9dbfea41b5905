"use client";

import "#lib/shared/i18n/pages/history.ts";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import type { RevisionList } from "#lib/shared/api/history.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { ChangeList } from "./change-list.tsx";
import { changesLine } from "./change-words.ts";

/** The engine's own "previous" is one specification, whatever the last change was: what its rollback would do. */
export function EnginePrevious({ list }: { list: RevisionList }) {
  const [isOpen, setOpen] = useState(false);
  const { previous } = list;
  const words =
    previous === null
      ? t("history.previous.none")
      : previous.changes.length === 0
        ? t("history.previous.same")
        : t("history.previous.would", { changes: changesLine(previous.changes) });
  return (
    <section
      data-slot="engine-previous"
      className="shrink-0 border-b border-line px-5 py-2.5 text-ink-2 max-sm:px-4"
    >
      <p className="flex flex-wrap items-center gap-x-2">
        <span className="min-w-0">
          <code className="mono text-ink">docker service rollback</code> {words}
        </span>
        <Button variant="ghost" size="sm" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t(isOpen ? "history.previous.less" : "history.previous.more")}
        </Button>
      </p>
      {isOpen && (
        <div className="mt-2 grid max-w-[760px] gap-3">
          <p>{t("history.previous.explain")}</p>
          {previous && previous.changes.length > 0 && <ChangeList changes={previous.changes} />}
        </div>
      )}
    </section>
  );
}
