"use client";

import "#lib/shared/i18n/pages/agents.ts";
import { useGlances } from "#lib/client/use-glances.ts";
import { agentsSentence } from "#lib/shared/agent/agent-condition.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { AgentStateLine } from "./agent-parts.tsx";
import { useAgents } from "./use-agents.ts";

/** The list stays a side note: more than this are counted. */
const mostShown = 12;

/** The nodes of a cluster as they report in, live. */
export function ReportingNodes({ cluster }: { cluster: string }) {
  const glance = useGlances()?.find(({ id }) => id === cluster);
  const { list } = useAgents(
    cluster,
    `${glance?.agents.changes} ${glance?.nodes.total} ${glance?.nodes.ready}`,
  );
  const items = list?.items ?? [];
  const { head, parts } = agentsSentence(items);
  const hasAgents = items.some(({ id }) => id !== null);
  return (
    <section data-slot="reporting-nodes" aria-label={t("agents.live.title")} className="min-w-0">
      <h3 className="font-medium">{t("agents.live.title")}</h3>
      <p role="status" className="mt-0.5 text-ink-2">
        {hasAgents ? [head, ...parts].map((part) => say(t, part)).join("; ") : t("agents.live.nobody")}
      </p>
      {items.length > 0 && (
        <ul className="mt-2 overflow-hidden rounded-2 border border-line">
          {items.slice(0, mostShown).map((item) => (
            <li
              key={item.id ?? item.nodeId}
              className="grid grid-cols-[minmax(80px,28%)_minmax(0,1fr)] items-center gap-3 border-b border-line px-3 py-1.5 last:border-0"
            >
              <span className="truncate font-medium" title={item.nodeName}>
                {item.nodeName}
              </span>
              <AgentStateLine item={item} />
            </li>
          ))}
        </ul>
      )}
      {items.length > mostShown && (
        <p className="mt-1 text-12 text-ink-3">{t("agents.live.more", { n: items.length - mostShown })}</p>
      )}
    </section>
  );
}
