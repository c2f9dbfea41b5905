"use client";

import { clsx } from "clsx";
import type { ComponentProps } from "react";
import { formatAge, formatAgo, formatExact } from "#lib/shared/format.ts";
import { useNow } from "./use-now.ts";

export interface RelativeTimeProps extends Omit<ComponentProps<"time">, "dateTime" | "children"> {
  /** Milliseconds since 1970. */
  at: number;
  /** "12 s ago" instead of "12 s". */
  ago?: boolean;
}

/** How long ago: ticks every second in the first minute, then every half minute; exact time and zone on hover. */
export function RelativeTime({ at, ago = false, className, ...props }: RelativeTimeProps) {
  const slow = useNow(30_000);
  const isYoung = (slow || Date.now()) - at < 90_000;
  const fast = useNow(isYoung ? 1000 : 30_000);
  // 0 while hydrating: the server's text may be a second old, and the zone is the reader's, not the server's.
  const now = fast || Date.now();
  return (
    <time
      data-slot="relative-time"
      dateTime={new Date(at).toISOString()}
      title={fast ? formatExact(at) : undefined}
      className={clsx("whitespace-nowrap", className)}
      suppressHydrationWarning
      {...props}
    >
      {ago ? formatAgo(at, now) : formatAge(at, now)}
    </time>
  );
}
