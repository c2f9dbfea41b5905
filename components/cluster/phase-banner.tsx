"use client";

import { Banner } from "#components/ui/banner.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { quorumOfModel } from "#lib/shared/quorum.ts";
import { useCluster } from "./cluster-provider.tsx";

/** Across the page while there is a picture but something is wrong with it: electing, quorum lost, stale. */
export function PhaseBanner() {
  const { model, freshness } = useCluster();
  const { phase, message } = model.info;
  if (Object.keys(model.nodes).length === 0) return null;
  if (phase === "electing") {
    // A single manager has nobody to elect: it is slow, or frozen.
    const alone = quorumOfModel(model).total <= 1;
    return (
      <Banner flush tone="warn" role="status">
        {t(alone ? "cluster.banner.silent" : "cluster.banner.electing")}
      </Banner>
    );
  }
  if (phase === "no_quorum") {
    const { total, reachable } = quorumOfModel(model);
    return (
      <Banner flush tone="bad" role="alert" engineText={message ?? undefined}>
        {total > reachable
          ? t("cluster.banner.noQuorum", { gone: total - reachable, n: total })
          : t("cluster.banner.noQuorumUncounted")}
      </Banner>
    );
  }
  if (phase === "ready" && freshness.kind === "stale") {
    return (
      <Banner flush tone="warn" role="status">
        {t("cluster.banner.stale")}
      </Banner>
    );
  }
  if (phase === "ready" || phase === "connecting") return null;
  return (
    <Banner flush tone="bad" role="alert" engineText={message ?? undefined}>
      {t("cluster.banner.lost")}
    </Banner>
  );
}
