import "#lib/shared/i18n/pages/people.ts";
import type { ReactNode } from "react";
import type { TableColumn } from "#components/data/table-types.ts";
import { Icon } from "#components/ui/icon.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Tag } from "#components/ui/tag.tsx";
import type { UserInfo } from "#lib/shared/api/people-types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import { accessRoles } from "#lib/shared/roles.ts";
import { accessWords, type ClusterName } from "./role-word.ts";

export interface UserParts {
  readonly isSelf: (user: UserInfo) => boolean;
  readonly menu: (user: UserInfo) => ReactNode;
  readonly clusters: readonly ClusterName[];
  /** Somebody has other roles in single clusters: they need room. */
  readonly isWide: boolean;
}

const rank = (user: UserInfo) => accessRoles.indexOf(user.role);

/** The columns of the users table. */
export function userColumns({ isSelf, menu, clusters, isWide }: UserParts): readonly TableColumn<UserInfo>[] {
  return [
    {
      id: "name",
      header: t("people.column.name"),
      compare: (a, b) => compareNatural(a.name, b.name),
      cell: (user) => <UserName user={user} isSelf={isSelf(user)} />,
    },
    {
      id: "role",
      header: t("people.column.role"),
      width: isWide ? "26%" : 120,
      compare: (a, b) => rank(b) - rank(a),
      cell: (user) => <span title={accessWords(user, clusters)}>{accessWords(user, clusters)}</span>,
    },
    {
      id: "state",
      header: t("people.column.state"),
      width: 110,
      compare: (a, b) => Number(b.disabled) - Number(a.disabled),
      cell: (user) => <UserState user={user} />,
    },
    {
      id: "twoFactor",
      header: t("people.column.twoFactor"),
      width: 110,
      compare: (a, b) => Number(b.twoFactor) - Number(a.twoFactor),
      cell: (user) => <TwoFactorState user={user} />,
    },
    {
      id: "seen",
      header: t("people.column.seen"),
      width: 150,
      compare: (a, b) => (b.lastSeenAt ?? 0) - (a.lastSeenAt ?? 0),
      cell: (user) => <LastSeen user={user} />,
    },
    {
      id: "created",
      header: t("people.column.created"),
      width: 120,
      hideBelow: 1280,
      compare: (a, b) => b.createdAt - a.createdAt,
      cell: (user) => <RelativeTime at={user.createdAt} ago className="text-ink-2" />,
    },
    {
      id: "sessions",
      header: t("people.column.sessions"),
      width: 96,
      align: "right",
      hideBelow: 1024,
      compare: (a, b) => b.sessions - a.sessions,
      cell: (user) => user.sessions,
    },
    {
      id: "tokens",
      header: t("people.column.tokens"),
      width: 88,
      align: "right",
      hideBelow: 1024,
      compare: (a, b) => b.tokens - a.tokens,
      cell: (user) => user.tokens,
    },
    {
      id: "actions",
      header: t("people.column.actions"),
      headerHidden: true,
      width: 64,
      align: "right",
      onHover: true,
      cell: menu,
    },
  ];
}

function UserName({ user, isSelf }: { user: UserInfo; isSelf: boolean }) {
  return (
    <span className="inline-flex max-w-full items-center gap-2">
      <span
        className={user.disabled ? "truncate font-medium text-ink-3" : "truncate font-medium"}
        title={user.name}
      >
        {user.name}
      </span>
      {isSelf && <Tag tone="accent">{t("people.you")}</Tag>}
    </span>
  );
}

function UserState({ user }: { user: UserInfo }) {
  if (!user.disabled) return <span className="text-ink-3">{t("people.active")}</span>;
  return (
    <Tag tone="warn">
      <Icon name="lock" size={12} />
      {t("people.disabled")}
    </Tag>
  );
}

function TwoFactorState({ user }: { user: UserInfo }) {
  if (!user.twoFactor) return <span className="text-ink-3">{t("people.twoFactorOff")}</span>;
  return (
    <span className="inline-flex items-center gap-1.5">
      <Icon name="shield" size={14} className="text-ok" />
      {t("people.twoFactorOn")}
    </span>
  );
}

function LastSeen({ user }: { user: UserInfo }) {
  if (user.lastSeenAt === null) return <span className="text-ink-3">{t("people.notSignedIn")}</span>;
  return <RelativeTime at={user.lastSeenAt} ago className="text-ink-2" />;
}

/** An account below 700 px. */
export function UserItem({
  user,
  isSelf,
  menu,
  clusters,
}: Pick<UserParts, "clusters"> & { user: UserInfo; isSelf: boolean; menu: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex min-w-0 items-center gap-2">
        <span className="min-w-0 flex-1">
          <UserName user={user} isSelf={isSelf} />
        </span>
        {user.disabled && <UserState user={user} />}
        {user.twoFactor && (
          <span className="inline-flex items-center gap-1.5 text-12 text-ink-2">
            <Icon name="shield" size={14} className="text-ok" />
            {t("people.column.twoFactor")}
          </span>
        )}
        <div className="-my-2">{menu}</div>
      </div>
      <p className="flex flex-wrap gap-x-3 text-12 text-ink-3">
        <span className="text-ink-2">{accessWords(user, clusters)}</span>
        <LastSeen user={user} />
        {user.sessions > 0 && <span>{t("people.sessions", { n: user.sessions })}</span>}
      </p>
    </div>
  );
}
