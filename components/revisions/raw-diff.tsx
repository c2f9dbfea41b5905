"use client";

import "#lib/shared/i18n/pages/history.ts";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { api } from "#lib/client/api.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { type DiffPart, lineDiff, withContext } from "#lib/shared/line-diff.ts";
import { DiffView } from "./diff-view.tsx";

interface RawDiffProps {
  serviceId: string;
  from: number;
  to: number;
}

/** The two specifications as the engine wrote them, line by line; read on demand, because they show every value. */
export function RawDiff({ serviceId, from, to }: RawDiffProps) {
  const { apiPath } = useCluster();
  const [parts, setParts] = useState<readonly DiffPart[]>();
  const [error, setError] = useState<string>();
  const show = async () => {
    const path = (revision: number) =>
      apiPath(`/services/${encodeURIComponent(serviceId)}/revisions/${revision}/raw`);
    try {
      const [before, after] = await Promise.all([api.get<unknown>(path(from)), api.get<unknown>(path(to))]);
      const text = (value: unknown) => JSON.stringify(value, null, 2);
      setParts(withContext(lineDiff(text(before), text(after))));
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : String(cause));
    }
  };
  if (error !== undefined) return <Banner tone="bad">{error}</Banner>;
  if (parts === undefined) {
    return (
      <Button variant="ghost" size="sm" title={t("services.spec.showHint")} onClick={() => void show()}>
        {t("history.raw.show")}
      </Button>
    );
  }
  return <DiffFigure parts={parts} />;
}

/** Parts of a difference, line by line. */
export function DiffFigure({ parts }: { parts: readonly DiffPart[] }) {
  return (
    <figure data-slot="raw-diff" aria-label={t("history.raw.label")}>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        className="max-h-[340px] overflow-auto rounded-2 border border-line bg-surface-2 py-2 font-mono text-12 leading-[19px]"
      >
        {parts.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one difference never move
          <Part key={index} part={part} />
        ))}
      </pre>
    </figure>
  );
}

const signs: Readonly<Record<DiffLine["kind"], string>> = { same: " ", removed: "−", added: "+" };

function Part({ part }: { part: DiffPart }) {
  if ("left" in part)
    return <span className="block px-3 text-ink-3">{t("history.raw.left", { n: part.left })}</span>;
  return part.lines.map((line, index) => (
    <span
      // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one difference never move
      key={index}
      className={clsx(
        "block px-3",
        line.kind === "added" && "bg-ok-soft",
        line.kind === "removed" && "bg-bad-soft",
      )}
    >
      {signs[line.kind]} {line.text}
    </span>
  ));
  return <DiffView parts={parts} />;
}
