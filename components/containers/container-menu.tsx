"use client";

import "#lib/shared/i18n/pages/containers.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { IconName } from "#components/ui/icon-paths.ts";
import { Menu, MenuItem, MenuSeparator } from "#components/ui/menu.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { type ContainerActions, type ContainerVerb, verbsFor } from "./container-actions.ts";
import type { ContainerRow } from "./container-rows.ts";

/** One picture for every verb. */
export const verbIcons: Readonly<Record<ContainerVerb, IconName>> = {
  start: "play",
  stop: "stop",
  restart: "restart",
  pause: "pause",
  unpause: "play",
  kill: "x",
  signal: "activity",
  rename: "edit",
  remove: "trash",
};

export interface ContainerMenuProps {
  row: ContainerRow;
  actions: ContainerActions;
  size?: "icon" | "icon-sm";
  /** Verbs that stand beside the menu already. */
  without?: readonly ContainerVerb[];
  onGone?: () => void;
}

/** Everything that can be done to a container; what the role may not do is absent. */
export function ContainerMenu({ row, actions, size = "icon-sm", without = [], onGone }: ContainerMenuProps) {
  const { may } = actions;
  const verbs = verbsFor(row).filter((verb) => {
    if (without.includes(verb)) return false;
    return verb === "rename" || verb === "remove" ? may[verb] : may.operate;
  });
  if (verbs.length === 0) return null;
  const run = async (verb: ContainerVerb) => {
    if ((await actions.run(row, verb)) && verb === "remove") onGone?.();
  };
  return (
    <Menu
      trigger={
        <Button
          variant={size === "icon" ? "outline" : "ghost"}
          size={size}
          aria-label={t("containers.action.more", { name: row.name })}
        >
          <Icon name="more" size={size === "icon" ? 16 : 14} />
        </Button>
      }
    >
      {verbs.map((verb, index) => (
        <div key={verb}>
          {verb === "remove" && index > 0 && <MenuSeparator />}
          <MenuItem
            danger={verb === "remove" || verb === "kill"}
            reason={actions.reason(row, verb) ?? undefined}
            onSelect={() => void run(verb)}
          >
            <Icon name={verbIcons[verb]} />
            {t(`containers.action.${verb}`)}
          </MenuItem>
        </div>
      ))}
    </Menu>
  );
}
