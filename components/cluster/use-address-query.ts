"use client";

import { usePathname, useSearchParams } from "next/navigation";

/**
 * The query of the address as state: a view can be shared and survives a reload. Replaces the entry of the
 * history, so that Back leaves the page instead of undoing letters.
 */
export function useAddressQuery(): [URLSearchParams, (query: URLSearchParams) => void] {
  const query = useSearchParams();
  const path = usePathname();
  const set = (next: URLSearchParams) => {
    const text = next.toString();
    window.history.replaceState(null, "", text === "" ? path : `${path}?${text}`);
  };
  return [new URLSearchParams(query), set];
}
