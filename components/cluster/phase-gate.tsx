"use client";

import { usePathname, useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { later } from "#components/ui/later.tsx";
import { toastError } from "#components/ui/toast.ts";
import { api } from "#lib/client/api.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";
import { mayDo } from "#lib/shared/roles.ts";
import { useCluster } from "./cluster-provider.tsx";

// A cluster that is well needs neither.
const PhasePage = later(async () => (await import("#components/states/phase-page.tsx")).PhasePage);
const SingleEngine = later(async () => (await import("#components/states/single-engine.tsx")).SingleEngine);
const NoAgents = later(async () => (await import("#components/agents/no-agents.tsx")).NoAgents);

/** What to show: the page, the single engine, or what stands in the way. A stale picture is better than none. */
export function gateOf(model: ClusterModel): "page" | "engine" | "phase" {
  const { phase } = model.info;
  if (phase === "ready") return "page";
  if (phase === "not_swarm") return "engine";
  // Only the key helps here, and its form must be in reach.
  if (phase === "locked") return "phase";
  return Object.keys(model.nodes).length > 0 ? "page" : "phase";
}

/** The page, or what stands in its way while there is no picture to show. */
export function PhaseGate({ children }: { children: ReactNode }) {
  const { model, viewer, may, freshness, apiPath, href } = useCluster();
  const router = useRouter();
  const path = usePathname();
  const { info } = model;
  const shown = gateOf(model);
  // What an engine has without a swarm.
  const isOfContainers = ["/containers", "/projects", "/logs"].some((each) => path.startsWith(href(each)));
  if (shown === "page" || (shown === "engine" && isOfContainers)) return children;
  // Agents are there, or not, whatever the engines behind them say.
  if (path === href("/agents")) return children;
  if (shown === "phase" && info.viaAgents && (info.phase === "no_engine" || info.phase === "connecting")) {
    return <NoAgents info={info} mayManage={may("agent.manage")} />;
  }
  if (shown === "engine") {
    return (
      <SingleEngine
        info={info}
        freshness={freshness}
        mayStart={may("swarm.init")}
        onStart={(advertiseAddr) => api.post(apiPath("/swarm/init"), { advertiseAddr })}
      />
    );
  }
  // The demo is a cluster of its own: what somebody is in this one does not open it.
  const mayDemo = info.demo !== "off" && mayDo(viewer.role, "cluster.read");
  const openDemo = async () => {
    const { cluster } = await api.post<{ cluster: string }>("/demo");
    router.push(`/c/${encodeURIComponent(cluster)}`);
  };
  return (
    <PhasePage
      info={info}
      mayUnlock={may("swarm.unlock")}
      onTryNow={() => api.post<void>(apiPath("/connect")).catch(showError)}
      onOpenDemo={mayDemo ? () => openDemo().catch(showError) : undefined}
      onUnlock={(key) => api.post(apiPath("/swarm/unlock"), { key })}
    />
  );
}

function showError(error: unknown) {
  toastError(error instanceof Error ? error.message : String(error), { id: "phase" });
}
