"use client";

import "#lib/shared/i18n/pages/states.ts";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { t } from "#lib/shared/i18n/translate.ts";

/** Says that it keeps trying, and a button for those who cannot wait. */
export function Trying({ onTryNow }: { onTryNow: () => void | Promise<void> }) {
  const [busy, setBusy] = useState(false);
  const tryNow = async () => {
    setBusy(true);
    try {
      await onTryNow();
    } finally {
      setBusy(false);
    }
  };
  return (
    <div data-slot="trying" role="status" className="mt-4 flex items-center gap-2.5 text-ink-2">
      <span aria-hidden="true" className="h-[3px] w-16 shrink-0 overflow-hidden rounded-[2px] bg-bar-track">
        <span className="block h-full w-[45%] bg-accent" />
      </span>
      <span className="min-w-0 flex-1">{t("states.again")}</span>
      <Button disabled={busy} onClick={() => void tryNow()}>
        {t("common.tryNow")}
      </Button>
    </div>
  );
}
