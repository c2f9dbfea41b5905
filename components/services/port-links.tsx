"use client";

import { useSyncExternalStore } from "react";
import { t } from "#lib/shared/i18n/translate.ts";
import type { PortView } from "#lib/shared/model/types.ts";

const never = () => () => {};

/** Host name this page was opened with; null on the server and while hydrating. */
function usePageHost(): string | null {
  return useSyncExternalStore(
    never,
    () => window.location.hostname,
    () => null,
  );
}

/** Where a browser would find a published TCP port; null for what no browser opens. */
export function portUrl(port: PortView, host: string): string | null {
  if (port.published === null || port.protocol !== "tcp") return null;
  const secure = port.target === 443 || port.target === 8443 || port.published === 443;
  const name = host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
  return `${secure ? "https" : "http"}://${name}:${port.published}`;
}

export interface PortLinksProps {
  ports: readonly PortView[];
  /** For ports published on single nodes: an address that has one of the tasks. */
  nodeAddress: string | null;
  /** More than this are counted. */
  limit?: number;
}

/** Published ports as links: to the host of this page through the routing mesh, or to a node that has a task. */
export function PortLinks({ ports, nodeAddress, limit = 3 }: PortLinksProps) {
  const pageHost = usePageHost();
  const published = ports.filter((port) => port.published !== null);
  return (
    <span data-slot="port-links" className="inline-flex gap-1.5">
      {published.slice(0, limit).map((port) => {
        const host = port.mode === "host" ? nodeAddress : pageHost;
        const url = host === null ? null : portUrl(port, host);
        const label = port.protocol === "tcp" ? String(port.published) : `${port.published}/${port.protocol}`;
        const title = t(port.mode === "host" ? "services.port.host" : "services.port.ingress", {
          port: String(port.published),
          target: `${port.target}/${port.protocol}`,
        });
        const key = `${port.published}/${port.protocol}`;
        return url === null ? (
          <span key={key} title={title} className="text-ink-2">
            {label}
          </span>
        ) : (
          <a key={key} href={url} title={title} target="_blank" rel="noreferrer" className="link">
            {label}
          </a>
        );
      })}
      {published.length > limit && (
        <span className="text-ink-3" title={published.map((port) => port.published).join(", ")}>
          {t("common.andMore", { n: published.length - limit })}
        </span>
      )}
    </span>
  );
}
