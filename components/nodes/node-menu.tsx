"use client";

import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { IconName } from "#components/ui/icon-paths.ts";
import { Menu, MenuItem, MenuSeparator } from "#components/ui/menu.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { NodeView } from "#lib/shared/model/types.ts";
import type { NodeActions } from "./node-actions.ts";

type Verb = "drain" | "pause" | "activate" | "promote" | "demote" | "labels" | "remove" | "leave";

const icons: Readonly<Record<Verb, IconName>> = {
  drain: "drain",
  pause: "pause",
  activate: "play",
  promote: "promote",
  demote: "demote",
  labels: "label",
  remove: "trash",
  leave: "leave",
};

/** The one action that fits the node's availability best: it stands outside of the menu. */
export function mainVerb(node: NodeView): "drain" | "activate" {
  return node.availability === "active" ? "drain" : "activate";
}

export interface NodeMenuProps {
  node: NodeView;
  actions: NodeActions;
  /** Opens the label editor. */
  onLabels: () => void;
  size?: "icon" | "icon-sm";
  /** Runs after the node has gone. */
  onGone?: () => void;
}

/** Everything that can be done to a node; what the role may not do is absent. */
export function NodeMenu({ node, actions, onLabels, size = "icon", onGone }: NodeMenuProps) {
  const { model } = useCluster();
  const { may, blocked } = actions;
  const isOwn = model.info.links[0]?.nodeId === node.id;
  const item = (verb: Verb, run: () => unknown, danger = false, reason?: string) => (
    <MenuItem key={verb} danger={danger} reason={blocked ?? reason} onSelect={() => void run()}>
      <Icon name={icons[verb]} />
      {t(`nodes.action.${verb}`)}
    </MenuItem>
  );
  const gone = async (done: Promise<boolean>) => {
    if (await done) onGone?.();
  };
  const isManager = node.role === "manager";
  const groups = [
    may.availability && [
      node.availability !== "active" && item("activate", () => actions.activate(node)),
      node.availability !== "drain" && item("drain", () => actions.drain(node)),
      node.availability !== "pause" && item("pause", () => actions.pause(node)),
    ],
    [
      may.role &&
        (isManager
          ? item("demote", () => actions.demote(node))
          : item("promote", () => actions.promote(node))),
      may.labels && item("labels", onLabels),
    ],
    [
      may.leave && isOwn && item("leave", () => gone(actions.leave(node)), true),
      may.remove &&
        item(
          "remove",
          () => gone(actions.remove(node)),
          true,
          isManager ? t("nodes.reason.removeManager") : undefined,
        ),
    ],
  ]
    .map((group) => (group || []).filter(Boolean))
    .filter((group) => group.length > 0);
  if (groups.length === 0) return null;
  return (
    <Menu
      trigger={
        <Button
          variant={size === "icon" ? "outline" : "ghost"}
          size={size}
          aria-label={t("nodes.action.more", { name: node.name })}
        >
          <Icon name="more" size={size === "icon" ? 16 : 14} />
        </Button>
      }
    >
      {groups.map((group, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the groups are fixed
        <div key={index}>
          {index > 0 && <MenuSeparator />}
          {group}
        </div>
      ))}
    </Menu>
  );
}
