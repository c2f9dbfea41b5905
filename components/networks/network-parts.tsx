import "#lib/shared/i18n/pages/networks.ts";
import { NetworkOptions } from "#components/resources/resource-parts.tsx";
import { UserLinks } from "#components/resources/user-links.tsx";
import { ListLink } from "#components/ui/list-link.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { NetworkRow } from "#lib/shared/networks/types.ts";
import type { Href } from "./network-href.ts";

/** Name in ink, stack in grey. */
export function NetworkName({ row, to }: { row: NetworkRow; to: string }) {
  const { name, stack } = row;
  const isPrefixed = stack !== null && name.startsWith(`${stack}_`) && name.length > stack.length + 1;
  return (
    <span className="flex min-w-0 items-center gap-2">
      <ListLink href={to} title={name} className="min-w-0 truncate font-medium hover:underline">
        {isPrefixed ? name.slice(stack.length + 1) : name}
      </ListLink>
      {stack !== null && <span className="min-w-0 truncate text-ink-3">{stack}</span>}
    </span>
  );
}

/** Its node, or how much of the swarm has it. */
export function NetworkPlace({ row }: { row: NetworkRow }) {
  if (row.nodeName !== null) return <span className="truncate">{row.nodeName}</span>;
  const { presentOn } = row;
  const title =
    presentOn.length > 0
      ? t("networks.presentOn", { nodes: presentOn.join(", ") })
      : t("networks.presentNowhere");
  return (
    <span className="truncate text-ink-2" title={title}>
      {presentOn.length > 0 ? t("networks.wholeSwarmOn", { n: presentOn.length }) : t("networks.wholeSwarm")}
    </span>
  );
}

/** What is special about it. */
export function NetworkMarks({ row }: { row: NetworkRow }) {
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      {row.isPredefined && <Tag title={t("networks.predefinedHint")}>{t("networks.predefined")}</Tag>}
      {row.isConfigOnly && <Tag title={t("networks.configOnlyHint")}>{t("networks.configOnly")}</Tag>}
      <NetworkOptions item={row} />
    </span>
  );
}

/** Services and containers on it, else why it stays, else "unused". */
export function NetworkUsers({ row, href }: { row: NetworkRow; href: Href }) {
  if (row.isUnused) {
    return (
      <Tag tone="outline" title={t("networks.unusedHint")}>
        {t("networks.unused")}
      </Tag>
    );
  }
  const users = [
    ...row.usedBy.map(({ id, name }) => ({ name, to: href(`/services/${encodeURIComponent(id)}`) })),
    ...row.containers.map(({ id, name }) => ({ name, to: href(`/containers/${id}`) })),
  ];
  if (users.length === 0) {
    const services = row.previousServices.map(({ name }) => name).join(", ");
    return services === "" ? (
      <span className="text-ink-3">{t("networks.nobody")}</span>
    ) : (
      <Tag title={t("networks.onlyPreviousHint", { services })}>{t("networks.onlyPrevious")}</Tag>
    );
  }
  return <UserLinks users={users} />;
}
