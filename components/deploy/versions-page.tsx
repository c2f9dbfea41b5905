"use client";

import "#lib/shared/i18n/pages/deploy.ts";
import "#lib/shared/i18n/pages/resources.ts";
import { useEffect, useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useDetail } from "#components/cluster/use-detail.ts";
import { ErrorState } from "#components/data/error-state.tsx";
import { LoadingRows } from "#components/data/loading-rows.tsx";
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
import type { StackVersion } from "#lib/shared/stacks/types.ts";
import { deployLook } from "./deploy-look.ts";
import { ReplacedFiles } from "./replaced-files.tsx";
import { StackTabs } from "./stack-tabs.tsx";

const VersionDiff = later(async () => (await import("./version-diff.tsx")).VersionDiff);

const tidyingPollMs = 1_000;

interface VersionsPageProps {
  stack: string;
  initial: readonly StackVersion[] | null;
}

/** Every deploy of a stack: who, when and why, how it ended, what was different, and the way back. */
export function VersionsPage({ stack, initial }: VersionsPageProps) {
  const { freshness, href, model } = useCluster();
  const activity = model.info.activity.map(({ id, state }) => `${id} ${state}`).join();
  const path = `/stacks/${encodeURIComponent(stack)}/versions`;
  const { data, error, reload } = useDetail<ListAnswer<StackVersion>>(path, initial && { items: initial }, [
    activity,
  ]);
  const base = href(`/stacks/${encodeURIComponent(stack)}`);
  const items = data?.items ?? [];
  const isTidying = items.some(({ words }) => words.key === "deploy.words.tidying");
  useEffect(() => {
    // The end of it moves no service, so nothing in the picture tells.
    if (!isTidying) return;
    const timer = setTimeout(reload, tidyingPollMs);
    return () => clearTimeout(timer);
  }, [isTidying, reload]);
  return (
    <>
      <PageHead
        before={<BackLink to={href("/stacks")}>{t("stacks.title")}</BackLink>}
        title={stack}
        freshness={freshness}
      />
      <StackTabs href={base} view="versions" />
      <div className="min-h-0 flex-1 overflow-y-auto p-5 max-sm:p-4">
        {data === null &&
          (error ? <ErrorState message={error.message} onRetry={reload} /> : <LoadingRows rows={4} />)}
        {data !== null && items.length === 0 && <EmptyState icon="stacks" title={t("deploy.noVersions")} />}
        <ol aria-label={t("deploy.tab.versions")} className="grid gap-3">
          {items.map((item, index) => (
            <Version key={item.id} item={item} before={items[index + 1] ?? null} base={base} />
          ))}
        </ol>
      </div>
    </>
  );
}

interface VersionProps {
  item: StackVersion;
  before: StackVersion | null;
  base: string;
}

function Version({ item, before, base }: VersionProps) {
  const { may } = useCluster();
  const [isOpen, setOpen] = useState(false);
  const look = deployLook[item.state];
  return (
    <li data-version={item.id} className="rounded-3 border border-line bg-surface px-3.5 py-3 shadow-1">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <HealthMark health={healthMark[look.mark]} size={12} />
        <span className="font-semibold">{t("deploy.version.n", { n: item.id })}</span>
        <span className={`font-medium ${toneClass[look.tone]}`}>{t(`deploy.state.${item.state}`)}</span>
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
              <ListLink href={`${base}/file?version=${item.id}`}>{t("deploy.version.again")}</ListLink>
            </Button>
          </>
        )}
      </div>
      {item.message !== "" && (
        <p className="mt-1 pl-[22px] break-words text-ink max-sm:pl-0">{item.message}</p>
      )}
      <p className="mt-0.5 pl-[22px] break-words text-ink-2 max-sm:pl-0">{say(t, item.words)}</p>
      {item.replaced.length > 0 && (
        <div className="mt-1 pl-[22px] max-sm:pl-0">
          <ReplacedFiles files={item.replaced} />
        </div>
      )}
      {item.fromVersion !== null && (
        <p className="mt-0.5 pl-[22px] text-12 text-ink-3 max-sm:pl-0">
          {t("deploy.version.from", { n: item.fromVersion })}
        </p>
      )}
      {isOpen && <VersionDiff stack={item.stack} from={before?.id ?? null} to={item.id} />}
    </li>
  );
}
