"use client";

import "#lib/shared/i18n/pages/agents.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { JoinPanel } from "./join-panel.tsx";

export interface AddNodesDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  cluster: string;
  name: string;
  isEngine: boolean;
}

/** How nodes come in, with live feedback. The key is read again each time it is opened. */
export function AddNodesDialog({ open, onOpenChange, cluster, name, isEngine }: AddNodesDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      width="lg"
      title={t("agents.addTitle", { name })}
      description={t("agents.addLead")}
    >
      {open && <JoinPanel cluster={cluster} isEngine={isEngine} />}
    </Dialog>
  );
}
