"use client";

import "#lib/shared/i18n/pages/history.ts";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useDetail } from "#components/cluster/use-detail.ts";
import { ListLink } from "#components/ui/list-link.tsx";
import type { OperationDetail, OperationView } from "#lib/shared/api/history.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ServiceView } from "#lib/shared/model/types.ts";
import { OperationPanel } from "./operation-panel.tsx";

/** What the page was rendered with. */
export interface InitialOperations {
  readonly items: readonly OperationView[];
  readonly newest: OperationDetail | null;
}

/** A finished operation is news for this long, ms. */
const newsMs = 24 * 3_600_000;

interface ServiceOperationProps {
  service: ServiceView;
  initial: InitialOperations | null;
}

/** The newest operation of a service: as lanes while it goes on, as one line for a day after it has ended. */
export function ServiceOperation({ service, initial }: ServiceOperationProps) {
  const { model, href, now } = useCluster();
  const active = model.info.activity.filter(({ serviceId }) => serviceId === service.id);
  const version = active.map(({ id, state }) => `${id} ${state}`).join();
  const path = `/operations?service=${encodeURIComponent(service.id)}&limit=1`;
  const list = useDetail<{ items: readonly OperationView[] }>(path, initial, [version]);
  const newest = list.data?.items[0];
  if (!newest || (newest.endedAt !== null && now - newest.endedAt > newsMs)) return null;
  return (
    <OperationPanel
      key={newest.id}
      operation={newest}
      initial={initial?.newest ?? null}
      collapsible
      aside={
        <ListLink
          href={href(`/operations?service=${encodeURIComponent(service.name)}`)}
          className="text-12 text-accent hover:underline"
        >
          {t("history.all")}
        </ListLink>
      }
    />
  );
}
