import type { Freshness } from "#components/layout/live-indicator.tsx";
import type { ConnectionInfo } from "#lib/client/live.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ClusterInfo } from "#lib/shared/model/types.ts";

/** How fresh the picture is: this tab's socket first, then what the server says about the engine. */
export function freshnessOf(info: ClusterInfo, connection: ConnectionInfo): Freshness {
  if (connection.state !== "live") return { kind: "stale", since: connection.lastSeenAt };
  if (info.phase === "connecting") return { kind: "connecting" };
  // Without a manager there is nothing live, even if there never was a picture to be old.
  const speaks = info.phase === "ready" || info.phase === "not_swarm";
  if (info.staleSince !== null || !speaks) return { kind: "stale", since: info.staleSince };
  return info.checkEveryMs === null ? { kind: "live" } : { kind: "polled", everyMs: info.checkEveryMs };
}

/** Why nothing can be changed now, in a sentence; null when changes are possible. */
export function blockedReason(info: ClusterInfo, connection: ConnectionInfo): string | null {
  if (connection.state !== "live") return t("cluster.blocked.offline");
  if (info.phase === "electing") return t("cluster.blocked.electing");
  if (info.phase === "no_quorum") return t("cluster.blocked.noQuorum");
  if (info.phase !== "ready" && info.phase !== "not_swarm") return t("cluster.blocked.noEngine");
  return info.staleSince === null ? null : t("cluster.blocked.stale");
}
