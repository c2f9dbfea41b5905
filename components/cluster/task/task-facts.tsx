"use client";

import "#lib/shared/i18n/pages/task-pages.ts";
import Link from "next/link";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { FactList } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { formatBytes, formatCpu } from "#lib/shared/format.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { indexModel } from "#lib/shared/model/index-model.ts";
import { restartPolicy } from "#lib/shared/model/task-next.ts";
import type { ServiceView, TaskView } from "#lib/shared/model/types.ts";

/** "0.5 CPU, 256 MB memory"; null when neither is set. */
function amounts(nanoCpus: number, memoryBytes: number): string | null {
  if (nanoCpus > 0 && memoryBytes > 0) {
    return t("tasks.cpuAndMemory", { cpu: formatCpu(nanoCpus), memory: formatBytes(memoryBytes) });
  }
  if (memoryBytes > 0) return t("tasks.memory", { memory: formatBytes(memoryBytes) });
  return nanoCpus > 0 ? formatCpu(nanoCpus) : null;
}

/** The image a task runs: the name as its service has it, with the task's own tag. */
export function imageOf(task: TaskView, service: ServiceView | undefined): string | null {
  const tag = task.imageTag ?? service?.image.tag ?? null;
  if (service === undefined) return tag;
  return tag === null ? service.image.name : `${service.image.name}:${tag}`;
}

function ServiceLink({ service }: { service: ServiceView }) {
  const { model, href } = useCluster();
  const tasks = indexModel(model).tasksByService.get(service.id) ?? [];
  const running = tasks.filter((task) => task.state === "running" && task.desired === "running").length;
  return (
    <>
      <Link href={href(`/services/${encodeURIComponent(service.id)}`)} className="link">
        {service.name}
      </Link>{" "}
      <span className="text-ink-3">{t("tasks.ofService", { running, n: service.desiredTasks })}</span>
    </>
  );
}

function Id({ id, label }: { id: string; label: string }) {
  return (
    <span className="flex min-w-0 items-center gap-1">
      <code className="mono min-w-0 truncate text-ink-2">{id}</code>
      <CopyButton
        iconOnly
        text={id}
        aria-label={`${t("common.copy")}: ${label}`}
        className="-my-1 shrink-0"
      />
    </span>
  );
}

/** What there is to know about a task. */
export function TaskFacts({ task, service }: { task: TaskView; service: ServiceView | undefined }) {
  const image = imageOf(task, service);
  return (
    <FactList
      facts={[
        { label: t("tasks.service"), value: service && <ServiceLink service={service} /> },
        { label: t("tasks.image"), value: image && <code className="mono break-all">{image}</code> },
        {
          label: t("tasks.limits"),
          value: service && (amounts(service.limitNanoCpus, service.limitMemoryBytes) ?? t("tasks.none")),
        },
        { label: t("tasks.reserved"), value: amounts(task.nanoCpus, task.memoryBytes) ?? t("tasks.none") },
        { label: t("tasks.restart"), value: service && say(t, restartPolicy(service)) },
        { label: t("tasks.created"), value: <RelativeTime at={task.createdAt} ago /> },
        { label: t("tasks.id"), value: <Id id={task.id} label={t("tasks.id")} /> },
        {
          label: t("tasks.container"),
          value: task.containerId && <Id id={task.containerId} label={t("tasks.container")} />,
        },
      ]}
    />
  );
}
