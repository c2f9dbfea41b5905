"use client";

import useSWR from "swr";
import type { ClusterName } from "#components/people/role-word.ts";
import { api } from "#lib/client/api.ts";
import type { TokenInfo, TwoFactorInfo } from "#lib/shared/api/people-types.ts";
import type { ListAnswer, Me, SessionInfo } from "#lib/shared/api/types.ts";
import { PasswordPanel } from "./password-panel.tsx";
import { ProfilePanel } from "./profile-panel.tsx";
import { SessionsPanel } from "./sessions-panel.tsx";
import { TokensPanel } from "./tokens-panel.tsx";
import { TwoFactorPanel } from "./two-factor-panel.tsx";

/** The account page's content. Lists are first pictures, rendered by the server. */
export function AccountPanels({
  me,
  clusters,
  sessions,
  tokens,
  twoFactor,
}: {
  me: Pick<Me, "name" | "role" | "clusters">;
  /** Those that I may see. */
  clusters: readonly ClusterName[];
  sessions: readonly SessionInfo[];
  tokens: readonly TokenInfo[];
  twoFactor: TwoFactorInfo;
}) {
  const { data, mutate } = useSWR("/me/sessions", (path) => api.get<ListAnswer<SessionInfo>>(path), {
    fallbackData: { items: sessions },
    revalidateOnMount: false,
  });
  const readAgain = () => void mutate();
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex w-full max-w-[760px] flex-col gap-4 p-5 max-sm:p-4">
        <ProfilePanel name={me.name} access={me} clusters={clusters} />
        <PasswordPanel name={me.name} onChanged={readAgain} />
        <TwoFactorPanel initial={twoFactor} />
        <TokensPanel initial={tokens} access={me} clusters={clusters} />
        <SessionsPanel sessions={data.items} onChanged={readAgain} />
      </div>
    </div>
  );
}
