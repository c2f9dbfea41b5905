"use client";

import "#lib/shared/i18n/pages/account.ts";
import "#lib/shared/i18n/pages/people.ts";
import { useState } from "react";
import useSWR from "swr";
import type { ClusterName } from "#components/people/role-word.ts";
import { TokenEnd, TokenRole } from "#components/people/token-columns.tsx";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { later } from "#components/ui/later.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { toast } from "#components/ui/toast.ts";
import { api } from "#lib/client/api.ts";
import { type Access, highestRole } from "#lib/shared/access.ts";
import type { TokenInfo } from "#lib/shared/api/people-types.ts";
import type { ListAnswer } from "#lib/shared/api/types.ts";
import { t } from "#lib/shared/i18n/translate.ts";

const CreateTokenDialog = later(async () => (await import("./create-token-dialog.tsx")).CreateTokenDialog);

/** The own API tokens: what they are for, what they may, when they end. */
export function TokensPanel({
  initial,
  access,
  clusters,
}: {
  initial: readonly TokenInfo[];
  access: Access;
  clusters: readonly ClusterName[];
}) {
  const [isMaking, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<TokenInfo>();
  const { data, mutate } = useSWR("/me/tokens", (path) => api.get<ListAnswer<TokenInfo>>(path), {
    fallbackData: { items: initial },
    revalidateOnMount: false,
  });
  const readAgain = () => void mutate();
  const revoke = async (token: TokenInfo) => {
    await api.delete(`/me/tokens/${encodeURIComponent(token.id)}`);
    toast(t("account.tokenRevoked", { name: token.name }));
    readAgain();
  };
  return (
    <Panel
      bare
      title={t("account.tokens")}
      aside={
        highestRole(access) !== "none" && (
          <Button size="sm" onClick={() => setMaking(true)}>
            <Icon name="plus" size={14} />
            {t("account.tokenNew")}
          </Button>
        )
      }
    >
      <p className="px-3.5 pt-3 pb-2 text-12 text-ink-3">
        {t("account.tokensHint")}{" "}
        <a className="link" href="/api/v1/openapi.json" target="_blank" rel="noreferrer">
          {t("account.openapi")}
        </a>
      </p>
      {data.items.length === 0 ? (
        <p className="px-3.5 pb-3.5 text-ink-2">{t("account.tokensNone")}</p>
      ) : (
        <ul className="divide-y divide-line">
          {data.items.map((token) => (
            <TokenLine key={token.id} token={token} clusters={clusters} onRevoke={() => setRevoking(token)} />
          ))}
        </ul>
      )}
      {isMaking && (
        <CreateTokenDialog
          access={access}
          clusters={clusters}
          onClose={() => setMaking(false)}
          onMade={readAgain}
        />
      )}
      {revoking && (
        <ConfirmDialog
          open
          onOpenChange={(open) => !open && setRevoking(undefined)}
          title={t("people.revokeName", { name: revoking.name })}
          sentence={t("people.revokeSentence")}
          verb={t("people.revoke")}
          danger
          onConfirm={() => revoke(revoking)}
        />
      )}
    </Panel>
  );
}

function TokenLine({
  token,
  clusters,
  onRevoke,
}: {
  token: TokenInfo;
  clusters: readonly ClusterName[];
  onRevoke: () => void;
}) {
  return (
    <li className="flex items-center gap-3 px-3.5 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="truncate font-medium" title={token.name}>
            {token.name}
          </span>
          <span className="text-ink-2">
            <TokenRole token={token} clusters={clusters} />
          </span>
        </p>
        <p className="mt-0.5 flex flex-wrap gap-x-3 text-12 text-ink-3">
          <span>
            {t("account.tokenExpiry")} <TokenEnd token={token} />
          </span>
          {token.lastUsedAt === null ? (
            <span>{t("account.tokenUnused")}</span>
          ) : (
            <span>
              {t("account.tokenUsed")} <RelativeTime at={token.lastUsedAt} ago />
            </span>
          )}
        </p>
      </div>
      <Button size="sm" aria-label={t("people.revokeName", { name: token.name })} onClick={onRevoke}>
        {t("people.revoke")}
      </Button>
    </li>
  );
}
