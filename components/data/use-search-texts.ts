"use client";

import { useEffect, useRef } from "react";

/** Of an idle period, ms that are left to others. */
const leftMs = 2;

/** Makes the search texts of the rows a page begins with while the browser has nothing to do, so that the first key finds them. */
export function useSearchTexts<Row>(rows: readonly Row[], textOf: (row: Row) => string): void {
  const begun = useRef({ rows, textOf });
  useEffect(() => {
    // A browser without it (Safari) makes them with the first key.
    if (!("requestIdleCallback" in window)) return;
    let next = 0;
    const { rows, textOf } = begun.current;
    const step = (deadline: IdleDeadline) => {
      for (; next < rows.length && deadline.timeRemaining() > leftMs; next += 1) textOf(rows[next] as Row);
      if (next < rows.length) handle = requestIdleCallback(step);
    };
    let handle = requestIdleCallback(step);
    return () => cancelIdleCallback(handle);
  }, []);
}
