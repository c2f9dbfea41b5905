"use client";

import "#lib/shared/i18n/pages/logs.ts";
import { useEffect, useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import type { LogFeed } from "#components/logs/use-log-feed.ts";
import { ApiError, api } from "#lib/client/api.ts";
import { parseJsonLine } from "#lib/client/parse-log-json.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { LogTarget } from "#lib/shared/logs/log-line.ts";
import { type LogRange, logPath } from "./log-address.ts";

/** Lines of each task that are read at most. */
const mostPerTask = 20_000;

/** Reads the lines of a range, once for each feed; they find their places among those that come. */
export function useOlderLines(feed: LogFeed | null, targets: readonly LogTarget[], range: LogRange): boolean {
  const { apiPath } = useCluster();
  const [isReading, setReading] = useState(false);
  const query = new URLSearchParams({ format: "json", tail: String(mostPerTask) });
  if (range !== "all") query.set("since", range === "24h" ? "1d" : range);
  const paths = targets.map((target) => apiPath(logPath(target, query))).join("\n");
  useEffect(() => {
    if (feed === null || range === "tail" || paths === "") return;
    const ended = new AbortController();
    const read = async (path: string) => {
      const text = await api.text(path, { signal: ended.signal });
      const { lines, notices } = parseJsonLine(text);
      feed.buffer.add(lines);
      for (const notice of notices) feed.buffer.notice(Date.now(), notice);
    };
    setReading(true);
    Promise.all(paths.split("\n").map(read))
      .catch((error: unknown) => {
        if (ended.signal.aborted) return;
        const why = error instanceof ApiError ? error.message : String(error);
        feed.buffer.notice(Date.now(), t("logs.notice.notRead", { why }));
      })
      .finally(() => setReading(false));
    return () => ended.abort();
  }, [feed, paths, range]);
  return isReading;
}
