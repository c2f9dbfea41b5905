"use client";

import { useEffect, useState } from "react";
import { t } from "#lib/shared/i18n/translate.ts";

const bars = ["w-36", "w-52", "w-24", "w-44", "w-16"] as const;

/** Still grey shapes of the real size of table rows; nothing at all in the first 300 ms. No shimmer. */
export function LoadingRows({ rows = 8 }: { rows?: number }) {
  const isDue = useDelay(300);
  return (
    <div
      data-slot="loading-rows"
      role="status"
      aria-label={t("common.loading")}
      className="min-h-0 flex-1 overflow-hidden"
    >
      {isDue &&
        Array.from({ length: rows }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
          <div key={row} className="flex h-9 items-center gap-10 border-b border-line px-5">
            {bars.map((width, bar) => (
              <span
                key={width}
                className={`h-2.5 rounded-1 bg-surface-3 ${width} ${bar > 1 ? "max-sm:hidden" : ""}`}
              />
            ))}
          </div>
        ))}
    </div>
  );
}

/** False for the first `ms` of a component's life, then true. */
export function useDelay(ms: number): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return isOver;
}
