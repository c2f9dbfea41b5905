"use client";

import "#lib/shared/i18n/pages/consoles.ts";
import Link from "next/link";
import type { RefObject } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { LiveDot } from "#components/layout/live-indicator.tsx";
import { PageHead } from "#components/layout/page-head.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { joinCommand } from "#lib/shared/terminal/split-command.ts";
import { type ConsoleAddress, consolePath } from "./console-address.ts";
import type { ConsoleHandle } from "./use-console.ts";

export interface ConsoleBarProps {
  address: ConsoleAddress;
  console: ConsoleHandle;
  onOther: () => void;
  onZoom: (by: number) => void;
  onSearch: () => void;
  /** Where the keyboard goes when it leaves the terminal. */
  first: RefObject<HTMLButtonElement | null>;
}

/** Which container, node, user and command; how it stands; and what can be done. */
export function ConsoleBar({ address, console, onOther, onZoom, onSearch, first }: ConsoleBarProps) {
  const { href } = useCluster();
  const { facts, state } = console;
  const container = facts?.container.name ?? address.container;
  const node = facts?.node.name ?? address.node;
  const isAttach = address.kind === "attach";
  const command = isAttach ? t("consoles.attached") : joinCommand(facts?.command ?? address.command ?? []);
  const parts = [node, command, isAttach ? "" : address.user || t("consoles.imageUser")];
  const isEnded = state.state === "ended";
  return (
    <PageHead
      title={<span title={container}>{container}</span>}
      note={
        <span data-slot="console-facts" className="min-w-0 truncate max-sm:text-12">
          {parts.filter((part) => part).join(" · ")}
        </span>
      }
      actions={
        <>
          <ConsoleState console={console} />
          {state.state === "cut" && <Button onClick={console.reconnect}>{t("consoles.reconnect")}</Button>}
          <Button ref={first} variant={isEnded ? "primary" : undefined} onClick={console.restart}>
            <Icon name="restart" size={14} />
            {t(isAttach || address.command !== null ? "consoles.again" : "consoles.newShell")}
          </Button>
          {isAttach && !isEnded && <Button onClick={console.end}>{t("consoles.detach")}</Button>}
          <Menu
            trigger={
              <Button variant="ghost" size="icon" aria-label={t("common.more")}>
                <Icon name="more" />
              </Button>
            }
          >
            <MenuItem onSelect={onSearch}>{t("consoles.search")}</MenuItem>
            <MenuItem onSelect={() => onZoom(1)}>{t("consoles.larger")}</MenuItem>
            <MenuItem onSelect={() => onZoom(-1)}>{t("consoles.smaller")}</MenuItem>
            <MenuItem asChild>
              <Link href={href(consolePath(address.container, address.node))} target="_blank" rel="noopener">
                {t("consoles.newTab")}
              </Link>
            </MenuItem>
            <MenuItem onSelect={onOther}>{t("consoles.other")}</MenuItem>
          </Menu>
        </>
      }
    />
  );
}

function ConsoleState({ console: { state } }: { console: ConsoleHandle }) {
  const kind = state.state === "open" ? "live" : state.state === "ended" ? "off" : "stale";
  const code = state.state === "ended" ? state.code : null;
  return (
    <span
      role="status"
      data-slot="console-state"
      className="inline-flex items-center gap-[7px] text-12 whitespace-nowrap text-ink-2"
    >
      <LiveDot kind={kind} />
      {t(`consoles.state.${state.state}`)}
      {code !== null && (
        <span className={code === 0 ? "text-ink-3" : "font-medium text-bad"}>
          {t("consoles.exit", { code: String(code) })}
        </span>
      )}
    </span>
  );
}
