"use client";

import "#lib/shared/i18n/pages/states.ts";
import { useState } from "react";
import { ContainersList } from "#components/containers/containers-list.tsx";
import { CreateButton } from "#components/containers/create-button.tsx";
import type { Freshness } from "#components/layout/live-indicator.tsx";
import { PageHead } from "#components/layout/page-head.tsx";
import { Button } from "#components/ui/button.tsx";
import { useContainers } from "#lib/client/use-containers.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ClusterInfo } from "#lib/shared/model/types.ts";
import { StartSwarmDialog } from "./start-swarm-dialog.tsx";

export interface SingleEngineProps {
  info: ClusterInfo;
  freshness?: Freshness;
  mayStart: boolean;
  /** Runs swarm init; rejects with a message for the dialog. */
  onStart: (advertiseAddr: string) => Promise<void>;
}

/** An engine that is not in a swarm: its containers, and the way to a swarm. */
export function SingleEngine({ info, freshness, mayStart, onStart }: SingleEngineProps) {
  const [isOpen, setOpen] = useState(false);
  const picture = useContainers(info.id, null);
  const name = info.engineName ?? info.name;
  return (
    <>
      <PageHead
        title={name}
        note={t("states.host.note")}
        actions={<CreateButton nodes={picture?.nodes ?? []} />}
        freshness={freshness}
      />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-surface px-5 py-3 max-sm:px-4">
        <p className="min-w-60 flex-1 text-ink-2">{t("states.host.lead", { name })}</p>
        <Button
          variant="primary"
          reason={mayStart ? undefined : t("states.host.startAdminOnly")}
          onClick={() => setOpen(true)}
        >
          {t("states.host.start")}
        </Button>
      </div>
      <ContainersList picture={picture} />
      <StartSwarmDialog
        open={isOpen}
        onOpenChange={setOpen}
        name={name}
        addresses={info.hostAddresses}
        onStart={onStart}
      />
    </>
  );
}
