"use client";

import "#lib/shared/i18n/pages/filters.ts";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Input } from "#components/ui/input.tsx";
import { api } from "#lib/client/api.ts";
import type { SavedFilter } from "#lib/shared/api/filter-schemas.ts";
import { t } from "#lib/shared/i18n/translate.ts";

export interface ManageDialogProps {
  filters: readonly SavedFilter[];
  onClose: () => void;
  onChanged: () => void;
}

/** Renames and deletes saved filters. Deleting takes away nothing but a name: it does not ask. */
export function ManageDialog({ filters, onClose, onChanged }: ManageDialogProps) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t("filters.manageTitle")}>
      {filters.length === 0 && <p className="text-ink-2">{t("filters.none")}</p>}
      <ul className="grid gap-2">
        {filters.map((filter) => (
          <FilterLine key={filter.id} filter={filter} onChanged={onChanged} />
        ))}
      </ul>
    </Dialog>
  );
}

function FilterLine({ filter, onChanged }: { filter: SavedFilter; onChanged: () => void }) {
  const [name, setName] = useState(filter.name);
  const [error, setError] = useState<string>();
  const path = `/me/filters/${encodeURIComponent(filter.id)}`;
  const run = async (change: () => Promise<unknown>) => {
    try {
      await change();
      setError(undefined);
      onChanged();
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : String(cause));
    }
  };
  const trimmed = name.trim();
  const isChanged = trimmed !== "" && trimmed !== filter.name;
  return (
    <li>
      <form
        className="flex items-center gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (isChanged) void run(() => api.patch(path, { name: trimmed }));
        }}
      >
        <Input
          size="sm"
          className="min-w-0 flex-1"
          aria-label={t("filters.rename", { name: filter.name })}
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" size="sm" disabled={!isChanged}>
          {t("filters.renameVerb")}
        </Button>
        <Button
          size="icon-sm"
          variant="ghost"
          aria-label={t("filters.delete", { name: filter.name })}
          onClick={() => void run(() => api.delete(path))}
        >
          <Icon name="trash" size={14} />
        </Button>
      </form>
      {error && (
        <p role="alert" className="mt-1 text-12 text-bad">
          {error}
        </p>
      )}
    </li>
  );
}
