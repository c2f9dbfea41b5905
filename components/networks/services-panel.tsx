import "#lib/shared/i18n/pages/networks.ts";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { ListLink } from "#components/ui/list-link.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { NetworkDetail, NetworkService } from "#lib/shared/networks/types.ts";

/** The services on a network of the swarm, with the addresses and names they have there. */
export function ServicesPanel({ detail }: { detail: NetworkDetail }) {
  const { network, services } = detail;
  const previous = network.previousServices.map(({ name }) => name).join(", ");
  if (network.nodeId !== null && services.length === 0 && previous === "") return null;
  return (
    <Panel bare title={t("networks.services")} aside={<span className="text-ink-3">{services.length}</span>}>
      {services.length === 0 && <p className="px-3.5 py-3 text-ink-3">{t("networks.noServices")}</p>}
      <ul aria-label={t("networks.services")}>
        {services.map((service) => (
          <Service key={service.id} service={service} />
        ))}
      </ul>
      {previous !== "" && (
        <p className="border-t border-line px-3.5 py-2 text-12 text-ink-3">
          {t("networks.service.previous", { services: previous })}
        </p>
      )}
    </Panel>
  );
}

function Service({ service }: { service: NetworkService }) {
  const { href } = useCluster();
  const { id, name, vips, mode, aliases, tasks } = service;
  const notes = [
    ...(mode === "dnsrr" ? [t("networks.service.dnsrr")] : []),
    ...(aliases.length > 0 ? [t("networks.service.aliases", { aliases: aliases.join(", ") })] : []),
  ];
  return (
    <li className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3.5 py-2 last:border-b-0">
      <ListLink href={href(`/services/${encodeURIComponent(id)}`)} className="link min-w-0 truncate">
        {name}
      </ListLink>
      {vips.map((address) => (
        <span key={address} className="mono">
          {t("networks.service.vip", { address: bare(address) })}
        </span>
      ))}
      {notes.length > 0 && <span className="min-w-0 break-words text-12 text-ink-3">{notes.join(", ")}</span>}
      <span className="ml-auto text-12 text-ink-3">{t("networks.service.tasks", { n: tasks })}</span>
    </li>
  );
}

/** Without the length of the subnet, which stands above. */
export function bare(address: string): string {
  return address.split("/")[0] ?? address;
}
