"use client";

import "#lib/shared/i18n/pages/networks.ts";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { BackLink } from "#components/layout/back-link.tsx";
import { PageHead } from "#components/layout/page-head.tsx";
import { useListed } from "#components/resources/use-listed.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { later } from "#components/ui/later.tsx";
import { Tag } from "#components/ui/tag.tsx";
import type { ServiceRef } from "#lib/shared/api/resource-types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { NetworkDetail } from "#lib/shared/networks/types.ts";
import { AddressPanel, ScarceBanner } from "./address-panel.tsx";
import { EndpointsPanel } from "./endpoints-panel.tsx";
import { FactsPanel } from "./facts-panel.tsx";
import { NetworkMarks, NetworkPlace } from "./network-parts.tsx";
import { ServicesPanel } from "./services-panel.tsx";
import { SilentEnds } from "./silent-ends.tsx";

const RemoveNetwork = later(async () => (await import("./remove-network.tsx")).RemoveNetwork);
const ConnectContainer = later(async () => (await import("./connect-container.tsx")).ConnectContainer);

export interface NetworkPageProps {
  /** As the address calls it: a name, or an id. */
  name: string;
  node: string | undefined;
  initial: NetworkDetail;
}

/** One network: its facts, its addresses, and everybody on it. */
export function NetworkPage({ name, node, initial }: NetworkPageProps) {
  const path = `/networks/${encodeURIComponent(name)}`;
  const query = node === undefined ? "" : `?node=${encodeURIComponent(node)}`;
  const [services, setServices] = useState(initial.network.usedBy);
  const [isGoing, setGoing] = useState(false);
  const tasks = useTasksOf(services);
  const read = useListed<NetworkDetail>(`${path}${query}`, initial, isGoing ? null : tasks);
  const detail = read.data ?? initial;
  if (detail.network.usedBy !== services) setServices(detail.network.usedBy);
  const isGone = read.error !== null && "code" in read.error && read.error.code === "not_found";
  const target: NetworkTarget = { path, query, node };
  return (
    <>
      <NetworkHead
        detail={detail}
        target={target}
        isGone={isGone}
        onDone={read.reload}
        onRemoving={setGoing}
      />
      <SilentEnds detail={detail} />
      {read.error && (
        <Banner tone="warn" flush role="status">
          {isGone ? t("networks.gone", { name: detail.network.name }) : read.error.message}
        </Banner>
      )}
      <ScarceBanner detail={detail} />
      <div className="grid min-h-0 flex-1 content-start gap-4 overflow-y-auto p-5 max-sm:p-4 lg:grid-cols-2">
        <FactsPanel detail={detail} />
        <div className="grid min-w-0 content-start gap-4">
          <AddressPanel detail={detail} />
          <ServicesPanel detail={detail} />
        </div>
        <div className="min-w-0 lg:col-span-2">
          <EndpointsPanel detail={detail} target={target} onDone={read.reload} />
        </div>
      </div>
    </>
  );
}

/** Changes when a task of these services comes, goes or moves: its address does, too. */
function useTasksOf(services: readonly ServiceRef[]): string {
  const { model } = useCluster();
  const ids = new Set(services.map(({ id }) => id));
  return Object.values(model.tasks)
    .filter(({ serviceId }) => ids.has(serviceId))
    .map(({ id, state, nodeId }) => `${id} ${state} ${nodeId}`)
    .sort()
    .join();
}

/** Where the API has the network. */
export interface NetworkTarget {
  /** Below the cluster. */
  readonly path: string;
  /** `?node=…`, or empty. */
  readonly query: string;
  readonly node: string | undefined;
}

interface HeadProps {
  detail: NetworkDetail;
  target: NetworkTarget;
  isGone: boolean;
  onDone: () => void;
  /** It is about to go, so nothing of it is read again; false: it stays after all. */
  onRemoving: (isGoing: boolean) => void;
}

function NetworkHead({ isGone, ...props }: HeadProps) {
  const { freshness, href } = useCluster();
  const { network } = props.detail;
  return (
    <PageHead
      before={<BackLink to={href("/networks")}>{t("networks.title")}</BackLink>}
      title={<span title={network.name}>{network.name}</span>}
      note={
        <span className="flex min-w-0 items-center gap-2">
          <Tag>{network.driver}</Tag>
          <NetworkPlace row={network} />
          {network.isUnused && <Tag tone="outline">{t("networks.unused")}</Tag>}
          <span className="max-sm:hidden">
            <NetworkMarks row={network} />
          </span>
        </span>
      }
      actions={!isGone && <HeadActions {...props} />}
      freshness={freshness}
    />
  );
}

function HeadActions({ detail, target, onDone, onRemoving }: Omit<HeadProps, "isGone">) {
  const { may, blocked } = useCluster();
  const [open, setOpen] = useState<"connect" | "remove" | null>(null);
  const { network } = detail;
  const close = (done: boolean) => {
    setOpen(null);
    if (done) onDone();
  };
  const canJoin =
    !network.ingress && !network.isConfigOnly && network.driver !== "host" && network.driver !== "null";
  const reason = network.isPredefined
    ? t("networks.error.predefined", { name: network.name })
    : (blocked ?? undefined);
  const whyNoJoin =
    network.nodeId === null && !network.attachable
      ? t("networks.error.notAttachable", { name: network.name })
      : (blocked ?? undefined);
  return (
    <>
      {canJoin && may("network.connect") && (
        <Button reason={whyNoJoin} onClick={() => setOpen("connect")}>
          <Icon name="plus" size={14} />
          {t("networks.connect")}
        </Button>
      )}
      {may("network.remove") && (
        <Button reason={reason} onClick={() => setOpen("remove")}>
          <Icon name="trash" size={14} />
          {t("networks.remove")}
        </Button>
      )}
      {open === "connect" && <ConnectContainer detail={detail} target={target} onClose={close} />}
      {open === "remove" && (
        <RemoveNetwork detail={detail} target={target} onRemoving={onRemoving} onClose={() => close(false)} />
      )}
    </>
  );
}
