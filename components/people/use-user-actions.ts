"use client";

import "#lib/shared/i18n/pages/people.ts";
import { useAsk } from "#components/cluster/ask.tsx";
import { toastError } from "#components/ui/toast.ts";
import { api } from "#lib/client/api.ts";
import type { TokenInfo, UserInfo } from "#lib/shared/api/people-types.ts";
import { t } from "#lib/shared/i18n/translate.ts";

export interface UserActions {
  readonly isSelf: (user: UserInfo) => boolean;
  readonly disable: (user: UserInfo) => void;
  readonly enable: (user: UserInfo) => void;
  readonly remove: (user: UserInfo) => void;
  readonly resetTwoFactor: (user: UserInfo) => void;
  readonly revoke: (token: TokenInfo) => void;
}

/** What an admin does to accounts and tokens with one question at most. `onChanged` follows. */
export function useUserActions(selfId: string, onChanged: () => void): UserActions {
  const ask = useAsk();
  const isSelf = (user: UserInfo) => user.id === selfId;
  const pathOf = (user: UserInfo) => `/users/${encodeURIComponent(user.id)}`;

  /** The session of whoever does this to the own account has ended with it. */
  const after = (user: UserInfo) => {
    if (isSelf(user)) window.location.assign("/sign-in");
    else onChanged();
  };
  const disable = (user: UserInfo) =>
    ask({
      title: t("people.disableTitle", { name: user.name }),
      sentence: sentences(
        t("people.disableSentence", { name: user.name }),
        isSelf(user) && t("people.selfEnds"),
      ),
      verb: t("people.disable"),
      danger: true,
      run: async () => {
        await api.patch(pathOf(user), { disabled: true });
        after(user);
      },
    });
  const enable = async (user: UserInfo) => {
    try {
      await api.patch(pathOf(user), { disabled: false });
    } catch (error) {
      toastError(error instanceof Error ? error.message : String(error), { id: `enable ${user.id}` });
    }
    onChanged();
  };
  const remove = (user: UserInfo) =>
    ask({
      title: t("people.removeTitle", { name: user.name }),
      sentence: sentences(
        t("people.removeSentence", { name: user.name }),
        user.configured && t("people.removeConfigured"),
        isSelf(user) && t("people.selfEnds"),
      ),
      verb: t("people.remove"),
      danger: true,
      run: async () => {
        await api.delete(pathOf(user));
        after(user);
      },
    });
  const resetTwoFactor = (user: UserInfo) =>
    ask({
      title: t("people.twoFactorTitle", { name: user.name }),
      sentence: t("people.twoFactorSentence", { name: user.name }),
      verb: t("people.resetTwoFactor"),
      danger: true,
      run: async () => {
        await api.delete(`${pathOf(user)}/two-factor`);
        onChanged();
      },
    });
  const revoke = (token: TokenInfo) =>
    ask({
      title: t("people.revokeName", { name: token.name }),
      sentence: t("people.revokeSentence"),
      verb: t("people.revoke"),
      danger: true,
      run: async () => {
        await api.delete(`/tokens/${encodeURIComponent(token.id)}`);
        onChanged();
      },
    });
  return {
    isSelf,
    disable: (user) => void disable(user),
    enable: (user) => void enable(user),
    remove: (user) => void remove(user),
    resetTwoFactor: (user) => void resetTwoFactor(user),
    revoke: (token) => void revoke(token),
  };
}

function sentences(...parts: readonly (string | false)[]): string {
  return parts.filter(Boolean).join(" ");
}
