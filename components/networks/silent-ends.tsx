import "#lib/shared/i18n/pages/networks.ts";
import { SilentParts } from "#components/resources/silent-nodes.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { formatAge } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { NetworkDetail } from "#lib/shared/networks/types.ts";

/** Nodes that do not say who is on the network there. Of the swarm's networks the swarm tells most of it all the same. */
export function SilentEnds({ detail: { network, nodes } }: { detail: NetworkDetail }) {
  if (network.nodeId !== null) return <SilentParts nodes={nodes} />;
  const silent = nodes.filter(({ ok }) => !ok);
  if (silent.length === 0) return null;
  const never = silent.filter(({ ageMs }) => ageMs < 0);
  const old = silent.filter(({ ageMs }) => ageMs >= 0);
  return (
    <Banner tone={old.length > 0 ? "warn" : "info"} flush role="status" data-slot="silent-nodes">
      <ul className="max-h-24 overflow-y-auto">
        {old.map(({ id, name, error, ageMs }) => (
          <li key={id}>
            <b className="font-semibold text-ink">
              {t("networks.silent.old", { name, age: formatAge(0, ageMs) })}
            </b>{" "}
            {error}
          </li>
        ))}
        {[...Map.groupBy(never, ({ error }) => error)].map(([error, group]) => (
          <li key={error}>
            <b className="font-semibold text-ink">
              {t("networks.silent.never", {
                names: group.map(({ name }) => name).join(", "),
                n: group.length,
              })}
            </b>{" "}
            {error}
          </li>
        ))}
      </ul>
    </Banner>
  );
}
