"use client";

import "#lib/shared/i18n/pages/logs.ts";
import { Kbd } from "#components/ui/kbd.tsx";
import { mostLines } from "#lib/client/log-buffer.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { LogTaskName } from "./log-tasks.ts";
import type { LogPicture } from "./use-log-feed.ts";

export interface LogFootProps {
  log: LogPicture;
  tasks: readonly (LogTaskName & { readonly nodeId: string })[];
}

/** How much is kept, of whom, and the keys. */
export function LogFoot({ log: { kept, dropped }, tasks }: LogFootProps) {
  const nodes = new Set(tasks.map((task) => task.nodeId)).size;
  const keys = [
    ["/", t("logs.keyFilter")],
    ["Space", t("logs.keyPause")],
    ["G", t("logs.keyNewest")],
  ] as const;
  return (
    <footer className="flex h-8 shrink-0 items-center gap-4 border-t border-line px-5 text-12 whitespace-nowrap text-ink-3 max-sm:px-3.5">
      <span>{t("logs.kept", { n: kept, most: mostLines })}</span>
      {dropped > 0 && <span className="max-sm:hidden">{t("logs.dropped", { n: dropped })}</span>}
      <span className="max-sm:hidden">
        {t("logs.from", { n: tasks.length, nodes: t("common.nodes", { n: nodes }) })}
      </span>
      <span className="flex-1" />
      {keys.map(([key, words]) => (
        <span key={key} className="inline-flex items-center gap-1.5 max-lg:hidden">
          <Kbd>{key}</Kbd>
          {words}
        </span>
      ))}
    </footer>
  );
}
