"use client";

import "#lib/shared/i18n/pages/states.ts";
import { useDelay } from "#components/data/loading-rows.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ClusterInfo, ClusterPhase } from "#lib/shared/model/types.ts";
import { Locked } from "./locked.tsx";
import { NoEngine } from "./no-engine.tsx";
import { NotManager } from "./not-manager.tsx";
import { StatePage } from "./state-page.tsx";
import { Trying } from "./trying.tsx";

export interface PhasePageProps {
  info: ClusterInfo;
  mayUnlock: boolean;
  onTryNow: () => void | Promise<void>;
  onOpenDemo?: () => void | Promise<void>;
  onUnlock: (key: string) => Promise<void>;
}

/** What stands in place of every page while there is no picture of the cluster to show. */
export function PhasePage({ info, mayUnlock, onTryNow, onOpenDemo, onUnlock }: PhasePageProps) {
  switch (info.phase) {
    case "no_engine":
      return <NoEngine info={info} onTryNow={onTryNow} onOpenDemo={onOpenDemo} />;
    case "not_manager":
      return <NotManager info={info} onTryNow={onTryNow} />;
    case "locked":
      return <Locked mayUnlock={mayUnlock} onUnlock={onUnlock} />;
    case "pending":
    case "swarm_error":
    case "electing":
    case "no_quorum":
      return <Waiting info={info} words={waiting[info.phase]} onTryNow={onTryNow} />;
    default:
      return <Connecting />;
  }
}

interface Words {
  title: string;
  lead: string;
  tone: "warn" | "bad";
}

const waiting: Record<Extract<ClusterPhase, "pending" | "swarm_error" | "electing" | "no_quorum">, Words> = {
  pending: { title: t("states.pending.title"), lead: t("states.pending.lead"), tone: "warn" },
  swarm_error: { title: t("states.swarmError.title"), lead: t("states.swarmError.lead"), tone: "bad" },
  electing: { title: t("states.electing.title"), lead: t("states.electing.lead"), tone: "warn" },
  no_quorum: { title: t("states.noQuorum.title"), lead: t("states.noQuorum.lead"), tone: "bad" },
};

function Waiting({ info, words, onTryNow }: Pick<PhasePageProps, "info" | "onTryNow"> & { words: Words }) {
  return (
    <StatePage icon={words.tone === "bad" ? "alert" : "clock"} {...words}>
      {info.message && <Banner tone={words.tone} engineText={info.message} />}
      <Trying onTryNow={onTryNow} />
    </StatePage>
  );
}

/** At the start: nothing for a moment, then a sentence. */
function Connecting() {
  const isDue = useDelay(300);
  if (!isDue) return <div className="sea min-h-0 flex-1" role="status" aria-label={t("common.loading")} />;
  return (
    <StatePage
      icon="plug"
      tone="quiet"
      title={t("states.connecting.title")}
      lead={t("states.connecting.lead")}
    />
  );
}
