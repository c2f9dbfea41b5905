"use client";

import "#lib/shared/i18n/pages/containers.ts";
import "#lib/shared/i18n/pages/projects.ts";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useDetail } from "#components/cluster/use-detail.ts";
import { ContainerItem, containerColumns, containerHref } from "#components/containers/container-columns.tsx";
import { type ContainerRow, containerRow } from "#components/containers/container-rows.ts";
import { unheardReasons } from "#components/containers/node-reasons.ts";
import { SilentNodes } from "#components/containers/silent-nodes.tsx";
import { useContainerActions } from "#components/containers/use-container-actions.tsx";
import { Table } from "#components/data/table.tsx";
import { StackTabs } from "#components/deploy/stack-tabs.tsx";
import { BackLink } from "#components/layout/back-link.tsx";
import { PageHead } from "#components/layout/page-head.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { later } from "#components/ui/later.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { useContainers } from "#lib/client/use-containers.ts";
import { type PackedContainers, unpackContainers } from "#lib/shared/containers/pack.ts";
import type { ContainerPicture } from "#lib/shared/containers/types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import { type ProjectRow, projectRows } from "#lib/shared/projects/project-rows.ts";
import type { ProjectDetail, ProjectSource } from "#lib/shared/projects/types.ts";
import { ProjectStateWord } from "./project-columns.tsx";
import { nodeQuery, type ProjectAddress, projectPath } from "./project-href.ts";

const ProjectMenu = later(async () => (await import("./project-menu.tsx")).ProjectMenu);
const ProjectRunPanel = later(async () => (await import("./project-run.tsx")).ProjectRunPanel);

export interface ProjectPageProps {
  address: ProjectAddress;
  initial: PackedContainers;
}

/** One project: how it stands, what is being done to it, and its containers by service. */
export function ProjectPage({ address, initial }: ProjectPageProps) {
  const { model, freshness, href, may } = useCluster();
  const [rendered] = useState(() => unpackContainers(initial));
  const picture = useContainers(model.info.id, rendered) ?? rendered;
  const [begun, setBegun] = useState<number | null>(null);
  const row = rowOf(picture, address);
  const shape = row?.containers.map(({ id, state }) => `${id} ${state}`).join() ?? "";
  const { data } = useDetail<ProjectDetail>(projectPath(address), null, row === null ? null : [shape]);
  const run = begun ?? data?.runningNow ?? null;
  const files = href(`/projects/${encodeURIComponent(address.name)}`);
  const isForeign = data !== null && !data.isKnown;
  return (
    <>
      <PageHead
        before={<BackLink to={href("/projects")}>{t("projects.title")}</BackLink>}
        title={address.name}
        note={row && <ProjectStateWord row={row} />}
        actions={
          row && (
            <>
              <Button asChild>
                <Link href={href(logsPath(row))}>{t("projects.logs")}</Link>
              </Button>
              <ProjectMenu address={address} row={row} isKnown={data?.isKnown ?? false} onRun={setBegun} />
            </>
          )
        }
        freshness={freshness}
      />
      <StackTabs href={files} query={nodeQuery(address.node)} view="overview" />
      <SilentNodes nodes={picture.nodes} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        {run !== null && may("stack.deploy") && (
          <div className="px-5 py-4 max-sm:px-4">
            <ProjectRunPanel key={run} address={address} run={run} />
          </div>
        )}
        {row === null ? <Gone address={address} /> : <Containers row={row} picture={picture} />}
        {isForeign && data.source.files.length > 0 && <Source source={data.source} />}
      </div>
    </>
  );
}

/** The logs of all its containers together. */
function logsPath({ name, nodeId }: ProjectRow): string {
  return `/logs?${new URLSearchParams({ project: name, node: nodeId })}`;
}

function rowOf({ rows }: ContainerPicture, { name, node }: ProjectAddress): ProjectRow | null {
  const found = projectRows(Object.values(rows)).filter(
    (row) => row.name === name && (node === null || node === row.nodeId || node === row.nodeName),
  );
  return found[0] ?? null;
}

function Containers({ row, picture }: { row: ProjectRow; picture: ContainerPicture }) {
  const { model, href } = useCluster();
  const router = useRouter();
  const { actions, dialogs } = useContainerActions();
  const reasonOf = unheardReasons(picture.nodes);
  const rows = row.containers.map((each) => containerRow(each, model.services, reasonOf(each.nodeId)));
  const byService = (a: ContainerRow, b: ContainerRow) => compareNatural(serviceOf(a), serviceOf(b));
  const columns = containerColumns({ nodes: model.nodes, href, actions }).filter(
    ({ id }) => id !== "node" && id !== "origin",
  );
  const [name, ...others] = columns;
  return (
    <>
      <Table
        label={t("projects.column.containers")}
        rows={rows.sort(byService)}
        keyOf={(each) => each.container.id}
        nameOf={(each) => each.name}
        columns={[
          ...(name ? [name] : []),
          {
            id: "service",
            header: t("projects.service"),
            width: "16%",
            compare: byService,
            cell: (each) => <span className="text-ink-2">{serviceOf(each)}</span>,
          },
          ...others,
        ]}
        onOpen={(each) => router.push(containerHref(href, each.container.id))}
        mobile={(each) => <ContainerItem row={each} href={href} actions={actions} />}
        empty={null}
      />
      {dialogs}
    </>
  );
}

function serviceOf({ container }: ContainerRow): string {
  return container.composeService ?? "";
}

/** Of a project that was made elsewhere: where, and what that means. */
function Source({ source }: { source: ProjectSource }) {
  return (
    <div className="px-5 py-4 max-sm:px-4">
      <Panel title={t("projects.source")}>
        <ul className="mono grid gap-1 break-words">
          {source.files.map((file) => (
            <li key={file}>{file}</li>
          ))}
        </ul>
        <p className="mt-2 text-ink-2">{t("projects.sourceHint")}</p>
      </Panel>
    </div>
  );
}

function Gone({ address }: { address: ProjectAddress }) {
  const { href } = useCluster();
  return (
    <EmptyState
      icon="stacks"
      title={t("projects.gone", { name: address.name })}
      action={
        <Button asChild>
          <Link href={href("/projects")}>{t("projects.goneAction")}</Link>
        </Button>
      }
    />
  );
}
