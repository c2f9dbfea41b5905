"use client";

import { openPalette } from "#components/palette/open-palette.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { useNow } from "#components/ui/use-now.ts";
import { t } from "#lib/shared/i18n/translate.ts";

/** The way into the palette for those who do not know its key yet. */
export function SearchButton() {
  const isHydrated = useNow(60_000) > 0;
  const isMac = isHydrated && /mac|iphone|ipad/i.test(navigator.platform);
  return (
    <button
      type="button"
      data-slot="search-button"
      title={t("common.openPalette")}
      aria-keyshortcuts="Control+K Meta+K"
      onClick={openPalette}
      className="mb-2 flex h-[30px] items-center gap-[9px] rounded-2 bg-surface-3 px-2 text-left text-ink-2 hover:text-ink rail:w-9 rail:justify-center rail:px-0"
    >
      <Icon name="search" />
      <span className="min-w-0 flex-1 truncate rail:sr-only">{t("common.openPalette")}</span>
      <Kbd className="rail:hidden">{isMac ? "⌘K" : "Ctrl K"}</Kbd>
    </button>
  );
}
