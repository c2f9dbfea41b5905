"use client";

import "#lib/shared/i18n/pages/home.ts";
import { useState } from "react";
import { useAddressQuery } from "#components/cluster/use-address-query.ts";
import type { ShellUser } from "#components/layout/account-menu.tsx";
import { PageHead } from "#components/layout/page-head.tsx";
import { ServerShell } from "#components/layout/server-shell.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { later } from "#components/ui/later.tsx";
import { useConnection } from "#lib/client/use-connection.ts";
import { useGlances } from "#lib/client/use-glances.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ClusterGlance } from "#lib/shared/model/cluster-glance.ts";
import { mayDo } from "#lib/shared/roles.ts";
import { ClusterCard } from "./cluster-card.tsx";
import { ClusterMenu } from "./cluster-menu.tsx";
import { compareGlances } from "./glance-parts.tsx";

const AddClusterDialog = later(async () => (await import("./add-cluster-dialog.tsx")).AddClusterDialog);
const RenameClusterDialog = later(
  async () => (await import("./rename-cluster-dialog.tsx")).RenameClusterDialog,
);

export interface ClustersPageProps {
  /** The picture the page was rendered with. */
  initial: readonly ClusterGlance[];
  viewer: ShellUser;
}

/** All clusters at a glance: what needs a look first. */
export function ClustersPage({ initial, viewer }: ClustersPageProps) {
  return (
    <ServerShell user={viewer}>
      <Clusters initial={initial} mayManage={mayDo(viewer.role, "cluster.manage")} />
    </ServerShell>
  );
}

function Clusters({ initial, mayManage }: { initial: readonly ClusterGlance[]; mayManage: boolean }) {
  const clusters = useGlances(initial).toSorted(compareGlances);
  const connection = useConnection();
  const [query, setQuery] = useAddressQuery();
  const [renamed, setRenamed] = useState<ClusterGlance>();
  const isAdding = mayManage && query.has("add");
  const isBad = ({ tone }: ClusterGlance) => tone === "bad" || tone === "warn";
  const bad = clusters.filter(isBad).length;
  return (
    <>
      <PageHead
        title={t("home.title")}
        note={clusters.length}
        freshness={
          connection.state === "live" ? { kind: "live" } : { kind: "stale", since: connection.lastSeenAt }
        }
        actions={
          mayManage && (
            <Button variant="primary" onClick={() => setQuery(new URLSearchParams("add"))}>
              <Icon name="plus" size={14} />
              {t("home.add")}
            </Button>
          )
        }
      />
      {clusters.length === 0 ? (
        <EmptyState icon="lock" title={t("home.noneSeen")}>
          {t("home.noneSeenLead")}
        </EmptyState>
      ) : (
        <div className="min-h-0 flex-1 overflow-y-auto p-5 max-sm:p-4">
          <p role="status" className="mb-4 text-18 font-semibold tracking-title">
            {bad === 0
              ? t("home.sentenceAll", { n: clusters.length })
              : t("home.sentenceSome", { n: bad, all: clusters.length })}
          </p>
          <ul
            aria-label={t("home.title")}
            className="grid grid-cols-[repeat(auto-fill,minmax(min(300px,100%),1fr))] gap-3"
          >
            {clusters.map((glance) => (
              <ClusterCard
                key={glance.id}
                glance={glance}
                menu={mayManage && <ClusterMenu glance={glance} onRename={() => setRenamed(glance)} />}
              />
            ))}
          </ul>
        </div>
      )}
      {isAdding && <AddClusterDialog onClose={() => setQuery(new URLSearchParams())} />}
      {renamed && <RenameClusterDialog cluster={renamed} onClose={() => setRenamed(undefined)} />}
    </>
  );
}
