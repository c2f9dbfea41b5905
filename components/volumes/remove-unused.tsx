"use client";

import "#lib/shared/i18n/pages/volumes.ts";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useDetail } from "#components/cluster/use-detail.ts";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { api } from "#lib/client/api.ts";
import type { ListAnswer } from "#lib/shared/api/types.ts";
import { formatBytes } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { RemovedVolume, VolumeItem } from "#lib/shared/volumes/types.ts";

/** Shows what nobody uses, node by node, and removes exactly that. */
export function RemoveUnused({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  const { apiPath } = useCluster();
  const [version] = useState(() => []);
  const { data, error } = useDetail<ListAnswer<VolumeItem>>("/unused-volumes", null, version);
  const close = (open: boolean) => !open && onClose();
  if (data === null || data.items.length === 0) {
    const text = error?.message ?? t(data === null ? "volumes.pruneReading" : "volumes.pruneNone");
    return <Dialog open onOpenChange={close} title={t("volumes.pruneTitle")} description={text} />;
  }
  const silent = (data.nodes ?? []).filter(({ ok }) => !ok);
  const heard = data.items.filter(({ nodeId }) => !silent.some(({ id }) => id === nodeId));
  return (
    <ConfirmDialog
      open
      onOpenChange={close}
      title={t("volumes.pruneTitle")}
      sentence={t("volumes.pruneSentence")}
      verb={t("volumes.pruneVerb", { n: heard.length })}
      danger
      onConfirm={async () => {
        const volumes = heard.map(({ nodeName, name }) => ({ node: nodeName, name }));
        const { items } = await api.post<{ items: readonly RemovedVolume[] }>(apiPath("/unused-volumes"), {
          volumes,
        });
        // Some may be gone while others stay: the list behind the dialog is read again either way.
        onDone();
        const failed = items.filter((item) => item.error !== null);
        if (failed.length > 0) {
          throw new Error(
            failed
              .map(({ name, node, error: why }) => t("volumes.pruneFailed", { name, node, error: why ?? "" }))
              .join(" "),
          );
        }
      }}
    >
      <div className="grid max-h-72 gap-3 overflow-y-auto">
        {[...Map.groupBy(heard, ({ nodeName }) => nodeName)].map(([node, items]) => (
          <section key={node} aria-label={node}>
            <h3 className="font-semibold">
              {t("volumes.pruneNode", {
                node,
                n: items.length,
                size: formatBytes(items.reduce((sum, { size }) => sum + (size ?? 0), 0)),
              })}
            </h3>
            <ul className="mt-1 grid gap-0.5">
              {items.map(({ name, size }) => (
                <li key={name} className="flex min-w-0 gap-3 text-12">
                  <span className="mono min-w-0 break-all">{name}</span>
                  <span className="ml-auto shrink-0 text-ink-3">
                    {size === null ? "" : formatBytes(size)}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
        {silent.map(({ id, name, error: why }) => (
          <p key={id} className="text-12 text-ink-2">
            {t("volumes.silent", { name, error: why ?? "" })}
          </p>
        ))}
      </div>
    </ConfirmDialog>
  );
}
