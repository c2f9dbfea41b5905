"use client";

import type { ReactNode } from "react";
import { Shell } from "#components/layout/shell.tsx";
import { PaletteHost } from "#components/palette/palette-host.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { healthOfAll } from "#lib/shared/model/cluster-summary.ts";
import { AskProvider } from "./ask.tsx";
import { useCluster } from "./cluster-provider.tsx";
import { PhaseBanner } from "./phase-banner.tsx";
import { PhaseGate } from "./phase-gate.tsx";
import { SimulatedBanner } from "./simulated-banner.tsx";

/** The frame around every page of a cluster: navigation with counts, banners, and full-page states. */
export function ClusterShell({ needsPicture, children }: { needsPicture: boolean; children: ReactNode }) {
  const { model, viewer, freshness, now } = useCluster();
  const { info } = model;
  const { activity } = info;
  const nodes = Object.keys(model.nodes).length;
  const failing = [...healthOfAll(model, now).values()].filter(({ kind }) => kind === "failing").length;
  const down = Object.values(model.nodes).filter((node) => node.state === "down").length;
  const stacks = new Set(Object.values(model.services).flatMap(({ stack }) => stack ?? [])).size;
  return (
    <AskProvider>
      <Shell
        cluster={{
          id: info.id,
          name: info.name,
          note: nodes === 0 ? undefined : t("common.nodes", { n: nodes }),
          simulated: info.simulated,
          isEngine: info.phase === "not_swarm",
        }}
        freshness={freshness.kind}
        counts={
          nodes === 0
            ? {}
            : {
                services:
                  failing > 0
                    ? { value: failing, alert: true }
                    : { value: Object.keys(model.services).length },
                tasks: { value: Object.keys(model.tasks).length },
                stacks: { value: stacks },
                ...(activity.length > 0 && {
                  operations: {
                    value: activity.length,
                    alert: activity.some(({ state }) => state === "stuck" || state === "paused"),
                  },
                }),
                nodes: down > 0 ? { value: down, alert: true } : { value: nodes },
              }
        }
        user={viewer}
        banner={
          <>
            {info.simulated && <SimulatedBanner />}
            <PhaseBanner />
          </>
        }
      >
        <PaletteHost />
        {needsPicture ? <PhaseGate>{children}</PhaseGate> : children}
      </Shell>
    </AskProvider>
  );
}
