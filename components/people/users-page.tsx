"use client";

import "#lib/shared/i18n/pages/people.ts";
import { useState } from "react";
import useSWR from "swr";
import { useAddressQuery } from "#components/cluster/use-address-query.ts";
import { FilterBar, FilterInput } from "#components/data/filter-bar.tsx";
import { Table } from "#components/data/table.tsx";
import { PageHead } from "#components/layout/page-head.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { api } from "#lib/client/api.ts";
import type { TokenInfo, UserInfo } from "#lib/shared/api/people-types.ts";
import type { ListAnswer } from "#lib/shared/api/types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { CreateUserDialog } from "./create-user-dialog.tsx";
import { EditUserDialog } from "./edit-user-dialog.tsx";
import { ResetPasswordDialog } from "./reset-password-dialog.tsx";
import { accessWords, type ClusterName } from "./role-word.ts";
import { TokenItem, tokenColumns } from "./token-columns.tsx";
import { useUserActions } from "./use-user-actions.ts";
import { UserItem, userColumns } from "./user-columns.tsx";
import { UserMenu } from "./user-menu.tsx";

interface UsersPageProps {
  /** The account of whoever looks at the page. */
  selfId: string;
  /** First pictures, rendered by the server. */
  users: readonly UserInfo[];
  tokens: readonly TokenInfo[];
  clusters: readonly ClusterName[];
}

/** Who is there to sign in does not change by the second, and costs the cluster nothing. */
const lookEveryMs = 30_000;

type View = "users" | "tokens";

/** Accounts, and in a second view the API tokens of everybody. */
export function UsersPage({ selfId, users, tokens, clusters }: UsersPageProps) {
  const [query, setQuery] = useAddressQuery();
  const [isAdding, setAdding] = useState(false);
  const view: View = query.get("view") === "tokens" ? "tokens" : "users";
  const text = query.get("q") ?? "";
  const userList = useList<UserInfo>("/users", users);
  const tokenList = useList<TokenInfo>("/tokens", tokens);
  const readAgain = () => {
    userList.readAgain();
    tokenList.readAgain();
  };
  const show = (next: View, filter: string) =>
    setQuery(new URLSearchParams({ ...(next === "tokens" && { view: next }), ...(filter && { q: filter }) }));
  const shared = { selfId, clusters, text, readAgain, onClear: () => show(view, "") };
  return (
    <>
      <PageHead
        title={t("people.title")}
        note={userList.items.length}
        actions={
          <Button variant="primary" onClick={() => setAdding(true)}>
            <Icon name="plus" size={14} />
            {t("people.add")}
          </Button>
        }
      />
      <FilterBar>
        <Segmented
          label={t("people.view")}
          value={view}
          onChange={(next) => show(next, "")}
          options={[
            { value: "users", label: t("people.viewUsers") },
            { value: "tokens", label: t("people.viewTokens") },
          ]}
        />
        <FilterInput
          key={view}
          placeholder={t(view === "users" ? "people.filterUsers" : "people.filterTokens")}
          value={text}
          onChange={(value) => show(view, value)}
        />
      </FilterBar>
      {view === "users" ? (
        <Users users={userList.items} {...shared} />
      ) : (
        <Tokens tokens={tokenList.items} {...shared} />
      )}
      {isAdding && (
        <CreateUserDialog clusters={clusters} onClose={() => setAdding(false)} onMade={readAgain} />
      )}
    </>
  );
}

function useList<Item>(path: string, initial: readonly Item[]) {
  const { data, mutate } = useSWR(path, (key: string) => api.get<ListAnswer<Item>>(key), {
    fallbackData: { items: initial },
    revalidateOnMount: false,
    refreshInterval: lookEveryMs,
  });
  return { items: data.items, readAgain: () => void mutate() };
}

interface ViewProps {
  selfId: string;
  clusters: readonly ClusterName[];
  text: string;
  readAgain: () => void;
  onClear: () => void;
}

function Users({ users, clusters, ...props }: ViewProps & { users: readonly UserInfo[] }) {
  const { selfId, text, readAgain, onClear } = props;
  const actions = useUserActions(selfId, readAgain);
  const [edited, setEdited] = useState<UserInfo>();
  const [reset, setReset] = useState<UserInfo>();
  const shown = users.filter((user) => matches(text, user.name, accessWords(user, clusters)));
  const isWide = users.some((user) => Object.keys(user.clusters).length > 0);
  const menu = (user: UserInfo) => (
    <UserMenu
      user={user}
      actions={actions}
      onEdit={() => setEdited(user)}
      onResetPassword={() => setReset(user)}
    />
  );
  return (
    <>
      <Table
        label={t("people.title")}
        rows={shown}
        keyOf={(user) => user.id}
        nameOf={(user) => user.name}
        columns={userColumns({ isSelf: actions.isSelf, menu, clusters, isWide })}
        onOpen={setEdited}
        mobile={(user) => (
          <UserItem user={user} isSelf={actions.isSelf(user)} menu={menu(user)} clusters={clusters} />
        )}
        empty={<NoMatch onClear={onClear} />}
      />
      {edited && (
        <EditUserDialog
          key={edited.id}
          user={edited}
          isSelf={actions.isSelf(edited)}
          clusters={clusters}
          onClose={() => setEdited(undefined)}
          onChanged={readAgain}
        />
      )}
      {reset && (
        <ResetPasswordDialog user={reset} onClose={() => setReset(undefined)} onChanged={readAgain} />
      )}
    </>
  );
}

function Tokens({ tokens, clusters, ...props }: ViewProps & { tokens: readonly TokenInfo[] }) {
  const { selfId, text, readAgain, onClear } = props;
  const { revoke } = useUserActions(selfId, readAgain);
  const shown = tokens.filter((token) =>
    matches(text, token.name, token.owner?.name ?? t("people.tokenNobody")),
  );
  return (
    <Table
      label={t("people.viewTokens")}
      rows={shown}
      keyOf={(token) => token.id}
      nameOf={(token) => token.name}
      columns={tokenColumns(revoke, clusters)}
      mobile={(token) => <TokenItem token={token} clusters={clusters} onRevoke={revoke} />}
      empty={
        tokens.length === 0 ? (
          <EmptyState icon="key" title={t("people.tokensEmpty")} />
        ) : (
          <NoMatch onClear={onClear} />
        )
      }
    />
  );
}

function NoMatch({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState
      icon="search"
      title={t("common.noMatch")}
      action={<Button onClick={onClear}>{t("common.clearFilter")}</Button>}
    />
  );
}

function matches(text: string, ...values: readonly string[]): boolean {
  const all = values.join(" ").toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}
