"use client";

import { clsx } from "clsx";
import type { ComponentProps } from "react";
import { useNow } from "#components/ui/use-now.ts";
import { formatDuration } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";

/** How fresh the picture is. `polled`: no link to every node, changes there are looked for every `everyMs`. */
export type Freshness =
  | { readonly kind: "live" }
  | { readonly kind: "polled"; readonly everyMs: number }
  | { readonly kind: "connecting" }
  /** Last known to be true at `since`, ms since 1970; null when nothing was ever seen. */
  | { readonly kind: "stale"; readonly since: number | null };

const clockTime = (at: number, timeZone?: string) =>
  new Intl.DateTimeFormat("en-GB", { timeStyle: "medium", timeZone }).format(at);

/** The dot alone: filled green while live, an amber ring while not. */
export function LiveDot({ kind, className }: { kind: Freshness["kind"] | "off"; className?: string }) {
  const isFresh = kind === "live" || kind === "polled";
  return (
    <span
      aria-hidden="true"
      className={clsx(
        "size-[7px] shrink-0 rounded-full",
        isFresh
          ? "bg-ok-mark shadow-[0_0_0_3px_color-mix(in_oklab,var(--ok-mark)_18%,transparent)]"
          : kind === "off"
            ? "border-[1.5px] border-ink-3"
            : "border-[1.5px] border-warn-mark",
        className,
      )}
    />
  );
}

function words(freshness: Freshness, timeZone?: string): { text: string; title?: string } {
  switch (freshness.kind) {
    case "live":
      return { text: t("common.live"), title: t("common.liveTitle") };
    case "polled":
      return {
        text: t("common.polled", { time: formatDuration(freshness.everyMs) }),
        title: t("common.polledTitle"),
      };
    case "connecting":
      return { text: t("common.connecting") };
    case "stale":
      return {
        text:
          freshness.since === null
            ? t("common.staleNever")
            : t("common.stale", { time: clockTime(freshness.since, timeZone) }),
      };
  }
}

/** "Live", "checked every 1 s", or "Last seen 12:41:08, reconnecting". */
export function LiveIndicator({
  freshness,
  className,
  ...props
}: ComponentProps<"span"> & { freshness: Freshness }) {
  // The first picture of both sides must be the same; the reader's own zone comes with the next one.
  const isHydrated = useNow(60_000) > 0;
  const { text, title } = words(freshness, isHydrated ? undefined : "UTC");
  return (
    <span
      data-slot="live-indicator"
      role="status"
      title={title}
      className={clsx("inline-flex items-center gap-[7px] text-12 whitespace-nowrap text-ink-2", className)}
      {...props}
    >
      <LiveDot kind={freshness.kind} />
      {text}
    </span>
  );
}
