"use client";

import "#lib/shared/i18n/pages/swarm-page.ts";
import { type FormEvent, useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useSend } from "#components/cluster/use-send.ts";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";
import { t } from "#lib/shared/i18n/translate.ts";

export interface NumberSettingProps {
  label: string;
  hint: string;
  /** Field of the swarm's settings. */
  name: "taskHistoryLimit" | "nodeCertExpiryHours";
  value: number;
  min: number;
  max: number;
  onChanged: () => void;
}

/** One whole number of the swarm's settings, with a button that appears once it differs. */
export function NumberSetting({ label, hint, name, value, min, max, onChanged }: NumberSettingProps) {
  const { may, blocked } = useCluster();
  const send = useSend();
  const [typed, setTyped] = useState<string>();
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const text = typed ?? String(value);
  const isChanged = text.trim() !== String(value);
  const number = /^\d{1,7}$/.test(text.trim()) ? Number(text) : Number.NaN;
  const check = () =>
    setError(number >= min && number <= max ? undefined : t("swarmPage.number", { min, max }));

  const save = async (event: FormEvent) => {
    event.preventDefault();
    check();
    if (!(number >= min && number <= max) || !isChanged || isBusy) return;
    setBusy(true);
    const done = await send({
      method: "PATCH",
      path: "/swarm",
      body: { [name]: number },
      object: "swarm",
      title: label,
      verb: t("common.save"),
    });
    setBusy(false);
    if (!done) return;
    setTyped(undefined);
    onChanged();
  };
  return (
    <form noValidate onSubmit={(event) => void save(event)} className="flex items-start gap-2">
      <TextField
        label={label}
        hint={hint}
        error={error}
        inputMode="numeric"
        value={text}
        disabled={!may("swarm.settings")}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={check}
        className="min-w-0 flex-1 [&_[data-slot=input]]:max-w-40"
      />
      {isChanged && may("swarm.settings") && (
        <Button
          type="submit"
          variant="primary"
          disabled={isBusy}
          reason={blocked ?? undefined}
          className="mt-[23px]"
        >
          {t("common.save")}
        </Button>
      )}
    </form>
  );
}
