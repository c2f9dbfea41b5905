"use client";

import "#lib/shared/i18n/pages/containers.ts";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { markingOf } from "#components/cluster/marking.ts";
import { useAddressQuery } from "#components/cluster/use-address-query.ts";
import { useDetail } from "#components/cluster/use-detail.ts";
import { BackLink } from "#components/layout/back-link.tsx";
import { PageHead } from "#components/layout/page-head.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { TaskMark } from "#components/ui/mark.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { type RenderedContainer, useContainer } from "#lib/client/use-containers.ts";
import type { ContainerDetail } from "#lib/shared/containers/api-types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { type ContainerVerb, verbsFor } from "./container-actions.ts";
import { StateWord } from "./container-columns.tsx";
import { ContainerHeaderActions } from "./container-header-actions.tsx";
import { ContainerMenu, verbIcons } from "./container-menu.tsx";
import { ContainerOverview } from "./container-overview.tsx";
import { type ContainerRow, containerRow } from "./container-rows.ts";
import { FileChanges } from "./file-changes.tsx";
import { unheardReasons } from "./node-reasons.ts";
import { Processes } from "./processes.tsx";
import { RawView } from "./raw-view.tsx";
import { useContainerActions } from "./use-container-actions.tsx";

const views = ["overview", "processes", "files", "raw"] as const;
type View = (typeof views)[number];

export interface ContainerPageProps {
  rendered: RenderedContainer;
  /** Null: its node could not be asked when the page was made. */
  initial: ContainerDetail | null;
}

/** One container: how it is, how it was made, what runs in it and what it changed. */
export function ContainerPage({ rendered, initial }: ContainerPageProps) {
  const { model, href, may } = useCluster();
  const [query, setQuery] = useAddressQuery();
  const { container, nodes } = useContainer(model.info.id, rendered);
  const wanted = views.find((view) => view === query.get("view")) ?? "overview";
  const shownViews = views.filter((view) => view !== "raw" || may("container.raw"));
  const view = shownViews.includes(wanted) ? wanted : "overview";
  const { id, name } = rendered.row;
  const detail = useDetail<ContainerDetail>(`/containers/${id}`, initial, container && [container]);
  if (container === null) {
    return (
      <EmptyState
        icon="containers"
        title={t("containers.gone", { name })}
        action={
          <Button asChild>
            <Link href={href("/containers")}>{t("containers.goneAction")}</Link>
          </Button>
        }
      />
    );
  }
  const unheard = unheardReasons(nodes)(container.nodeId);
  const row = containerRow(container, model.services, unheard);
  const lastAt = nodes.find((node) => node.id === container.nodeId)?.lastAt ?? null;
  const show = (next: View) => {
    if (next === "overview") query.delete("view");
    else query.set("view", next);
    setQuery(query);
  };
  return (
    <>
      <ContainerHead row={row} />
      <div className="flex shrink-0 items-center border-b border-line px-5 py-2 max-sm:px-4">
        <Segmented
          label={t("containers.views")}
          value={view}
          onChange={show}
          options={shownViews.map((value) => ({ value, label: t(`containers.view.${value}`) }))}
        />
      </div>
      {unheard !== null && (
        <Banner tone="warn" flush role="status">
          {unheard}{" "}
          {lastAt !== null && (
            <>
              {t("containers.silent.asOf")} <RelativeTime at={lastAt} ago />.
            </>
          )}
        </Banner>
      )}
      <div className="min-h-0 flex-1 overflow-y-auto">
        {view === "overview" && <ContainerOverview row={row} detail={detail} />}
        {view === "processes" && <Processes row={row} />}
        {view === "files" && <FileChanges row={row} />}
        {view === "raw" && <RawView row={row} />}
      </div>
    </>
  );
}

function ContainerHead({ row }: { row: ContainerRow }) {
  const { freshness, href } = useCluster();
  const router = useRouter();
  const { actions, dialogs } = useContainerActions();
  const { container, condition, service } = row;
  const verbs = verbsFor(row);
  const main: readonly ContainerVerb[] = (["start", "unpause", "restart", "stop"] as const).filter((verb) =>
    verbs.includes(verb),
  );
  return (
    <>
      <PageHead
        before={
          <>
            <BackLink to={href("/containers")}>{t("containers.title")}</BackLink>
            <TaskMark
              state={condition.mark}
              hue={service?.color.hue}
              marking={service ? markingOf(service.color) : undefined}
            />
          </>
        }
        title={<span title={container.name}>{row.name}</span>}
        note={
          <span className="flex min-w-0 items-center gap-3">
            {(container.stack ?? container.project) !== null && (
              <Tag>{container.stack ?? container.project}</Tag>
            )}
            <StateWord row={row} />
          </span>
        }
        actions={
          <>
            <ContainerHeaderActions row={row} />
            {actions.may.operate &&
              main.map((verb) => (
                <Button
                  key={verb}
                  reason={actions.reason(row, verb) ?? undefined}
                  onClick={() => void actions.run(row, verb)}
                >
                  <Icon name={verbIcons[verb]} size={14} />
                  {t(`containers.action.${verb}`)}
                </Button>
              ))}
            <ContainerMenu
              row={row}
              actions={actions}
              size="icon"
              without={main}
              onGone={() => router.push(href("/containers"))}
            />
          </>
        }
        freshness={freshness}
      />
      {dialogs}
    </>
  );
}
