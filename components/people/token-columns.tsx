"use client";

import "#lib/shared/i18n/pages/people.ts";
import type { ReactNode } from "react";
import type { TableColumn } from "#components/data/table-types.ts";
import { Button } from "#components/ui/button.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { useNow } from "#components/ui/use-now.ts";
import type { TokenInfo } from "#lib/shared/api/people-types.ts";
import { formatDuration, formatExact } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import { type ClusterName, clusterName, roleWord } from "./role-word.ts";

/** The columns of the table of everybody's tokens. */
export function tokenColumns(
  onRevoke: (token: TokenInfo) => void,
  clusters: readonly ClusterName[],
): readonly TableColumn<TokenInfo>[] {
  return [
    {
      id: "name",
      header: t("people.column.name"),
      compare: (a, b) => compareNatural(a.name, b.name),
      cell: (token) => (
        <span className="font-medium" title={token.name}>
          {token.name}
        </span>
      ),
    },
    {
      id: "owner",
      header: t("people.column.owner"),
      width: "20%",
      compare: (a, b) => compareNatural(ownerOf(a), ownerOf(b)),
      cell: (token) => <Owner token={token} />,
    },
    {
      id: "role",
      header: t("people.column.role"),
      width: 220,
      cell: (token) => <TokenRole token={token} clusters={clusters} />,
    },
    {
      id: "expires",
      header: t("people.column.expires"),
      width: 110,
      compare: (a, b) => (a.expiresAt ?? Number.MAX_SAFE_INTEGER) - (b.expiresAt ?? Number.MAX_SAFE_INTEGER),
      cell: (token) => <TokenEnd token={token} />,
    },
    {
      id: "used",
      header: t("people.column.used"),
      width: 120,
      compare: (a, b) => (b.lastUsedAt ?? 0) - (a.lastUsedAt ?? 0),
      cell: (token) => <LastUsed token={token} />,
    },
    {
      id: "created",
      header: t("people.column.created"),
      width: 120,
      hideBelow: 1280,
      compare: (a, b) => b.createdAt - a.createdAt,
      cell: (token) => <RelativeTime at={token.createdAt} ago className="text-ink-2" />,
    },
    {
      id: "actions",
      header: t("people.column.actions"),
      headerHidden: true,
      width: 96,
      align: "right",
      onHover: true,
      cell: (token) => <RevokeButton token={token} onRevoke={onRevoke} />,
    },
  ];
}

function ownerOf(token: TokenInfo): string {
  return token.owner?.name ?? t("people.tokenNobody");
}

function Owner({ token }: { token: TokenInfo }) {
  return <span className={token.owner ? undefined : "text-ink-3"}>{ownerOf(token)}</span>;
}

function RevokeButton({ token, onRevoke }: { token: TokenInfo; onRevoke: (token: TokenInfo) => void }) {
  return (
    <Button
      variant="danger-ghost"
      size="sm"
      aria-label={t("people.revokeName", { name: token.name })}
      onClick={() => onRevoke(token)}
    >
      {t("people.revoke")}
    </Button>
  );
}

interface TokenProps {
  token: TokenInfo;
  clusters: readonly ClusterName[];
}

/** The role of a token, where it holds, and what holds it down now. */
export function TokenRole({ token, clusters }: TokenProps): ReactNode {
  const { role, effectiveRole } = token;
  const only = token.clusters?.map((id) => clusterName(id, clusters)).join(", ");
  const hasEnded = useHasEnded(token);
  return (
    <span className="inline-flex items-center gap-2">
      {roleWord(role)}
      {only && <Tag title={only}>{t("people.tokenOnly", { clusters: only })}</Tag>}
      {(effectiveRole === null || effectiveRole === "none") && !hasEnded && (
        <Tag tone="warn" title={t(effectiveRole === null ? "people.tokenDisabled" : "people.tokenNowhere")}>
          {t("people.tokenDead")}
        </Tag>
      )}
      {effectiveRole !== null && effectiveRole !== "none" && effectiveRole !== role && (
        <Tag tone="warn">{t("people.tokenHeldTo", { role: roleWord(effectiveRole) })}</Tag>
      )}
    </span>
  );
}

function useHasEnded({ expiresAt }: TokenInfo): boolean {
  const now = useNow(30_000) || Date.now();
  return expiresAt !== null && expiresAt <= now;
}

/** When a token ends by itself. */
export function TokenEnd({ token }: { token: TokenInfo }) {
  const now = useNow(30_000) || Date.now();
  const { expiresAt } = token;
  if (expiresAt === null) return <span className="text-ink-3">{t("people.never")}</span>;
  if (expiresAt <= now) return <Tag tone="bad">{t("people.tokenEnded")}</Tag>;
  return (
    <span className="text-ink-2" title={formatExact(expiresAt)} suppressHydrationWarning>
      {t("people.endsIn", { time: formatDuration(expiresAt - now) })}
    </span>
  );
}

function LastUsed({ token }: { token: TokenInfo }) {
  if (token.lastUsedAt === null) return <span className="text-ink-3">{t("people.never")}</span>;
  return <RelativeTime at={token.lastUsedAt} ago className="text-ink-2" />;
}

/** A token below 700 px. */
export function TokenItem({
  token,
  clusters,
  onRevoke,
}: TokenProps & { onRevoke: (token: TokenInfo) => void }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex min-w-0 items-center gap-2">
        <span className="min-w-0 flex-1 truncate font-medium">{token.name}</span>
        <div className="-my-2">
          <RevokeButton token={token} onRevoke={onRevoke} />
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-x-3 text-12">
        <TokenRole token={token} clusters={clusters} />
        <Owner token={token} />
        <TokenEnd token={token} />
      </div>
    </div>
  );
}
