"use client";

import "#lib/shared/i18n/pages/deploy.ts";
import "#lib/shared/i18n/pages/projects.ts";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useDetail } from "#components/cluster/use-detail.ts";
import { ErrorState } from "#components/data/error-state.tsx";
import { LoadingRows } from "#components/data/loading-rows.tsx";
import { StackTabs } from "#components/deploy/stack-tabs.tsx";
import { BackLink } from "#components/layout/back-link.tsx";
import { PageHead } from "#components/layout/page-head.tsx";
import { healthMark, toneClass } from "#components/services/health-line.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { later } from "#components/ui/later.tsx";
import { ListLink } from "#components/ui/list-link.tsx";
import { HealthMark } from "#components/ui/mark.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { ListAnswer } from "#lib/shared/api/types.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ProjectRun } from "#lib/shared/projects/types.ts";
import { nodeQuery, type ProjectAddress, projectPath } from "./project-href.ts";
import { runLook } from "./project-look.ts";

const FilesDiff = later(async () => (await import("#components/deploy/version-diff.tsx")).FilesDiff);

/** Every deploy of a project: who, when and why, how it ended, what was different, and the way back. */
export function ProjectVersionsPage({ address }: { address: ProjectAddress }) {
  const { freshness, href } = useCluster();
  const { data, error, reload } = useDetail<ListAnswer<ProjectRun>>(
    projectPath(address, "/versions"),
    null,
    [],
  );
  const base = href(`/projects/${encodeURIComponent(address.name)}`);
  const items = data?.items ?? [];
  return (
    <>
      <PageHead
        before={<BackLink to={href("/projects")}>{t("projects.title")}</BackLink>}
        title={address.name}
        freshness={freshness}
      />
      <StackTabs href={base} query={nodeQuery(address.node)} view="versions" />
      <div className="min-h-0 flex-1 overflow-y-auto p-5 max-sm:p-4">
        {data === null &&
          (error ? <ErrorState message={error.message} onRetry={reload} /> : <LoadingRows rows={4} />)}
        {data !== null && items.length === 0 && <EmptyState icon="stacks" title={t("projects.noVersions")} />}
        <ol aria-label={t("deploy.tab.versions")} className="grid gap-3">
          {items.map((item, index) => (
            <Version key={item.id} item={item} before={items[index + 1] ?? null} address={address} />
          ))}
        </ol>
      </div>
    </>
  );
}

interface VersionProps {
  item: ProjectRun;
  before: ProjectRun | null;
  address: ProjectAddress;
}

function Version({ item, before, address }: VersionProps) {
  const { may, href, apiPath } = useCluster();
  const [isOpen, setOpen] = useState(false);
  const look = runLook[item.state];
  const again = new URLSearchParams({
    version: String(item.id),
    ...(address.node !== null && { node: address.node }),
  });
  const filesOf = (run: ProjectRun) => apiPath(projectPath(address, `/versions/${run.id}/files`));
  return (
    <li data-version={item.id} className="rounded-3 border border-line bg-surface px-3.5 py-3 shadow-1">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <HealthMark health={healthMark[look.mark]} size={12} />
        <span className="font-semibold">{t("projects.version.n", { n: item.id })}</span>
        <span className={`font-medium ${toneClass[look.tone]}`}>{t(`projects.runState.${item.state}`)}</span>
        <span className="text-12 text-ink-3">
          {t("deploy.version.by", { name: item.userName })}, <RelativeTime at={item.startedAt} ago />
        </span>
        <span className="flex-1" />
        {may("stack.deploy") && (
          <>
            <Button variant="ghost" size="sm" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              {t(before ? "deploy.version.diff" : "deploy.version.show")}
            </Button>
            <Button size="sm" asChild>
              <ListLink href={href(`/projects/${encodeURIComponent(address.name)}/file?${again}`)}>
                {t("deploy.version.again")}
              </ListLink>
            </Button>
          </>
        )}
      </div>
      {item.message !== "" && (
        <p className="mt-1 pl-[22px] break-words text-ink max-sm:pl-0">{item.message}</p>
      )}
      <p className="mt-0.5 pl-[22px] break-words text-ink-2 max-sm:pl-0">{say(t, item.words)}</p>
      {item.fromVersion !== null && (
        <p className="mt-0.5 pl-[22px] text-12 text-ink-3 max-sm:pl-0">
          {t("deploy.version.from", { n: item.fromVersion })}
        </p>
      )}
      {isOpen && <FilesDiff from={before && filesOf(before)} to={filesOf(item)} />}
    </li>
  );
}
