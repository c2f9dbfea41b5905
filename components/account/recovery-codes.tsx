"use client";

import "#lib/shared/i18n/pages/account.ts";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { t } from "#lib/shared/i18n/translate.ts";

/** The recovery codes, this once, with ways to keep them. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const text = codes.join("\n");
  const download = () => {
    const url = URL.createObjectURL(new Blob([`${text}\n`], { type: "text/plain" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = "shoal-recovery-codes.txt";
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <div className="grid gap-4">
      <p className="text-ink-2">{t("account.recoveryLead")}</p>
      <ol
        data-slot="recovery-codes"
        className="mono grid grid-cols-2 gap-x-6 gap-y-1.5 rounded-2 border border-line bg-surface-2 px-4 py-3 text-14"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={text} />
        <Button size="sm" onClick={download}>
          <Icon name="download" size={14} />
          {t("account.recoveryDownload")}
        </Button>
        <span className="flex-1" />
        <Button variant="primary" onClick={onDone}>
          {t("account.recoveryKept")}
        </Button>
      </div>
    </div>
  );
}
