"use client";

import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useSend } from "#components/cluster/use-send.ts";
import { BulkBar } from "#components/data/bulk-bar.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { BulkDialog } from "./bulk-dialog.tsx";
import type { BulkKind } from "./bulk-plan.ts";
import type { ServiceActions } from "./service-actions.ts";
import type { ServiceRow } from "./service-rows.ts";

export interface BulkActionsProps {
  rows: readonly ServiceRow[];
  actions: ServiceActions;
  onClear: () => void;
}

const icons = { restart: "restart", scale: "scale", remove: "trash" } as const;

/** Restart, scale or remove the selected services: one dialog says what happens to each of them. */
export function BulkActions({ rows, actions, onClear }: BulkActionsProps) {
  const { model } = useCluster();
  const send = useSend();
  const [kind, setKind] = useState<BulkKind>();
  const [isOpen, setOpen] = useState(false);
  const open = (next: BulkKind) => {
    setKind(next);
    setOpen(true);
  };
  const kinds = (["restart", "scale", "remove"] as const).filter((each) => actions.may[each]);
  return (
    <>
      <BulkBar count={rows.length} names={rows.map(({ service }) => service.name)} onClear={onClear}>
        {kinds.map((each) => (
          <Button
            key={each}
            variant={each === "remove" ? "danger-ghost" : "ghost"}
            reason={actions.blocked ?? undefined}
            onClick={() => open(each)}
          >
            <Icon name={icons[each]} size={14} />
            {t(`services.action.${each}`)}
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
          model={model}
          send={send}
          onDone={onClear}
        />
      )}
    </>
  );
}
