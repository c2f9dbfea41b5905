"use client";

import "#lib/shared/i18n/pages/home.ts";
import { useAsk } from "#components/cluster/ask.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { toastError } from "#components/ui/toast.ts";
import { ApiError, api } from "#lib/client/api.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ClusterGlance } from "#lib/shared/model/cluster-glance.ts";

export interface ClusterMenuProps {
  glance: ClusterGlance;
  onRename: () => void;
}

/** What an administrator can do to a cluster as Shoal knows it. */
export function ClusterMenu({ glance, onRename }: ClusterMenuProps) {
  const { id, name, simulated } = glance;
  const remove = useRemoveCluster();
  if (simulated) return null;
  return (
    <Menu
      trigger={
        <Button variant="ghost" size="icon-sm" aria-label={t("home.more", { name })}>
          <Icon name="more" size={14} />
        </Button>
      }
    >
      <MenuItem onSelect={onRename}>
        <Icon name="edit" />
        {t("home.rename")}
      </MenuItem>
      <MenuItem
        danger
        reason={id === "local" ? t("home.removeOwn") : undefined}
        onSelect={() => void remove(glance)}
      >
        <Icon name="trash" />
        {t("home.remove")}
      </MenuItem>
    </Menu>
  );
}

/** Removes a cluster once its name was typed. The server says what that means. */
function useRemoveCluster(): (glance: ClusterGlance) => Promise<void> {
  const ask = useAsk();
  return async ({ id, name }) => {
    const path = `/clusters/${encodeURIComponent(id)}`;
    try {
      await api.delete(path);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (!(error instanceof ApiError) || error.code !== "confirmation_needed") {
        toastError(message, { id: "cluster" });
        return;
      }
      await ask({
        title: t("home.removeTitle", { name }),
        sentence: message,
        verb: t("home.remove"),
        danger: true,
        typedName: name,
        run: () => api.delete(`${path}?${new URLSearchParams({ confirm: name })}`),
      });
    }
  };
}
