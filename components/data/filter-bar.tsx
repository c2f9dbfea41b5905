"use client";

import { clsx } from "clsx";
import { type ComponentProps, useState } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { Input } from "#components/ui/input.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { t } from "#lib/shared/i18n/translate.ts";

/** The 44 px row of filters under a page head. Push to the right with `grow` between. */
export function FilterBar({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      data-slot="filter-bar"
      className={clsx(
        "flex min-h-11 shrink-0 items-center gap-1.5 overflow-x-auto border-b border-line px-5 py-2 max-sm:px-4",
        className,
      )}
      {...props}
    />
  );
}

export interface FilterInputProps {
  /** "Filter by name, image, error". */
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
  className?: string;
}

/** The text filter that `/` jumps to. Esc clears it, then leaves it. */
export function FilterInput({ placeholder, value, onChange: onText, className }: FilterInputProps) {
  // While somebody types, the box holds what they typed: the address is behind by some letters, and would take them back.
  const [draft, setDraft] = useState<string | null>(null);
  const shown = draft ?? value;
  const onChange = (text: string) => {
    setDraft((before) => (before === null ? null : text));
    onText(text);
  };
  return (
    <Input
      size="sm"
      type="search"
      data-filter-input=""
      aria-label={placeholder}
      placeholder={placeholder}
      value={shown}
      onFocus={() => setDraft(value)}
      onBlur={() => setDraft(null)}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        event.preventDefault();
        if (shown) onChange("");
        else event.currentTarget.blur();
      }}
      leading={<Icon name="search" size={14} />}
      trailing={
        shown ? (
          <button
            type="button"
            aria-label={t("common.clearFilter")}
            onClick={() => onChange("")}
            className="-mr-1 grid size-5 place-items-center rounded-1 hover:bg-surface-3 hover:text-ink"
          >
            <Icon name="x" size={12} />
          </button>
        ) : (
          <Kbd className="touch:hidden">/</Kbd>
        )
      }
      className={clsx(
        "[&_input::-webkit-search-cancel-button]:hidden",
        "w-[272px] shrink-0 max-lg:w-[200px] max-sm:w-auto max-sm:flex-1",
        className,
      )}
    />
  );
}
