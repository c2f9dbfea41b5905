import "#lib/shared/i18n/pages/resources.ts";
import { ListLink } from "#components/ui/list-link.tsx";
import { Tag } from "#components/ui/tag.tsx";
import type { NetworkItem, ResourceItem, ServiceRef } from "#lib/shared/api/resource-types.ts";
import { t } from "#lib/shared/i18n/translate.ts";

type Href = (path: string) => string;

/** Services and labels that a row names; the others are counted. */
const few = 2;

export interface ResourceNameProps {
  item: ResourceItem;
  hideStack?: boolean;
  /** The page of the thing, where it has one. */
  to?: string | undefined;
}

/** Name in ink without the stack in front, stack in grey. */
export function ResourceName({ item, hideStack, to }: ResourceNameProps) {
  const { name, stack } = item;
  const isPrefixed = stack !== null && name.startsWith(`${stack}_`) && name.length > stack.length + 1;
  const shown = isPrefixed ? name.slice(stack.length + 1) : name;
  return (
    <span className="min-w-0 truncate" title={name}>
      {to === undefined ? (
        <span className="font-medium">{shown}</span>
      ) : (
        <ListLink href={to} className="font-medium hover:underline">
          {shown}
        </ListLink>
      )}
      {stack !== null && !hideStack && <span className="text-ink-3"> {stack}</span>}
    </span>
  );
}

/** Links to the services that use it, or "unused". */
export function UsedBy({ services, href }: { services: readonly ServiceRef[]; href: Href }) {
  if (services.length === 0) {
    return (
      <Tag tone="outline" title={t("resources.unusedHint")}>
        {t("resources.unused")}
      </Tag>
    );
  }
  const hidden = services.slice(few);
  return (
    <span className="flex min-w-0 items-center gap-2">
      {services.slice(0, few).map((service) => (
        <ListLink
          key={service.id}
          href={href(`/services/${encodeURIComponent(service.id)}`)}
          className="link min-w-0 truncate"
        >
          {service.name}
        </ListLink>
      ))}
      {hidden.length > 0 && (
        <span className="shrink-0 text-ink-3" title={hidden.map((service) => service.name).join(", ")}>
          {t("common.andMore", { n: hidden.length })}
        </span>
      )}
    </span>
  );
}

/** Labels without the one that says the stack, which stands beside the name. */
function ownLabels(item: ResourceItem): readonly string[] {
  return Object.entries(item.labels)
    .filter(([key]) => key !== "com.docker.stack.namespace")
    .map(([key, value]) => (value === "" ? key : `${key}=${value}`));
}

/** The first labels as tags, the others on hover. */
export function Labels({ item }: { item: ResourceItem }) {
  const labels = ownLabels(item);
  const hidden = labels.slice(few);
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      {labels.slice(0, few).map((label) => (
        <Tag key={label} title={label} className="min-w-0">
          <span className="truncate">{label}</span>
        </Tag>
      ))}
      {hidden.length > 0 && (
        <span className="shrink-0 text-12 text-ink-3" title={hidden.join("\n")}>
          {t("common.andMore", { n: hidden.length })}
        </span>
      )}
    </span>
  );
}

const options = ["ingress", "attachable", "internal", "encrypted"] as const;

/** What is special about a network. */
export function NetworkOptions({ item }: { item: NetworkItem }) {
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      {options
        .filter((option) => item[option])
        .map((option) => (
          <Tag
            key={option}
            title={t(`resources.${option}Hint`)}
            tone={option === "encrypted" ? "accent" : "quiet"}
          >
            {t(`resources.${option}`)}
          </Tag>
        ))}
      {item.ipv6 && <Tag>{t("resources.ipv6")}</Tag>}
    </span>
  );
}
