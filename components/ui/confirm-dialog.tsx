"use client";

import { clsx } from "clsx";
import { AlertDialog as Radix } from "radix-ui";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { t } from "#lib/shared/i18n/translate.ts";
import { Banner } from "./banner.tsx";
import { Button } from "./button.tsx";
import { dialogClass, scrimClass } from "./dialog.tsx";
import { TextField } from "./field.tsx";

export interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Verb and object: "Drain swarm-3". Also the heading. */
  title: string;
  /** What will happen, in one sentence: the effect, never "are you sure". */
  sentence: ReactNode;
  /** Further facts, a field, a list of what moves. */
  children?: ReactNode;
  /** The verb on the button. */
  verb: string;
  /** Something stops or is lost: the button is filled red. */
  danger?: boolean;
  /** The person must type this name first. */
  typedName?: string;
  /** Runs the action. Resolve: the dialog closes. Reject: it stays and shows the message. */
  onConfirm: () => void | Promise<void>;
}

/** Asks before something stops or is lost. Focus starts on Cancel, or on the field when a name is typed. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <Radix.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={scrimClass} />
        <Radix.Content data-slot="confirm-dialog" className={clsx(dialogClass, "sm:w-[440px]")}>
          <ConfirmForm {...props} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function ConfirmForm({
  title,
  sentence,
  children,
  verb,
  danger,
  typedName,
  onConfirm,
  onOpenChange,
}: ConfirmDialogProps) {
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const noteId = useId();
  const ready = typedName === undefined || typed === typedName;

  const run = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready || busy) return;
    setBusy(true);
    setError(undefined);
    try {
      await onConfirm();
      onOpenChange(false);
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : String(cause));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void run(event)} className="flex min-h-0 flex-col">
      <div className="min-h-0 overflow-y-auto px-5 pt-4 pb-4">
        <Radix.Title className="text-15 font-semibold tracking-title">{title}</Radix.Title>
        <Radix.Description id={noteId} asChild>
          <div className="mt-1.5 text-ink-2">{sentence}</div>
        </Radix.Description>
        {children && <div className="mt-3">{children}</div>}
        {typedName !== undefined && (
          <TextField
            className="mt-3"
            label={t("common.confirmTyped", { name: typedName })}
            value={typed}
            autoFocus
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
        {error && (
          <Banner tone="bad" className="mt-3" role="alert">
            {error}
          </Banner>
        )}
      </div>
      <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3 max-sm:*:flex-1">
        <Radix.Cancel asChild>
          <Button>{t("common.cancel")}</Button>
        </Radix.Cancel>
        <Button type="submit" variant={danger ? "danger-filled" : "primary"} disabled={!ready || busy}>
          {verb}
        </Button>
      </footer>
    </form>
  );
}
