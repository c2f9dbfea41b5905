"use client";

import "#lib/shared/i18n/pages/deploy.ts";
import "#lib/shared/i18n/pages/projects.ts";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useDetail } from "#components/cluster/use-detail.ts";
import { FormFailure } from "#components/data/form-failure.tsx";
import { FileEditors } from "#components/deploy/file-editors.tsx";
import { ProblemList } from "#components/deploy/problem-list.tsx";
import { StackTabs } from "#components/deploy/stack-tabs.tsx";
import { BackLink } from "#components/layout/back-link.tsx";
import { PageHead } from "#components/layout/page-head.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { CheckboxField } from "#components/ui/checkbox.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { ContainerNode } from "#lib/shared/containers/types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ComposeFacts } from "#lib/shared/projects/types.ts";
import type { StackFiles, StackProblem } from "#lib/shared/stacks/types.ts";
import { nodeQuery, type ProjectAddress } from "./project-href.ts";
import { ProjectPlanPanel } from "./project-plan.tsx";
import { Column, ProjectRunPanel } from "./project-run.tsx";
import { useProjectForm } from "./use-project-form.ts";

export interface ProjectDeployProps {
  /** Null: a new project. */
  address: ProjectAddress | null;
  initial: StackFiles;
  /** The engines it could be on. */
  nodes: readonly Pick<ContainerNode, "id" | "name">[];
}

/** What a new file begins with. */
const firstText = "services:\n  web:\n    image: \n    restart: unless-stopped\n";

/** Writes the files of a project, shows what deploying them would do, and does it. */
export function ProjectDeployPage({ address, initial, nodes }: ProjectDeployProps) {
  const { freshness, href, may } = useCluster();
  const isForeign = address !== null && initial.files.length === 0;
  const start: StackFiles =
    initial.files.length > 0
      ? initial
      : { ...initial, files: [{ name: "compose.yml", text: firstText, kind: "compose" }] };
  const state = useProjectForm(
    address ?? { name: "", node: nodes.length > 1 ? (nodes[0]?.id ?? null) : null },
    start,
  );
  const [goTo, setGoTo] = useState<{ file: string; line: number; wish: number } | null>(null);
  const open = ({ file, line }: StackProblem) =>
    file !== null && line !== null && setGoTo((now) => ({ file, line, wish: (now?.wish ?? 0) + 1 }));
  if (!may("stack.deploy")) return <EmptyState icon="lock" title={t("projects.notAllowed")} />;
  const { form, change, plan, problems, begun } = state;
  return (
    <>
      <PageHead
        before={<BackLink to={href("/projects")}>{t("projects.title")}</BackLink>}
        title={address?.name ?? t("projects.new")}
        actions={<Actions state={state} />}
        freshness={freshness}
      />
      {address !== null && (
        <StackTabs
          href={href(`/projects/${encodeURIComponent(address.name)}`)}
          query={nodeQuery(address.node)}
          view="file"
        />
      )}
      <div className="grid min-h-0 flex-1 auto-rows-min grid-cols-[minmax(0,3fr)_minmax(0,2fr)] gap-4 overflow-y-auto p-5 max-xl:grid-cols-[minmax(0,1fr)] max-sm:p-4 xl:auto-rows-fr xl:overflow-hidden">
        <FileEditors form={form} change={change} problems={problems} goTo={goTo} />
        <Column>
          <Choices state={state} isNew={address === null} isForeign={isForeign} nodes={nodes} />
          <FormFailure error={state.planning.error} />
          <FormFailure error={state.deploying.error} />
          {begun !== null ? (
            <ProjectRunPanel key={begun} address={form} run={begun} withLink />
          ) : plan ? (
            <ProjectPlanPanel plan={plan} onOpen={open} />
          ) : (
            problems.length > 0 && (
              <Panel title={t("deploy.problems")}>
                <ProblemList problems={problems} onOpen={open} />
              </Panel>
            )
          )}
        </Column>
      </div>
    </>
  );
}

type State = ReturnType<typeof useProjectForm>;

function Actions({ state }: { state: State }) {
  const { blocked } = useCluster();
  const { plan, planning, deploying, isNamed } = state;
  const why = blocked ?? (isNamed ? undefined : t("projects.needsName"));
  const hasErrors = plan?.problems.some(({ severity }) => severity === "error") ?? false;
  const notYet = plan === null ? t("deploy.needsPlan") : hasErrors ? t("deploy.hasErrors") : undefined;
  return (
    <>
      <Button reason={why} disabled={planning.busy} onClick={() => void state.makePlan()}>
        {t(planning.busy ? "deploy.planning" : "deploy.makePlan")}
      </Button>
      <Button
        variant="primary"
        reason={why ?? notYet}
        disabled={deploying.busy}
        onClick={() => void state.deploy()}
      >
        {t("projects.deploy")}
      </Button>
    </>
  );
}

interface ChoicesProps extends Pick<ProjectDeployProps, "nodes"> {
  state: State;
  isNew: boolean;
  /** Its files are not known. */
  isForeign: boolean;
}

function Choices({ state, isNew, isForeign, nodes }: ChoicesProps) {
  const { form, change, isNamed } = state;
  const { data } = useDetail<{ readonly compose: ComposeFacts }>("/projects", null, []);
  const problem = data?.compose.problem ?? null;
  return (
    <Panel>
      <div className="grid gap-3">
        {problem !== null && <Banner tone="warn">{problem}</Banner>}
        {isForeign && <p className="text-ink-2">{t("projects.sourceHint")}</p>}
        {isNew && (
          <TextField
            label={t("projects.name")}
            value={form.name}
            error={form.name !== "" && !isNamed ? t("projects.nameRule") : undefined}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => change({ name: event.target.value })}
          />
        )}
        {isNew && nodes.length > 1 && (
          <SelectField
            label={t("projects.engine")}
            value={form.node ?? ""}
            options={nodes.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(node) => change({ node })}
          />
        )}
        <TextField
          label={t("deploy.message")}
          hint={t("deploy.messageHint")}
          value={form.message}
          maxLength={500}
          onChange={(event) => change({ message: event.target.value })}
        />
        <CheckboxField
          label={t("projects.prune")}
          hint={t("deploy.pruneHint")}
          checked={form.prune}
          onCheckedChange={(checked) => change({ prune: checked })}
        />
        <CheckboxField
          label={t("projects.recreate")}
          hint={t("projects.recreateHint")}
          checked={form.recreate}
          onCheckedChange={(checked) => change({ recreate: checked })}
        />
      </div>
    </Panel>
  );
}
