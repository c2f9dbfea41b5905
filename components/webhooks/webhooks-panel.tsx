"use client";

import "#lib/shared/i18n/pages/webhooks.ts";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useDetail } from "#components/cluster/use-detail.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { later } from "#components/ui/later.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { api } from "#lib/client/api.ts";
import type { ListAnswer } from "#lib/shared/api/types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { WebhookItem, WebhookKind } from "#lib/shared/webhooks/types.ts";

const CreateWebhookDialog = later(
  async () => (await import("./create-webhook-dialog.tsx")).CreateWebhookDialog,
);

export interface WebhooksPanelProps {
  kind: WebhookKind;
  /** Id of the service, or the name of the stack. */
  object: string;
}

/** The inbound webhooks of one thing: what they are for, when they were called, how to revoke them. */
export function WebhooksPanel({ kind, object }: WebhooksPanelProps) {
  const { apiPath } = useCluster();
  const [isMaking, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<WebhookItem>();
  const path = `/webhooks?kind=${kind}&object=${encodeURIComponent(object)}`;
  const { data, error, reload } = useDetail<ListAnswer<WebhookItem>>(path, null, null);
  const revoke = async ({ id }: WebhookItem) => {
    await api.delete(apiPath(`/webhooks/${encodeURIComponent(id)}`));
    reload();
  };
  const items = data?.items ?? [];
  return (
    <Panel
      bare
      title={t("webhooks.title")}
      aside={
        <Button size="sm" onClick={() => setMaking(true)}>
          <Icon name="plus" size={14} />
          {t("webhooks.add")}
        </Button>
      }
    >
      <p className="px-3.5 pt-3 pb-3 text-12 text-ink-3">
        {error
          ? error.message
          : `${t(`webhooks.about.${kind}`)}${data && items.length === 0 ? ` ${t("webhooks.none")}` : ""}`}
      </p>
      {items.length > 0 && (
        <ul aria-label={t("webhooks.title")} className="divide-y divide-line border-t border-line">
          {items.map((item) => (
            <WebhookLine key={item.id} item={item} onRevoke={() => setRevoking(item)} />
          ))}
        </ul>
      )}
      {isMaking && (
        <CreateWebhookDialog kind={kind} object={object} onClose={() => setMaking(false)} onMade={reload} />
      )}
      {revoking && (
        <ConfirmDialog
          open
          onOpenChange={(open) => !open && setRevoking(undefined)}
          title={t("webhooks.removeTitle", { name: revoking.name })}
          sentence={t("webhooks.removeBody")}
          verb={t("webhooks.remove")}
          danger
          onConfirm={() => revoke(revoking)}
        />
      )}
    </Panel>
  );
}

function WebhookLine({ item, onRevoke }: { item: WebhookItem; onRevoke: () => void }) {
  return (
    <li className="flex items-center gap-3 px-3.5 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium" title={item.name}>
          {item.name}
        </p>
        <p className="mt-0.5 flex flex-wrap gap-x-3 text-12 text-ink-3">
          <span>
            {item.lastUsedAt === null ? (
              t("webhooks.never")
            ) : (
              <>
                {t("webhooks.lastUsed")} <RelativeTime at={item.lastUsedAt} ago />
              </>
            )}
          </span>
          <span>{t("webhooks.madeBy", { name: item.createdBy })}</span>
        </p>
        {item.lastError !== null && (
          <p className="mt-0.5 text-12 break-words text-bad">
            {t("webhooks.failed", { why: item.lastError })}
          </p>
        )}
      </div>
      <Button size="sm" onClick={onRevoke}>
        {t("webhooks.remove")}
      </Button>
    </li>
  );
}
