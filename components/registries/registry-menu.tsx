"use client";

import "#lib/shared/i18n/pages/registries.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Menu, MenuItem, MenuSeparator } from "#components/ui/menu.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { RegistryItem } from "#lib/shared/registries/types.ts";

export interface RegistryMenuProps {
  item: RegistryItem;
  onTest: () => void;
  onEdit: () => void;
  onRemove: () => void;
}

/** Everything that is done with one login. */
export function RegistryMenu({ item, onTest, onEdit, onRemove }: RegistryMenuProps) {
  return (
    <span className="flex items-center justify-end gap-1">
      <Button size="sm" aria-label={t("registries.testName", { name: item.name })} onClick={onTest}>
        {t("registries.test")}
      </Button>
      <Menu
        trigger={
          <Button variant="ghost" size="icon-sm" aria-label={t("registries.more", { name: item.name })}>
            <Icon name="more" size={14} />
          </Button>
        }
      >
        <MenuItem onSelect={onEdit}>
          <Icon name="edit" />
          {t("registries.edit")}
        </MenuItem>
        <MenuSeparator />
        <MenuItem danger onSelect={onRemove}>
          <Icon name="trash" />
          {t("registries.remove")}
        </MenuItem>
      </Menu>
    </span>
  );
}
