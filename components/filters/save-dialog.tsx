"use client";

import "#lib/shared/i18n/pages/filters.ts";
import { type FormEvent, useId, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { toast } from "#components/ui/toast.ts";
import { api } from "#lib/client/api.ts";
import type { FilterPage } from "#lib/shared/api/filter-schemas.ts";
import { t } from "#lib/shared/i18n/translate.ts";

export interface SaveDialogProps {
  page: FilterPage;
  /** What the address says now. */
  query: string;
  /** Names that are there already: the same one again replaces it. */
  taken: readonly string[];
  onClose: () => void;
  onSaved: () => void;
}

/** Asks for a name and saves the view under it. */
export function SaveDialog({ page, query, taken, onClose, onSaved }: SaveDialogProps) {
  const [name, setName] = useState("");
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const formId = useId();
  const trimmed = name.trim();
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (trimmed === "" || isBusy) return;
    setBusy(true);
    try {
      await api.post("/me/filters", { page, name: trimmed, query });
      toast(t("filters.saved", { name: trimmed }), { id: "filter" });
      onSaved();
      onClose();
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : String(cause));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("filters.saveTitle")}
      description={t("filters.saveLead")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" disabled={trimmed === "" || isBusy}>
            {t("common.save")}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={(event) => void save(event)}>
        <TextField
          label={t("filters.name")}
          value={name}
          maxLength={60}
          autoFocus
          autoComplete="off"
          hint={taken.includes(trimmed) ? t("filters.replaces", { name: trimmed }) : undefined}
          error={error}
          onChange={(event) => {
            setName(event.target.value);
            setError(undefined);
          }}
        />
      </form>
    </Dialog>
  );
}
