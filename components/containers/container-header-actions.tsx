"use client";

import "#lib/shared/i18n/pages/consoles.ts";
import "#lib/shared/i18n/pages/containers.ts";
import Link from "next/link";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { consolePath } from "#components/terminal/console-address.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ContainerRow } from "./container-rows.ts";

/** What leads on from a container, in the head of its page: beside the actions that change it. */
export function ContainerHeaderActions({ row }: { row: ContainerRow }) {
  const { href, may } = useCluster();
  const { id, nodeName, state } = row.container;
  const logs = new URLSearchParams({ container: id, node: nodeName });
  const hasConsole = state === "running" && row.unheard === null && may("container.exec");
  return (
    <>
      <Button asChild>
        <Link href={href(`/logs?${logs}`)}>
          <Icon name="logs" size={14} />
          {t("containers.logs")}
        </Link>
      </Button>
      {hasConsole && (
        <Button asChild>
          <Link href={href(consolePath(id, nodeName))}>
            <Icon name="console" size={14} />
            {t("consoles.open")}
          </Link>
        </Button>
      )}
    </>
  );
}
