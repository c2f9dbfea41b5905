"use client";

import "#lib/shared/i18n/pages/history.ts";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useDetail } from "#components/cluster/use-detail.ts";
import { BulkBar } from "#components/data/bulk-bar.tsx";
import { ErrorState } from "#components/data/error-state.tsx";
import { LoadingRows } from "#components/data/loading-rows.tsx";
import { Table } from "#components/data/table.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { later } from "#components/ui/later.tsx";
import type { RevisionList, RevisionView } from "#lib/shared/api/history.ts";
import { formatExact } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ServiceView } from "#lib/shared/model/types.ts";
import { changesLine } from "./change-words.ts";
import { EnginePrevious } from "./engine-previous.tsx";
import { RevisionItem, revisionColumns } from "./revision-columns.tsx";
import { useRollback } from "./use-rollback.tsx";

const CompareDialog = later(async () => (await import("./compare-dialog.tsx")).CompareDialog);

interface Pair {
  readonly from: RevisionView;
  readonly to: RevisionView;
}

/** Every specification a service had: who made it and through what, what it changed, and the way back. */
export function RevisionsView({ service, initial }: { service: ServiceView; initial: RevisionList | null }) {
  const { may, blocked } = useCluster();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [pair, setPair] = useState<Pair>();
  const path = `/services/${encodeURIComponent(service.id)}/revisions`;
  const { data, error, reload } = useDetail<RevisionList>(path, initial, [service.updatedAt]);
  const items = data?.items ?? [];
  const current = items.find((item) => item.current) ?? null;
  const rollback = useRollback(service, current?.id ?? null);
  if (data === null) {
    return error ? <ErrorState message={error.message} onRetry={reload} /> : <LoadingRows rows={6} />;
  }
  const chosen = items.filter((item) => selected.has(String(item.id)));
  const before = (item: RevisionView) => items[items.indexOf(item) + 1] ?? item;
  const canGoTo = (item: RevisionView) => may("service.rollback") && !item.current && blocked === null;
  const [newer, older] = chosen;
  return (
    <>
      <EnginePrevious list={data} />
      <Table
        label={t("history.revisions")}
        rows={items}
        keyOf={(item) => String(item.id)}
        nameOf={(item) => (item.at === null ? t("history.first") : formatExact(item.at))}
        columns={revisionColumns({
          onRollback: may("service.rollback") ? (item) => void rollback(item) : null,
          blocked,
        })}
        selection={{ keys: new Set(chosen.map(({ id }) => String(id))), onChange: setSelected }}
        onOpen={(item) => setPair({ from: before(item), to: item })}
        mobile={(item) => (
          <RevisionItem item={item} onOpen={() => setPair({ from: before(item), to: item })} />
        )}
        empty={<EmptyState title={t("history.change.none")} />}
        bulk={
          <BulkBar
            count={chosen.length}
            names={chosen.map((item) => changesLine(item.changes))}
            onClear={() => setSelected(new Set())}
          >
            <Button
              variant="ghost"
              reason={chosen.length === 2 ? undefined : t("history.compare.two")}
              onClick={() => newer && older && setPair({ from: older, to: newer })}
            >
              {t("history.compare.verb")}
            </Button>
          </BulkBar>
        }
      />
      {pair && (
        <CompareDialog
          serviceId={service.id}
          from={pair.from}
          to={pair.to}
          onClose={() => setPair(undefined)}
          onRollback={
            canGoTo(pair.to)
              ? () => {
                  setPair(undefined);
                  void rollback(pair.to);
                }
              : null
          }
        />
      )}
    </>
  );
}
