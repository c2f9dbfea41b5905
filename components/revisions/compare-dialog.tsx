"use client";

import "#lib/shared/i18n/pages/history.ts";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useDetail } from "#components/cluster/use-detail.ts";
import { LoadingRows } from "#components/data/loading-rows.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { RevisionDiff, RevisionView } from "#lib/shared/api/history.ts";
import { formatExact } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { ChangeList } from "./change-list.tsx";
import { RawDiff } from "./raw-diff.tsx";

interface CompareDialogProps {
  serviceId: string;
  from: RevisionView;
  to: RevisionView;
  onClose: () => void;
  /** Null where nothing is to roll back, or not by this person. */
  onRollback: (() => void) | null;
}

const moment = (revision: RevisionView) =>
  revision.at === null ? t("history.first") : formatExact(revision.at);

/** What is different between two revisions: in words, and for admins line by line. */
export function CompareDialog({ serviceId, from, to, onClose, onRollback }: CompareDialogProps) {
  const { may } = useCluster();
  const path = `/services/${encodeURIComponent(serviceId)}/revisions/diff?from=${from.id}&to=${to.id}`;
  const { data, error } = useDetail<RevisionDiff>(path, null, []);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="lg"
      title={t("history.compare.title")}
      description={t("history.compare.lead", { from: moment(from), to: moment(to) })}
      footer={
        <>
          {onRollback && <Button onClick={onRollback}>{t("history.rollback.verbThis")}</Button>}
          <Button variant="primary" onClick={onClose}>
            {t("common.close")}
          </Button>
        </>
      }
    >
      {data ? (
        <div className="grid gap-4">
          <ChangeList changes={data.changes} />
          {may("service.raw") && data.changes.length > 0 && (
            <RawDiff serviceId={serviceId} from={from.id} to={to.id} />
          )}
        </div>
      ) : error ? (
        <Banner tone="bad">{error.message}</Banner>
      ) : (
        <LoadingRows rows={3} />
      )}
    </Dialog>
  );
}
