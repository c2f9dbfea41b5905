import "#lib/shared/i18n/pages/networks.ts";
import { Banner } from "#components/ui/banner.tsx";
import { CapacityBar } from "#components/ui/capacity-bar.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { AddressKind, IpamRange, NetworkDetail, SubnetUse } from "#lib/shared/networks/types.ts";

const kinds: readonly AddressKind[] = [
  "gateway", "reserved", "vip", "task", "container", "balancer", "other",
]; // biome-ignore format: one line

/** The arithmetic of a subnet, part by part: 254 usable, 1 gateway, 3 VIPs, 5 tasks, 245 free. */
function partsOf(use: SubnetUse, isAtLeast: boolean): readonly string[] {
  const { usable, counts, outside, free } = use;
  return [
    usable === null ? t("networks.use.usableMany") : t("networks.use.usable", { n: usable }),
    ...kinds.filter((kind) => counts[kind] > 0).map((kind) => t(`networks.use.${kind}`, { n: counts[kind] })),
    ...(outside > 0 ? [t("networks.use.outside", { n: outside })] : []),
    ...(free === null ? [] : [t(isAtLeast ? "networks.use.freeAtMost" : "networks.use.free", { n: free })]),
  ];
}

/** Which addresses a network has, who holds them, and how many are free. */
export function AddressPanel({ detail }: { detail: NetworkDetail }) {
  const { addresses, ipam, unheard } = detail;
  const isAtLeast = unheard.length > 0;
  return (
    <Panel title={t("networks.addresses")}>
      {addresses.length === 0 && <p className="text-ink-3">{t("networks.noAddresses")}</p>}
      <ul aria-label={t("networks.addresses")} className="grid gap-3">
        {addresses.map((use, at) => (
          <li key={use.subnet} className="min-w-0">
            <Plan range={ipam[at] ?? { subnet: use.subnet, gateway: null, range: null, aux: {} }} />
            {use.usable !== null && use.free !== null && (
              <CapacityBar
                className="my-1.5"
                label={t("networks.use.meter", { used: use.usable - use.free, usable: use.usable })}
                reserved={0}
                used={use.usable === 0 ? 1 : (use.usable - use.free) / use.usable}
              />
            )}
            <p className="text-ink-2">{partsOf(use, isAtLeast).join(", ")}</p>
          </li>
        ))}
      </ul>
      {isAtLeast && addresses.length > 0 && (
        <p className="mt-3 text-12 text-warn">{t("networks.use.unheard", { nodes: unheard.join(", ") })}</p>
      )}
    </Panel>
  );
}

function Plan({ range: { subnet, gateway, range, aux } }: { range: IpamRange }) {
  const notes = [
    ...(gateway === null ? [] : [t("networks.subnet.gateway", { address: gateway })]),
    ...(range === null ? [] : [t("networks.subnet.range", { range })]),
    ...Object.entries(aux).map(([name, address]) => t("networks.subnet.aux", { name, address })),
  ];
  return (
    <div className="flex min-w-0 flex-wrap items-baseline gap-x-3">
      <span className="mono font-medium">{subnet}</span>
      <span className="text-12 text-ink-3">{notes.join(", ")}</span>
    </div>
  );
}

/** A subnet that is nearly used up: tasks would wait for an address without an error anywhere. */
export function ScarceBanner({ detail }: { detail: NetworkDetail }) {
  const scarce = detail.addresses.find(({ isScarce }) => isScarce);
  // Small plans of one node are used up on purpose; there a container that finds none says so at once.
  if (!scarce || detail.network.nodeId !== null) return null;
  const { subnet, free } = scarce;
  const isFull = free !== null && free <= 0;
  return (
    <Banner
      tone={isFull ? "bad" : "warn"}
      flush
      role="status"
      data-slot="scarce"
      title={t(isFull ? "networks.scarce.full" : "networks.scarce.title", { subnet })}
    >
      {t("networks.scarce.text")}{" "}
      {detail.waitingTasks > 0 && t("networks.scarce.waiting", { n: detail.waitingTasks })}
    </Banner>
  );
}
