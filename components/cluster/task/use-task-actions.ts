"use client";

import "#lib/shared/i18n/pages/task-pages.ts";
import { useAsk } from "#components/cluster/ask.tsx";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useSend } from "#components/cluster/use-send.ts";
import { toast } from "#components/ui/toast.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { killOutcome } from "#lib/shared/kill-outcome.ts";
import { taskName } from "#lib/shared/map/map-task.ts";
import { isLive } from "#lib/shared/model/task-state.ts";
import type { NodeView, TaskView } from "#lib/shared/model/types.ts";

/** Why a task cannot be killed, in a sentence; null when it can. */
export function whyNoKill(task: TaskView, node: NodeView | undefined): string | null {
  if (!isLive(task)) return t("tasks.killEnded");
  if (task.nodeId === null) return t("actions.error.killNoNode");
  if (!node?.linked) {
    return t("actions.error.killUnlinked", { name: node?.name ?? task.nodeId.slice(0, 12) });
  }
  return task.containerId === null ? t("actions.error.killNotStarted") : null;
}

/** Kills one task, after one plain sentence of what will happen. */
export function useKillTask(): (task: TaskView) => Promise<boolean> {
  const { model } = useCluster();
  const ask = useAsk();
  const send = useSend();
  return async (task) => {
    const service = model.services[task.serviceId];
    const name = taskName({ task, service });
    const node = model.nodes[task.nodeId ?? ""]?.name ?? "";
    const next = service ? say(t, killOutcome(service)) : "";
    const title = t("tasks.killName", { name });
    const verb = t("tasks.kill");
    const yes = await ask({
      title,
      sentence: t("tasks.killSentence", { name, node, next }),
      verb,
      danger: true,
    });
    if (!yes) return false;
    const path = `/tasks/${encodeURIComponent(task.id)}/kill`;
    const done = await send({ method: "POST", path, body: {}, object: service?.name ?? name, title, verb });
    if (done) toast(t("tasks.killed", { name, next }), { id: `kill ${task.id}` });
    return done;
  };
}
