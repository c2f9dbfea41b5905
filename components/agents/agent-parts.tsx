import "#lib/shared/i18n/pages/agents.ts";
import { clsx } from "clsx";
import { toneClass } from "#components/services/health-line.tsx";
import { HealthMark } from "#components/ui/mark.tsx";
import type { HealthMarkName } from "#components/ui/mark-paths.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { Tooltip } from "#components/ui/tooltip.tsx";
import { type AgentKind, agentCondition } from "#lib/shared/agent/agent-condition.ts";
import type { AgentItem } from "#lib/shared/api/agent-types.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";

const marks: Readonly<Record<AgentKind, HealthMarkName>> = {
  connected: "healthy",
  engine_silent: "unhealthy",
  node_down: "failing",
  offline: "failing",
  waiting: "waiting",
  revoked: "paused",
  missing: "off",
};

/** "Offline  The node itself is up: …": mark, word, then what is meant, cut to one line. */
export function AgentStateLine({
  item,
  className,
  inTable = false,
}: {
  item: AgentItem;
  className?: string;
  inTable?: boolean;
}) {
  const { kind, tone, word, cause } = agentCondition(item);
  const text = cause === null ? "" : say(t, cause);
  return (
    <span
      data-slot="agent-state"
      className={clsx("flex min-w-0 items-center gap-2", className)}
      title={text || undefined}
    >
      <HealthMark health={marks[kind]} size={12} />
      <span
        className={clsx("shrink-0", toneClass[tone], (tone === "bad" || tone === "warn") && "font-medium")}
      >
        {say(t, word)}
      </span>
      {text !== "" && (
        <span
          className={clsx(
            "min-w-0 truncate text-ink-2",
            // Of a node without an agent the cells beside it are empty: the sentence runs on over them.
            inTable && item.id === null && "xl:shrink-0 xl:overflow-visible",
          )}
        >
          {text}
        </span>
      )}
    </span>
  );
}

/** The scope of an agent; what it means is on hover and focus. */
export function ScopeWord({ item }: { item: AgentItem }) {
  if (item.scope === null) return null;
  return (
    <Tooltip content={t(`agents.scopeHint.${item.scope}`)}>
      <button
        type="button"
        className="rounded-1 text-ink-2 underline decoration-line-2 decoration-dotted underline-offset-4"
      >
        {t(`agents.scope.${item.scope}`)}
      </button>
    </Tooltip>
  );
}

/** Its version; another one than the server's is marked. */
export function AgentVersion({ item, serverVersion }: { item: AgentItem; serverVersion: string }) {
  if (item.version === null) return null;
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <span className="truncate text-ink-2">{item.version}</span>
      {item.isOtherVersion && (
        <Tag tone="warn" title={t("agents.otherVersionTitle", { version: serverVersion })}>
          {t("agents.otherVersion")}
        </Tag>
      )}
    </span>
  );
}

/** For how long it is connected, or how long ago it was seen. */
export function AgentSince({ item }: { item: AgentItem }) {
  if (item.connectedSince !== null) return <RelativeTime at={item.connectedSince} className="text-ink-2" />;
  return item.lastSeenAt === null ? null : <RelativeTime ago at={item.lastSeenAt} className="text-ink-3" />;
}

/** "3.2 ms" while it is connected. */
export function roundTripWords({ roundTripMs }: AgentItem): string {
  return roundTripMs === null ? "" : t("agents.roundTripMs", { ms: roundTripMs });
}

/** What went wrong last, and when. */
export function LastError({ item }: { item: AgentItem }) {
  if (item.lastError === null || item.lastErrorAt === null) return null;
  return (
    <span className="block truncate text-ink-2" title={item.lastError}>
      <RelativeTime ago at={item.lastErrorAt} className="text-ink-3" /> {item.lastError}
    </span>
  );
}
