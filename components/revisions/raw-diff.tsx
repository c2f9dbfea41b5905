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
  return <DiffView parts={parts} />;
}
