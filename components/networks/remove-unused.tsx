"use client";

import "#lib/shared/i18n/pages/networks.ts";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useDetail } from "#components/cluster/use-detail.ts";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { api } from "#lib/client/api.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { NetworkList, RemovedNetwork } from "#lib/shared/networks/types.ts";

/** Shows what nobody uses, for the swarm and node by node, and removes exactly that. */
export function RemoveUnused({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  const { apiPath } = useCluster();
  const [version] = useState(() => []);
  const { data, error } = useDetail<NetworkList>("/unused-networks", null, version);
  const close = (open: boolean) => !open && onClose();
  if (data === null || data.items.length === 0) {
    const text = error?.message ?? t(data === null ? "networks.pruneReading" : "networks.pruneNone");
    return (
      <Dialog open onOpenChange={close} title={t("networks.pruneTitle")} description={text}>
        {data && <Silent list={data} />}
      </Dialog>
    );
  }
  const { items } = data;
  return (
    <ConfirmDialog
      open
      onOpenChange={close}
      title={t("networks.pruneTitle")}
      sentence={t("networks.pruneSentence")}
      verb={t("networks.pruneVerb", { n: items.length })}
      danger
      onConfirm={async () => {
        const networks = items.map(({ id, nodeName }) => ({
          id,
          ...(nodeName !== null && { node: nodeName }),
        }));
        const answer = await api.post<{ items: readonly RemovedNetwork[] }>(apiPath("/unused-networks"), {
          networks,
        });
        // Some may be gone while others stay: the list behind the dialog is read again either way.
        onDone();
        const failed = answer.items.filter((item) => item.error !== null);
        if (failed.length > 0) throw new Error(failed.map(toldFailure).join(" "));
      }}
    >
      <div className="grid max-h-72 gap-3 overflow-y-auto">
        {[...Map.groupBy(items, ({ nodeName }) => nodeName)].map(([node, own]) => (
          <section key={node} aria-label={node ?? t("networks.wholeSwarm")}>
            <h3 className="font-semibold">
              {node === null
                ? t("networks.pruneSwarm", { n: own.length })
                : t("networks.pruneNode", { node, n: own.length })}
            </h3>
            <ul className="mt-1 grid gap-0.5">
              {own.map(({ id, name, driver, subnets }) => (
                <li key={id} className="flex min-w-0 gap-3 text-12">
                  <span className="mono min-w-0 break-all">{name}</span>
                  <span className="ml-auto shrink-0 text-ink-3">
                    {[driver, ...subnets.slice(0, 1)].join(" ")}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
        <Silent list={data} />
      </div>
    </ConfirmDialog>
  );
}

function toldFailure({ name, node, error }: RemovedNetwork): string {
  const why = error ?? "";
  return node === null
    ? t("networks.pruneFailedSwarm", { name, error: why })
    : t("networks.pruneFailed", { name, node, error: why });
}

/** What is left out because nobody knows. */
function Silent({ list: { nodes, swarmError } }: { list: NetworkList }) {
  return (
    <>
      {nodes
        .filter(({ ok }) => !ok)
        .map(({ id, name, error }) => (
          <p key={id} className="text-12 text-ink-2">
            {t("networks.pruneSilent", { name, error: error ?? "" })}
          </p>
        ))}
      {swarmError !== null && <p className="text-12 text-ink-2">{swarmError}</p>}
    </>
  );
}
