"use client";

import "#lib/shared/i18n/pages/agents.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { IconName } from "#components/ui/icon-paths.ts";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import type { AgentItem } from "#lib/shared/api/agent-types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { AgentActions, AgentVerb } from "./use-agent-actions.tsx";

const icons: Readonly<Record<AgentVerb, IconName>> = { accept: "check", revoke: "lock", forget: "trash" };

/** What can be done to an agent. Letting in one that waits stands outside of the menu: it is what the page is opened for. */
export function AgentMenu({ item, actions }: { item: AgentItem; actions: AgentActions }) {
  const verbs = actions.verbs(item);
  const inMenu = item.status === "waiting" ? verbs.slice(1) : verbs;
  if (verbs.length === 0) return null;
  return (
    <span className="flex items-center gap-0.5">
      {item.status === "waiting" && (
        <Button
          size="sm"
          aria-label={t("agents.ask.accept", { name: item.nodeName })}
          onClick={() => void actions.run("accept", item)}
        >
          {t("agents.action.accept")}
        </Button>
      )}
      <Menu
        trigger={
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={t("agents.action.more", { name: item.nodeName })}
          >
            <Icon name="more" size={14} />
          </Button>
        }
      >
        {inMenu.map((verb) => (
          <MenuItem key={verb} danger={verb !== "accept"} onSelect={() => void actions.run(verb, item)}>
            <Icon name={icons[verb]} />
            {t(`agents.action.${verb}`)}
          </MenuItem>
        ))}
      </Menu>
    </span>
  );
}
