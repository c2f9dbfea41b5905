"use client";

import "#lib/shared/i18n/pages/containers.ts";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { later } from "#components/ui/later.tsx";
import { useConnection } from "#lib/client/use-connection.ts";
import type { ContainerNode } from "#lib/shared/containers/types.ts";
import { t } from "#lib/shared/i18n/translate.ts";

const CreateDialog = later(async () => (await import("./create-dialog.tsx")).CreateDialog);

/** Opens the form for a new container; only for those who may. */
export function CreateButton({ nodes }: { nodes: readonly ContainerNode[] }) {
  const { may } = useCluster();
  const { state } = useConnection();
  const [isOpen, setOpen] = useState(false);
  if (!may("container.create")) return null;
  return (
    <>
      <Button
        variant="primary"
        reason={state === "live" ? undefined : t("cluster.blocked.offline")}
        onClick={() => setOpen(true)}
      >
        <Icon name="plus" size={14} />
        {t("containers.create.open")}
      </Button>
      {isOpen && <CreateDialog nodes={nodes} onClose={() => setOpen(false)} />}
    </>
  );
}
