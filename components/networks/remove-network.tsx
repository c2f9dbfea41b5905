"use client";

import "#lib/shared/i18n/pages/networks.ts";
import { useRouter } from "next/navigation";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useSend } from "#components/cluster/use-send.ts";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { NetworkDetail } from "#lib/shared/networks/types.ts";
import type { NetworkTarget } from "./network-page.tsx";
import { NetworkUsers } from "./network-parts.tsx";

export interface RemoveNetworkProps {
  detail: NetworkDetail;
  target: NetworkTarget;
  onRemoving: (isGoing: boolean) => void;
  onClose: () => void;
}

/** Removes a network that nobody uses; of one in use it says who does. */
export function RemoveNetwork({ detail, target, onRemoving, onClose }: RemoveNetworkProps) {
  const { href } = useCluster();
  const router = useRouter();
  const send = useSend();
  const { network } = detail;
  const { name, nodeName, previousServices } = network;
  const close = (open: boolean) => !open && onClose();
  if (network.usedBy.length + network.containers.length > 0) {
    return (
      <Dialog
        open
        onOpenChange={close}
        title={t("networks.removeBusyTitle", { name })}
        description={t("networks.removeBusy")}
      >
        <NetworkUsers row={network} href={href} />
      </Dialog>
    );
  }
  const title = t("networks.removeName", { name });
  const verb = t("networks.remove");
  const gone =
    nodeName === null
      ? t("networks.removeAsk", { name })
      : t("networks.removeAskLocal", { name, node: nodeName });
  const services = previousServices.map((each) => each.name).join(", ");
  return (
    <ConfirmDialog
      open
      onOpenChange={close}
      title={title}
      sentence={services === "" ? gone : `${gone} ${t("networks.removePrevious", { services })}`}
      verb={verb}
      danger
      onConfirm={async () => {
        const query: Record<string, string> = target.node === undefined ? {} : { node: target.node };
        const request = { method: "DELETE", path: target.path, query } as const;
        onRemoving(true);
        let isGone = false;
        try {
          isGone = await send({ ...request, object: name, title, verb, quiet: true });
        } finally {
          if (!isGone) onRemoving(false);
        }
        if (isGone) router.push(href("/networks"));
      }}
    />
  );
}
