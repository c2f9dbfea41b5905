import "#lib/shared/i18n/pages/files.ts";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { ListLink } from "#components/ui/list-link.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { FileDetail, FileUse } from "#lib/shared/swarm-files/types.ts";

/** The services that get it, and where in their containers. */
export function UsesPanel({ detail: { uses, previous } }: { detail: FileDetail }) {
  const names = previous.map(({ name }) => name).join(", ");
  return (
    <Panel
      bare
      title={t("files.uses")}
      aside={<span className="text-ink-3">{uses.length}</span>}
      className="self-start"
    >
      {uses.length === 0 && <p className="px-3.5 py-3 text-ink-3">{t("files.noUses")}</p>}
      <UseList uses={uses} />
      {names !== "" && (
        <p className="border-t border-line px-3.5 py-2 text-12 text-ink-3">
          {t("files.previous", { services: names })}
        </p>
      )}
    </Panel>
  );
}

function UseList({ uses }: { uses: readonly FileUse[] }) {
  const { href } = useCluster();
  return (
    <ul aria-label={t("files.uses")}>
      {uses.map(({ service, target, uid, gid, mode }) => (
        <li
          key={`${service.id} ${target}`}
          className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3.5 py-2 last:border-b-0"
        >
          <ListLink
            href={href(`/services/${encodeURIComponent(service.id)}`)}
            className="link min-w-0 truncate"
          >
            {service.name}
          </ListLink>
          <span className="mono min-w-0 break-all">{target ?? t("files.credential")}</span>
          {target !== null && (
            <span className="ml-auto text-12 text-ink-3">
              {t("files.owner", { uid: uid || "0", gid: gid || "0", mode })}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
