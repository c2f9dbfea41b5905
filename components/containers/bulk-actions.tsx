"use client";

import "#lib/shared/i18n/pages/containers.ts";
import { useState } from "react";
import { useSend } from "#components/cluster/use-send.ts";
import { BulkBar } from "#components/data/bulk-bar.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { later } from "#components/ui/later.tsx";
import { useConnection } from "#lib/client/use-connection.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { type BulkKind, bulkKinds } from "./bulk-plan.ts";
import type { ContainerActions } from "./container-actions.ts";
import { verbIcons } from "./container-menu.tsx";
import type { ContainerRow } from "./container-rows.ts";

const BulkDialog = later(async () => (await import("./bulk-dialog.tsx")).BulkDialog);

export interface BulkActionsProps {
  rows: readonly ContainerRow[];
  actions: ContainerActions;
  onClear: () => void;
}

/** Start, restart, stop, kill or remove the selected containers: one dialog says what happens to each of them. */
export function BulkActions({ rows, actions, onClear }: BulkActionsProps) {
  const send = useSend();
  const { state } = useConnection();
  const [kind, setKind] = useState<BulkKind>();
  const [isOpen, setOpen] = useState(false);
  const { may } = actions;
  const kinds = bulkKinds.filter((each) => (each === "remove" ? may.remove : may.operate));
  return (
    <>
      <BulkBar count={rows.length} names={rows.map((row) => row.name)} onClear={onClear}>
        {kinds.map((each) => (
          <Button
            key={each}
            variant={each === "remove" ? "danger-ghost" : "ghost"}
            reason={state === "live" ? undefined : t("cluster.blocked.offline")}
            onClick={() => {
              setKind(each);
              setOpen(true);
            }}
          >
            <Icon name={verbIcons[each]} size={14} />
            {t(`containers.action.${each}`)}
          </Button>
        ))}
      </BulkBar>
      {kind && (
        <BulkDialog
          key={`${kind} ${isOpen}`}
          kind={kind}
          open={isOpen}
          onOpenChange={setOpen}
          rows={rows}
          send={send}
          onDone={onClear}
        />
      )}
    </>
  );
}
