"use client";

import "#lib/shared/i18n/pages/history.ts";
import { useRouter } from "next/navigation";
import { useAsk } from "#components/cluster/ask.tsx";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useSend } from "#components/cluster/use-send.ts";
import { toastError } from "#components/ui/toast.ts";
import { api } from "#lib/client/api.ts";
import type { OperationChange, RevisionDiff, RevisionView } from "#lib/shared/api/history.ts";
import { formatExact } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ServiceView } from "#lib/shared/model/types.ts";
import { ChangeList } from "./change-list.tsx";

/** What going back does to the tasks, in one sentence. */
function effect(service: ServiceView, { replacesTasks, toReplicas }: OperationChange): string {
  const now = service.desiredTasks;
  const n = toReplicas ?? now;
  if (replacesTasks) {
    return service.updateParallelism === 0
      ? t("history.effect.replacesAll", { n })
      : t("history.effect.replaces", { n, batch: service.updateParallelism });
  }
  return n === now ? t("history.effect.nothing") : t("history.effect.scales", { from: now, to: n });
}

/** Asks with everything that would change, and rolls back. Resolves true when the engine accepted it. */
export function useRollback(service: ServiceView, current: number | null) {
  const { apiPath, href } = useCluster();
  const ask = useAsk();
  const send = useSend();
  const router = useRouter();
  const path = `/services/${encodeURIComponent(service.id)}`;

  return async (revision: RevisionView): Promise<boolean> => {
    let diff: RevisionDiff;
    try {
      diff = await api.get<RevisionDiff>(
        apiPath(`${path}/revisions/diff?from=${current ?? 0}&to=${revision.id}`),
      );
    } catch (error) {
      toastError(error instanceof Error ? error.message : String(error), { id: "rollback" });
      return false;
    }
    const request = {
      method: "POST",
      path: `${path}/rollback`,
      body: { revision: revision.id, ...(current !== null && { current }) },
      object: service.name,
      title: t("history.rollback.title", { name: service.name }),
      verb: t("history.rollback.verb"),
      quiet: true,
    } as const;
    // Of Shoal itself the server says what happens, and has the name typed.
    if (service.isShoal) return send({ ...request, quiet: false });
    const yes = await ask({
      title: request.title,
      sentence: `${
        revision.at === null
          ? t("history.rollback.toFirst")
          : t("history.rollback.to", { time: formatExact(revision.at) })
      } ${effect(service, diff.change)}`,
      details: <ChangeList changes={diff.changes} />,
      verb: request.verb,
      run: async () => void (await send(request)),
    });
    if (yes) router.push(href(path));
    return yes;
  };
}
