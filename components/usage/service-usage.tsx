"use client";

import "#lib/shared/i18n/pages/usage.ts";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { mapTask, taskName } from "#lib/shared/map/map-task.ts";
import { shortName } from "#lib/shared/model/index-model.ts";
import type { ServiceView } from "#lib/shared/model/types.ts";
import type { ChartMark } from "./usage-chart.tsx";
import { trafficCharts, UsageCharts } from "./usage-charts.tsx";
import { useUsage } from "./use-usage.ts";

/** What all tasks of the service that are to run may use and have reserved. */
function marksOf(service: ServiceView, kind: "cpu" | "memory"): readonly ChartMark[] {
  const isCpu = kind === "cpu";
  const unit = isCpu ? 1e9 : 1;
  const total = (each: number) => (each * service.desiredTasks) / unit;
  const limit = total(isCpu ? service.limitNanoCpus : service.limitMemoryBytes);
  const reserved = total(isCpu ? service.reservedNanoCpus : service.reservedMemoryBytes);
  return [
    ...(limit > 0 ? [{ kind: "limit" as const, value: limit }] : []),
    ...(reserved > 0 ? [{ kind: "reserved" as const, value: reserved }] : []),
  ];
}

/** CPU, memory, network and disk of a service, with a thin line for each task. */
export function ServiceUsage({ service }: { service: ServiceView }) {
  const { model } = useCluster();
  const state = useUsage({ kind: "service", id: service.id });
  const partName = (id: string) => {
    const task = model.tasks[id];
    if (!task) return null;
    return taskName(mapTask(task, service, task.nodeId === null ? undefined : model.nodes[task.nodeId]));
  };
  return (
    <UsageCharts
      id={service.id}
      state={state}
      partName={service.desiredTasks > 1 ? partName : undefined}
      charts={[
        { metric: "cpu", title: t("usage.cpu"), marks: marksOf(service, "cpu") },
        { metric: "memory", title: t("usage.memory"), marks: marksOf(service, "memory") },
        ...trafficCharts(),
      ]}
    />
  );
}

/** The same of a stack, with a thin line for each service. */
export function StackUsage({ name }: { name: string }) {
  const { model } = useCluster();
  const state = useUsage({ kind: "stack", id: name });
  return (
    <UsageCharts
      id={name}
      state={state}
      partName={(id) => {
        const service = model.services[id];
        return service ? shortName(service) : null;
      }}
      charts={[
        { metric: "cpu", title: t("usage.cpu") },
        { metric: "memory", title: t("usage.memory") },
        ...trafficCharts(),
      ]}
    />
  );
}
