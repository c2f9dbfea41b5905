"use client";

import { useSyncExternalStore } from "react";

/** Whether a media query holds; null on the server and while hydrating, when it cannot be known. */
export function useMedia(query: string): boolean | null {
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(query);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    () => matchMedia(query).matches,
    () => null,
  );
}
