"use client";

import { useSyncExternalStore } from "react";

/** Whether a media query holds; on the server and while hydrating, when it cannot be known, what is `believed`. */
export function useMedia<Believed extends boolean | null>(
  query: string,
  believed: Believed,
): boolean | Believed {
  return useSyncExternalStore<boolean | Believed>(
    (listener) => {
      const media = matchMedia(query);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    () => matchMedia(query).matches,
    () => believed,
  );
}
