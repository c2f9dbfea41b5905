"use client";

import "#lib/shared/i18n/pages/files.ts";
import { useRouter } from "next/navigation";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useSend } from "#components/cluster/use-send.ts";
import { UserLinks } from "#components/resources/user-links.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { FileDetail } from "#lib/shared/swarm-files/types.ts";

export interface RemoveFileProps {
  detail: FileDetail;
  onRemoving: (isGoing: boolean) => void;
  onClose: () => void;
}

/** Removes a secret or config that no service uses; of one in use it says who does. */
export function RemoveFile({ detail, onRemoving, onClose }: RemoveFileProps) {
  const { href } = useCluster();
  const router = useRouter();
  const send = useSend();
  const { kind, item, previous } = detail;
  const { name } = item;
  const close = (open: boolean) => !open && onClose();
  if (item.usedBy.length > 0) {
    return (
      <Dialog
        open
        onOpenChange={close}
        title={t("files.removeBusyTitle", { name })}
        description={t("files.removeBusy")}
      >
        <UserLinks
          users={item.usedBy.map((each) => ({
            name: each.name,
            to: href(`/services/${encodeURIComponent(each.id)}`),
          }))}
        />
      </Dialog>
    );
  }
  const title = t("files.removeName", { name });
  const verb = t("files.remove");
  const before = previous.map((each) => each.name).join(", ");
  const gone = t(`files.removeAsk_${kind}`, { name });
  return (
    <ConfirmDialog
      open
      onOpenChange={close}
      title={title}
      sentence={before === "" ? gone : `${gone} ${t("files.removePrevious", { services: before })}`}
      verb={verb}
      danger
      onConfirm={async () => {
        const path = `/${kind}s/${encodeURIComponent(item.id)}`;
        onRemoving(true);
        let isGone = false;
        try {
          isGone = await send({ method: "DELETE", path, object: name, title, verb, quiet: true });
        } finally {
          if (!isGone) onRemoving(false);
        }
        if (isGone) router.push(href(`/${kind}s`));
      }}
    />
  );
}
