"use client";

import "#lib/shared/i18n/pages/networks.ts";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useSend } from "#components/cluster/use-send.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { ListLink } from "#components/ui/list-link.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { NetworkDetail, NetworkEndpoint } from "#lib/shared/networks/types.ts";
import type { NetworkTarget } from "./network-page.tsx";
import { bare } from "./services-panel.tsx";

interface EndpointsProps {
  detail: NetworkDetail;
  target: NetworkTarget;
  onDone: () => void;
}

/** So many lines are drawn at first: an ingress network may have thousands. */
const fewest = 200;

/** Everybody on a network, node by node: tasks, containers, and the nodes' own ends. */
export function EndpointsPanel({ detail, target, onDone }: EndpointsProps) {
  const [isAll, setAll] = useState(false);
  const { endpoints } = detail;
  const shown = isAll ? endpoints : endpoints.slice(0, fewest);
  return (
    <Panel
      bare
      title={t("networks.endpoints")}
      aside={<span className="text-ink-3">{endpoints.length}</span>}
    >
      {endpoints.length === 0 && <p className="px-3.5 py-3 text-ink-3">{t("networks.noEndpoints")}</p>}
      <ul aria-label={t("networks.endpoints")}>
        {shown.map((endpoint) => (
          <Endpoint
            key={keyOf(endpoint)}
            endpoint={endpoint}
            detail={detail}
            target={target}
            onDone={onDone}
          />
        ))}
      </ul>
      {shown.length < endpoints.length && (
        <div className="px-3.5 py-2">
          <Button size="sm" onClick={() => setAll(true)}>
            {t("common.andMore", { n: endpoints.length - shown.length })}
          </Button>
        </div>
      )}
    </Panel>
  );
}

interface EndpointProps extends EndpointsProps {
  endpoint: NetworkEndpoint;
}

/** The engine's own ends of a node share a name. */
function keyOf({ nodeId, containerId, taskId, name, ipv4, ipv6 }: NetworkEndpoint): string {
  return [nodeId, containerId ?? taskId ?? name, ipv4, ipv6].join(" ");
}

function Endpoint({ endpoint, detail, target, onDone }: EndpointProps) {
  const { href, may, blocked } = useCluster();
  const [isAsking, setAsking] = useState(false);
  const { nodeName, kind, name, ipv4, ipv6, mac, isRunning } = endpoint;
  const { network } = detail;
  // A container of a service gets its networks from the service.
  const canLeave =
    kind === "container" && endpoint.containerId !== null && !["host", "null"].includes(network.driver);
  return (
    <li className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-3.5 py-2 last:border-b-0">
      <span className="flex min-w-0 basis-72 items-center gap-2 max-sm:basis-full">
        <EndpointName endpoint={endpoint} />
        {!isRunning && <Tag tone="outline">{t("networks.endpoint.stopped")}</Tag>}
      </span>
      <span className="min-w-0 basis-28 truncate text-ink-2">
        {nodeName === null ? (
          t(endpoint.nodeId === null ? "networks.endpoint.unplaced" : "networks.endpoint.noNode")
        ) : (
          <ListLink href={href(`/nodes/${encodeURIComponent(nodeName)}`)} className="hover:underline">
            {nodeName}
          </ListLink>
        )}
      </span>
      <span className="mono flex min-w-0 flex-wrap gap-x-3 sm:basis-40">
        {[ipv4, ipv6].map((address) => address !== null && <span key={address}>{bare(address)}</span>)}
      </span>
      <span className="mono text-ink-3 max-sm:hidden">{mac}</span>
      {canLeave && may("network.connect") && (
        <Button
          variant="ghost"
          size="sm"
          className="-my-1 ml-auto"
          reason={blocked ?? undefined}
          aria-label={t("networks.disconnectName", { name })}
          onClick={() => setAsking(true)}
        >
          <Icon name="x" size={14} />
          {t("networks.disconnect")}
        </Button>
      )}
      {isAsking && (
        <Disconnect
          endpoint={endpoint}
          detail={detail}
          target={target}
          onDone={onDone}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}

function EndpointName({ endpoint }: { endpoint: NetworkEndpoint }) {
  const { href } = useCluster();
  const { containerId, taskId, kind, name } = endpoint;
  if (kind === "balancer") {
    return (
      <>
        <span className="truncate text-ink-2">{name}</span>
        <Tag className="shrink-0" title={t("networks.endpoint.balancerHint")}>
          {t("networks.endpoint.balancer")}
        </Tag>
      </>
    );
  }
  const to =
    taskId !== null ? `/tasks?task=${taskId}` : containerId === null ? null : `/containers/${containerId}`;
  if (to === null) return <span className="truncate">{name}</span>;
  return (
    <ListLink href={href(to)} className="link min-w-0 truncate" title={name}>
      {name}
    </ListLink>
  );
}

function Disconnect({ endpoint, detail, target, onDone, onClose }: EndpointProps & { onClose: () => void }) {
  const send = useSend();
  const { name, containerId, nodeName } = endpoint;
  const network = detail.network.name;
  const title = t("networks.disconnectName", { name });
  const verb = t("networks.disconnect");
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      sentence={t("networks.disconnectAsk", { container: name, network })}
      verb={verb}
      danger
      onConfirm={async () => {
        const body = { container: containerId, ...(nodeName !== null && { node: nodeName }) };
        const path = `${target.path}/disconnect${target.query}`;
        if (await send({ method: "POST", path, body, object: name, title, verb, typed: true, quiet: true }))
          onDone();
      }}
    />
  );
}
