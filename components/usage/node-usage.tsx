"use client";

import "#lib/shared/i18n/pages/usage.ts";
import { formatDuration } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { NodeView } from "#lib/shared/model/types.ts";
import { coarseStepMs } from "#lib/shared/usage/metrics.ts";
import { newestOf, type UsageState, valuesOf } from "#lib/shared/usage/usage-state.ts";
import { formatShare } from "./format-use.ts";
import { type ChartChoice, trafficCharts, UsageCharts } from "./usage-charts.tsx";
import { useUsage } from "./use-usage.ts";

/** CPU, memory, load, disk and traffic of a node, as far as it is known. */
export function NodeUsage({ node }: { node: NodeView }) {
  const state = useUsage({ kind: "node", id: node.id });
  const facts = state.node;
  const own: readonly ChartChoice[] =
    facts?.from === "node" ? [{ metric: "load", title: t("usage.load") }] : [];
  return (
    <UsageCharts
      id={node.id}
      state={state}
      note={<NodeNote node={node} state={state} />}
      charts={[
        {
          metric: "cpu",
          title: t("usage.cpu"),
          marks: [{ kind: "total", value: facts?.cpus ?? node.nanoCpus / 1e9 }],
        },
        {
          metric: "memory",
          title: t("usage.memory"),
          marks: [{ kind: "total", value: facts?.memoryBytes ?? node.memoryBytes }],
        },
        ...own,
        ...trafficCharts(),
      ]}
    />
  );
}

/** What is no chart: disk, load, how long it is up; or why these are not known. */
function NodeNote({ node, state }: { node: NodeView; state: UsageState }) {
  const facts = state.node;
  if (facts === null) return null;
  if (facts.from === "containers") return t("usage.fromContainers");
  const disk = newestOf(valuesOf(state, coarseStepMs, node.id, "disk"));
  const words = [
    facts.load && t("usage.loads", { loads: facts.load.join(", ") }),
    disk !== null &&
      facts.diskBytes !== null &&
      t("usage.disk", { use: formatShare("disk", disk, facts.diskBytes) }),
    facts.uptimeSeconds !== null && t("usage.up", { time: formatDuration(facts.uptimeSeconds * 1_000) }),
  ];
  return words.filter(Boolean).join(" ");
}
