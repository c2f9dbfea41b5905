"use client";

import Link from "next/link";
import { Icon } from "#components/ui/icon.tsx";
import { Menu, MenuChoices, MenuItem, MenuLabel, MenuSeparator } from "#components/ui/menu.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { AccessRole } from "#lib/shared/roles.ts";
import { useShortcutHelp } from "./shortcuts.tsx";
import { type Theme, useTheme } from "./theme.ts";

export interface ShellUser {
  readonly name: string;
  /** On the server as a whole. */
  readonly role: AccessRole;
  /** In the cluster of the page, where there is one. */
  readonly roleHere?: AccessRole;
}

const words = {
  none: t("common.roleNone"),
  viewer: t("common.roleViewer"),
  operator: t("common.roleOperator"),
  admin: t("common.roleAdmin"),
} as const satisfies Record<AccessRole, string>;

/** The role in words: the one that counts on this page. */
export function roleWord({ role, roleHere = role }: ShellUser): string {
  return words[roleHere];
}

/** The themes to choose from. */
export const themes = [
  { value: "system", label: t("common.themeSystem"), icon: <Icon name="monitor" /> },
  { value: "light", label: t("common.themeLight"), icon: <Icon name="sun" /> },
  { value: "dark", label: t("common.themeDark"), icon: <Icon name="moon" /> },
] as const satisfies readonly { value: Theme; label: string; icon: unknown }[];

/** Signs out. The library of sessions is loaded when it is needed, which is once. */
export async function leave(): Promise<void> {
  const { signOut } = await import("next-auth/react");
  await signOut({ callbackUrl: "/sign-in" });
}

/** The person at the foot of the sidebar: profile, theme, keys, sign out. */
export function AccountMenu({ user }: { user: ShellUser }) {
  return (
    <Menu
      align="start"
      side="top"
      trigger={
        <button
          type="button"
          data-slot="account-menu"
          className="flex h-9 w-full items-center gap-2 rounded-2 px-2 text-left text-ink-2 hover:bg-surface-3 rail:w-9 rail:justify-center rail:px-0"
        >
          <Avatar name={user.name} />
          <span className="min-w-0 flex-1 truncate rail:sr-only">
            {user.name} <span className="text-ink-3">{roleWord(user)}</span>
          </span>
          <Icon name="up-down" size={14} className="text-ink-3 rail:hidden" />
        </button>
      }
    >
      <AccountItems user={user} />
    </Menu>
  );
}

function AccountItems({ user }: { user: ShellUser }) {
  const [theme, setTheme] = useTheme();
  const showKeys = useShortcutHelp();
  return (
    <>
      <MenuLabel>
        {user.name}, {roleWord(user)}
      </MenuLabel>
      <MenuItem asChild>
        <Link href="/account">
          <Icon name="user" />
          {t("common.profile")}
        </Link>
      </MenuItem>
      <MenuItem onSelect={() => showKeys()} className="touch:hidden">
        <Icon name="keyboard" />
        {t("common.keys")}
      </MenuItem>
      <MenuSeparator />
      <MenuLabel>{t("common.theme")}</MenuLabel>
      <MenuChoices value={theme} options={themes} onChange={setTheme} />
      <MenuSeparator />
      <MenuItem onSelect={() => void leave()}>
        <Icon name="logout" />
        {t("common.signOut")}
      </MenuItem>
    </>
  );
}

function Avatar({ name }: { name: string }) {
  return (
    <span
      aria-hidden="true"
      className="size-5 shrink-0 rounded-full bg-accent-soft text-center text-11 leading-5 font-semibold text-accent uppercase"
    >
      {[...name][0]}
    </span>
  );
}
