"use client";

import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { t } from "#lib/shared/i18n/translate.ts";

export interface BulkBarProps {
  count: number;
  /** The names that are selected; cut when long. */
  names: readonly string[];
  onClear: () => void;
  /** Ghost buttons. */
  children: ReactNode;
}

/** What can be done with the selected rows, floating over the end of the table. */
export function BulkBar({ count, names, onClear, children }: BulkBarProps) {
  return (
    <div
      data-slot="bulk-bar"
      role="toolbar"
      aria-label={t("common.selected", { n: count })}
      className="absolute bottom-[18px] left-1/2 z-20 flex h-11 max-w-[calc(100%-32px)] -translate-x-1/2 items-center gap-1 overflow-x-auto rounded-[12px] border border-line-2 bg-raised pr-[7px] pl-4 whitespace-nowrap shadow-3 animate-[shoal-fade-in_var(--d-2)_var(--ease)]"
    >
      <b className="font-semibold">{t("common.selected", { n: count })}</b>
      <span className="ml-1.5 max-w-60 truncate text-ink-3 max-lg:hidden">{names.join(", ")}</span>
      <Divider />
      {children}
      <Divider />
      <Button variant="ghost" size="icon" aria-label={t("common.clearSelection")} onClick={onClear}>
        <Icon name="x" />
      </Button>
    </div>
  );
}

function Divider() {
  return <span className="mx-1.5 h-5 w-px shrink-0 bg-line" />;
}
