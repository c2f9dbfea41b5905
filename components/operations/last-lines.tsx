"use client";

import "#lib/shared/i18n/pages/history.ts";
import useSWR from "swr";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { ListLink } from "#components/ui/list-link.tsx";
import { api } from "#lib/client/api.ts";
import { parseJsonLine } from "#lib/client/parse-log-json.ts";
import { t } from "#lib/shared/i18n/translate.ts";

const longest = 300;

export interface LastLinesProps {
  taskId: string;
  /** How many lines, at most. */
  count?: number;
  className?: string;
}

/**
 * What a task wrote before it broke, read once: from its container, or what Shoal has kept of it. Nothing is shown
 * where both are gone.
 */
export function LastLines({ taskId, count = 6, className = "mt-2 pl-[22px] max-sm:pl-0" }: LastLinesProps) {
  const { apiPath, href, may } = useCluster();
  const path = apiPath(`/tasks/${encodeURIComponent(taskId)}/logs?tail=${count}&format=json`);
  const { data } = useSWR(may("log.read") ? path : null, (key: string) => api.text(key), {
    revalidateOnFocus: false,
    revalidateIfStale: false,
    shouldRetryOnError: false,
  });
  const read = data === undefined ? null : parseJsonLine(data);
  const lines = read?.lines.slice(-count) ?? [];
  if (lines.length === 0) return null;
  return (
    <figure data-slot="last-lines" aria-label={t("history.lastLines")} className={className}>
      <figcaption className="flex items-center gap-3 text-11 text-ink-3">
        {read?.notices.length ? t("history.lastLinesKept", { n: lines.length }) : t("history.lastLines")}
        <ListLink
          href={href(`/logs?task=${encodeURIComponent(taskId)}`)}
          className="text-accent hover:underline"
        >
          {t("history.wholeLog")}
        </ListLink>
      </figcaption>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        className="mt-1 max-h-72 overflow-auto rounded-2 border border-line bg-surface-2 px-3 py-1.5 font-mono text-12 leading-[18px]"
      >
        {lines.map((line) => (
          <span
            key={`${line.at} ${line.nanos} ${line.stream}`}
            className={line.stream === "stderr" ? "block text-bad" : "block"}
          >
            {line.text.slice(0, longest)}
          </span>
        ))}
      </pre>
    </figure>
  );
}
