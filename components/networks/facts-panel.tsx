import "#lib/shared/i18n/pages/networks.ts";
import Link from "next/link";
import type { ReactNode } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { FactList, Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { NetworkDetail } from "#lib/shared/networks/types.ts";
import { networkHref } from "./network-href.ts";
import { NetworkMarks } from "./network-parts.tsx";

function pairs(values: Readonly<Record<string, string>>): ReactNode {
  const all = Object.entries(values);
  if (all.length === 0) return null;
  return all.map(([key, value]) => (
    <div key={key} className="mono break-all">
      {value === "" ? key : `${key}=${value}`}
    </div>
  ));
}

/** What a network is. */
export function FactsPanel({ detail }: { detail: NetworkDetail }) {
  const { href } = useCluster();
  const { network, peers, options, ipamDriver } = detail;
  const nodeLink = (name: string) => (
    <Link href={href(`/nodes/${encodeURIComponent(name)}`)} className="link">
      {name}
    </Link>
  );
  const { ingress, attachable, internal, encrypted, ipv6, isPredefined, isConfigOnly } = network;
  const hasMarks = [ingress, attachable, internal, encrypted, ipv6, isPredefined, isConfigOnly].some(Boolean);
  return (
    <Panel title={t("networks.facts")}>
      <FactList
        facts={[
          { label: t("networks.fact.driver"), value: network.driver },
          { label: t("networks.fact.scope"), value: network.scope },
          {
            label: t("networks.fact.node"),
            value: network.nodeName === null ? null : nodeLink(network.nodeName),
          },
          { label: t("networks.fact.marks"), value: hasMarks ? <NetworkMarks row={network} /> : null },
          {
            label: t("networks.fact.created"),
            value: network.createdAt > 0 ? <RelativeTime at={network.createdAt} ago /> : null,
          },
          {
            label: t("networks.fact.id"),
            value: <span className="mono break-all">{network.id}</span>,
          },
          {
            label: t("networks.fact.ipam"),
            value: ipamDriver === "default" ? null : ipamDriver,
          },
          {
            label: t("networks.fact.configFrom"),
            value:
              network.configFrom === null ? null : network.nodeName === null ? (
                network.configFrom
              ) : (
                <Link href={networkHref(href, network.configFrom, network.nodeName)} className="link">
                  {network.configFrom}
                </Link>
              ),
          },
          {
            label: t("networks.fact.peers"),
            value:
              peers.length === 0 ? null : (
                <ul>
                  {peers.map(({ address, nodeName }) => (
                    <li key={address}>
                      {nodeName !== null && nodeLink(nodeName)}{" "}
                      <span className="mono text-ink-3">{address}</span>
                    </li>
                  ))}
                </ul>
              ),
          },
          { label: t("networks.fact.options"), value: pairs(options) },
          { label: t("networks.fact.labels"), value: pairs(network.labels) },
        ]}
      />
    </Panel>
  );
}
