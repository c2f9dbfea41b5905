"use client";

import "#lib/shared/i18n/pages/agents.ts";
import { useState } from "react";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { useNow } from "#components/ui/use-now.ts";
import type { JoinInfo } from "#lib/shared/api/agent-types.ts";
import { formatExact } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";

const validities = [
  { value: "never", label: t("agents.join.never"), hours: null },
  { value: "hour", label: t("agents.join.hour"), hours: 1 },
  { value: "day", label: t("agents.join.day"), hours: 24 },
  { value: "week", label: t("agents.join.week"), hours: 168 },
] as const;
type Validity = (typeof validities)[number]["value"];

export interface JoinKeyProps {
  info: JoinInfo;
  busy: boolean;
  /** `hours`: until the new one expires; null: it does not. */
  onReplace: (hours: number | null) => Promise<void>;
}

/** The join key itself, until when it is good, and a new one in its place. */
export function JoinKey({ info, busy, onReplace }: JoinKeyProps) {
  const [validity, setValidity] = useState<Validity>("never");
  const [first] = useState(info.key);
  const now = useNow(5_000);
  const { expiresAt } = info;
  const isExpired = expiresAt !== null && expiresAt <= now;
  const replace = () => onReplace(validities.find(({ value }) => value === validity)?.hours ?? null);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2 border-t border-line pt-3">
      <p className="font-medium">{t("agents.join.key")}</p>
      <CodeBlock line code={info.key} label={t("agents.join.key")} />
      {expiresAt !== null && (
        <p className={isExpired ? "text-bad" : "text-ink-2"}>
          {t(isExpired ? "agents.join.expired" : "agents.join.expires", { time: formatExact(expiresAt) })}
        </p>
      )}
      {info.key !== first && <Banner role="status">{t("agents.join.rotated")}</Banner>}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p className="min-w-60 flex-1 text-12 text-ink-3">{t("agents.join.rotateHint")}</p>
        <span className="flex flex-wrap items-center gap-2">
          <span className="text-12 text-ink-3">{t("agents.join.validFor")}</span>
          <Segmented
            label={t("agents.join.validFor")}
            value={validity}
            onChange={setValidity}
            options={validities}
          />
          <Button disabled={busy} onClick={() => void replace()}>
            {t("agents.join.rotate")}
          </Button>
        </span>
      </div>
    </div>
  );
}
