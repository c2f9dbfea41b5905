"use client";

import { useMemo } from "react";
import { LogSearch } from "#lib/client/log-buffer.ts";
import { patternOf, readLogView } from "./log-address.ts";

/** The filter that the address asks for, the same one until it asks for another: it remembers what it has searched. */
export function useLogSearch(query: string, tasks: ReadonlySet<string>) {
  return useMemo(() => {
    const view = readLogView(new URLSearchParams(query));
    const found = patternOf(view);
    const pattern = found instanceof RegExp ? found : null;
    const search = new LogSearch({
      pattern,
      onlyMatches: view.onlyMatches && pattern !== null,
      streams: view.streams,
      levels: view.levels,
      tasks: tasks.size === 0 ? null : tasks,
    });
    return { search, pattern, problem: typeof found === "string" ? found : null };
  }, [query, tasks]);
}
