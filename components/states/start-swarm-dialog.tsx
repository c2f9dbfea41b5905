"use client";

import "#lib/shared/i18n/pages/states.ts";
import { useState } from "react";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { t } from "#lib/shared/i18n/translate.ts";

export interface StartSwarmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  name: string;
  /** Addresses of the engine's host; may be empty when they are not known. */
  addresses: readonly string[];
  onStart: (advertiseAddr: string) => Promise<void>;
}

const other = "other";

/** Swarm init, with the one thing it must know: the address other machines will use. */
export function StartSwarmDialog({ open, onOpenChange, name, addresses, onStart }: StartSwarmDialogProps) {
  const [choice, setChoice] = useState(addresses[0] ?? other);
  const [typed, setTyped] = useState("");
  const start = async () => {
    const address = choice === other ? typed.trim() : choice;
    if (!address) throw new Error(t("states.host.addressMissing"));
    await onStart(address);
  };
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("states.host.initTitle", { name })}
      sentence={t("states.host.initSentence")}
      verb={t("states.host.initVerb")}
      onConfirm={start}
    >
      {addresses.length > 0 && (
        <RadioGroup
          label={t("states.host.address")}
          value={choice}
          onChange={setChoice}
          options={[
            ...addresses.map((address) => ({
              value: address,
              label: <span className="mono">{address}</span>,
            })),
            { value: other, label: t("states.host.addressOther") },
          ]}
        />
      )}
      {choice === other && (
        <TextField
          className="mt-2"
          label={addresses.length > 0 ? t("states.host.addressOther") : t("states.host.address")}
          hint={t("states.host.addressHint")}
          value={typed}
          mono
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
    </ConfirmDialog>
  );
}
