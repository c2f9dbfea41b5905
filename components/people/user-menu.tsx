"use client";

import "#lib/shared/i18n/pages/people.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Menu, MenuItem, MenuSeparator } from "#components/ui/menu.tsx";
import type { UserInfo } from "#lib/shared/api/people-types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { UserActions } from "./use-user-actions.ts";

export interface UserMenuProps {
  user: UserInfo;
  actions: UserActions;
  onEdit: () => void;
  onResetPassword: () => void;
}

/** Everything an admin does to one account. */
export function UserMenu({ user, actions, onEdit, onResetPassword }: UserMenuProps) {
  return (
    <Menu
      trigger={
        <Button variant="ghost" size="icon-sm" aria-label={t("people.more", { name: user.name })}>
          <Icon name="more" size={14} />
        </Button>
      }
    >
      <MenuItem onSelect={onEdit}>
        <Icon name="edit" />
        {t("people.edit")}
      </MenuItem>
      <MenuItem
        reason={actions.isSelf(user) ? t("people.ownPassword") : undefined}
        onSelect={onResetPassword}
      >
        <Icon name="key" />
        {t("people.resetPassword")}
      </MenuItem>
      {user.twoFactor && (
        <MenuItem onSelect={() => actions.resetTwoFactor(user)}>
          <Icon name="shield" />
          {t("people.resetTwoFactor")}
        </MenuItem>
      )}
      <MenuSeparator />
      {user.disabled ? (
        <MenuItem onSelect={() => actions.enable(user)}>
          <Icon name="unlock" />
          {t("people.enable")}
        </MenuItem>
      ) : (
        <MenuItem danger onSelect={() => actions.disable(user)}>
          <Icon name="lock" />
          {t("people.disable")}
        </MenuItem>
      )}
      <MenuItem danger onSelect={() => actions.remove(user)}>
        <Icon name="trash" />
        {t("people.remove")}
      </MenuItem>
    </Menu>
  );
}
