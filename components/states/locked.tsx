"use client";

import "#lib/shared/i18n/pages/states.ts";
import { type FormEvent, useState } from "react";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { PasswordField } from "#components/ui/password-field.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { StatePage } from "./state-page.tsx";

export interface LockedProps {
  mayUnlock: boolean;
  /** Sends the key; rejects with a message for the field. */
  onUnlock: (key: string) => Promise<void>;
}

/** Autolock: a restarted manager waits for its key. */
export function Locked({ mayUnlock, onUnlock }: LockedProps) {
  return (
    <StatePage icon="lock" title={t("states.locked.title")} lead={t("states.locked.lead")}>
      {mayUnlock ? <UnlockForm onUnlock={onUnlock} /> : <Banner>{t("states.locked.adminOnly")}</Banner>}
    </StatePage>
  );
}

function UnlockForm({ onUnlock }: Pick<LockedProps, "onUnlock">) {
  const [key, setKey] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (!key.trim()) {
      setError(t("states.locked.keyMissing"));
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      await onUnlock(key.trim());
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : String(cause));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Panel className="max-w-[560px]">
      <form onSubmit={(event) => void send(event)} noValidate className="flex flex-col gap-4">
        <PasswordField
          label={t("states.locked.key")}
          hint={t("states.locked.keyHint")}
          size="lg"
          mono
          autoComplete="off"
          value={key}
          error={error}
          onChange={(event) => setKey(event.target.value)}
        />
        <Button type="submit" variant="primary" disabled={busy} className="self-end">
          {t("states.locked.unlock")}
        </Button>
      </form>
    </Panel>
  );
}
