"use client";

import "#lib/shared/i18n/pages/history.ts";
import Link from "next/link";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useDetail } from "#components/cluster/use-detail.ts";
import { BackLink } from "#components/layout/back-link.tsx";
import { PageHead } from "#components/layout/page-head.tsx";
import { Button } from "#components/ui/button.tsx";
import type { OperationDetail } from "#lib/shared/api/history.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { OperationPanel } from "./operation-panel.tsx";

/** One operation, also long after its end. */
export function OperationPage({ initial }: { initial: OperationDetail }) {
  const { model, freshness, href } = useCluster();
  const active = model.info.activity.find(({ id }) => id === initial.id);
  const { data } = useDetail<OperationDetail>(`/operations/${initial.id}`, initial, [active?.revision]);
  const operation = data ?? initial;
  const service = model.services[operation.service.id];
  return (
    <>
      <PageHead
        before={<BackLink to={href("/operations")}>{t("history.title")}</BackLink>}
        title={operation.service.name}
        actions={
          service && (
            <Button asChild>
              <Link href={href(`/services/${encodeURIComponent(service.id)}`)}>{t("history.toService")}</Link>
            </Button>
          )
        }
        freshness={freshness}
      />
      <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4 max-sm:px-4">
        <div className="max-w-[1000px]">
          <OperationPanel operation={operation} initial={initial} />
        </div>
      </div>
    </>
  );
}
