import "#lib/shared/i18n/pages/containers.ts";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { networkHref } from "#components/networks/network-href.ts";
import { ListLink } from "#components/ui/list-link.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Tag } from "#components/ui/tag.tsx";
import type { ContainerMount, ContainerNetwork } from "#lib/shared/containers/api-types.ts";
import { t } from "#lib/shared/i18n/translate.ts";

const line =
  "flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3.5 py-2 last:border-b-0";

/** What is mounted where. */
export function MountsPanel({ mounts }: { mounts: readonly ContainerMount[] }) {
  if (mounts.length === 0) return null;
  return (
    <Panel bare title={t("containers.mounts")}>
      <ul aria-label={t("containers.mounts")}>
        {mounts.map((mount) => (
          <li key={mount.target} className={line}>
            <Tag>{mount.type}</Tag>
            <code className="mono min-w-0 break-all">{mount.source}</code>
            <span className="text-ink-3" aria-hidden="true">
              →
            </span>
            <code className="mono min-w-0 break-all">{mount.target}</code>
            {mount.readOnly && <Tag tone="outline">{t("containers.readOnly")}</Tag>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** The networks it is on, and its addresses there. */
export function NetworksPanel({ networks, node }: { networks: readonly ContainerNetwork[]; node: string }) {
  const { href } = useCluster();
  if (networks.length === 0) return null;
  return (
    <Panel bare title={t("containers.networks")}>
      <ul aria-label={t("containers.networks")}>
        {networks.map((network) => (
          <li key={network.name} className={line}>
            <ListLink
              href={networkHref(href, network.id || network.name, node)}
              className="font-medium break-all hover:underline"
            >
              {network.name}
            </ListLink>
            {[network.ipv4, network.ipv6].map(
              (address) =>
                address !== null && (
                  <code key={address} className="mono break-all">
                    {address}
                  </code>
                ),
            )}
            {network.aliases.length > 0 && (
              <span className="min-w-0 break-all text-ink-3">{network.aliases.join(", ")}</span>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
