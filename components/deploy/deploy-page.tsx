"use client";

import "#lib/shared/i18n/pages/deploy.ts";
import "#lib/shared/i18n/pages/resources.ts";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { FormFailure } from "#components/data/form-failure.tsx";
import { BackLink } from "#components/layout/back-link.tsx";
import { PageHead } from "#components/layout/page-head.tsx";
import { Button } from "#components/ui/button.tsx";
import { CheckboxField } from "#components/ui/checkbox.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { TextField } from "#components/ui/field.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { StackFiles, StackProblem } from "#lib/shared/stacks/types.ts";
import { Adopt } from "./adopt.tsx";
import { DeployProgress } from "./deploy-progress.tsx";
import { FileEditors } from "./file-editors.tsx";
import { PlanPanel } from "./plan-panel.tsx";
import { ProblemList } from "./problem-list.tsx";
import { StackTabs } from "./stack-tabs.tsx";
import { useStackForm } from "./use-stack-form.ts";

export interface DeployPageProps {
  /** Null: a new stack. */
  stack: string | null;
  initial: StackFiles;
}

/** What a new file begins with. */
const firstText = `version: "3.8"\n\nservices:\n  web:\n    image: \n`;

/** Writes the files of a stack, shows what deploying them would do, and does it. */
export function DeployPage({ stack, initial }: DeployPageProps) {
  const { freshness, href, may } = useCluster();
  const start: StackFiles =
    initial.files.length > 0
      ? initial
      : { ...initial, files: [{ name: "docker-compose.yml", text: firstText, kind: "compose" }] };
  const state = useStackForm(stack, start);
  // An editor keeps its own text: one that is given another text is another editor.
  const [writing, setWriting] = useState(0);
  const [goTo, setGoTo] = useState<{ file: string; line: number; wish: number } | null>(null);
  const open = ({ file, line }: StackProblem) =>
    file !== null && line !== null && setGoTo((now) => ({ file, line, wish: (now?.wish ?? 0) + 1 }));
  const back = stack === null ? href("/stacks") : href(`/stacks/${encodeURIComponent(stack)}`);
  if (!may("stack.deploy")) return <EmptyState icon="lock" title={t("deploy.notAllowed")} />;
  return (
    <>
      <PageHead
        before={<BackLink to={href("/stacks")}>{t("stacks.title")}</BackLink>}
        title={stack ?? t("deploy.new")}
        actions={<Actions state={state} />}
        freshness={freshness}
      />
      {stack !== null && <StackTabs href={back} view="file" />}
      <div className="grid min-h-0 flex-1 auto-rows-min grid-cols-[minmax(0,3fr)_minmax(0,2fr)] gap-4 overflow-y-auto p-5 max-xl:grid-cols-[minmax(0,1fr)] max-sm:p-4 xl:auto-rows-fr xl:overflow-hidden">
        <FileEditors
          key={writing}
          form={state.form}
          change={state.change}
          problems={state.problems}
          goTo={goTo}
        />
        <div className="grid content-start gap-4 xl:overflow-y-auto">
          <Choices
            state={state}
            isNew={stack === null}
            isAgain={initial.files.length === 0 && stack !== null}
            onRewritten={() => setWriting((n) => n + 1)}
          />
          <FormFailure error={state.planning.error} />
          <FormFailure error={state.deploying.error} />
          {state.begun !== null ? (
            <DeployProgress key={state.begun} stack={state.form.name} version={state.begun} />
          ) : state.plan ? (
            <PlanPanel plan={state.plan} onOpen={open} />
          ) : (
            state.problems.length > 0 && (
              <Panel title={t("deploy.problems")}>
                <ProblemList problems={state.problems} onOpen={open} />
              </Panel>
            )
          )}
        </div>
      </div>
    </>
  );
}

type State = ReturnType<typeof useStackForm>;

function Actions({ state }: { state: State }) {
  const { blocked } = useCluster();
  const { plan, planning, deploying, isNamed } = state;
  const why = blocked ?? (isNamed ? undefined : t("deploy.needsName"));
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
        {t("deploy.deploy")}
      </Button>
    </>
  );
}

interface ChoicesProps {
  state: State;
  isNew: boolean;
  /** Its files are not known. */
  isAgain: boolean;
  onRewritten: () => void;
}

function Choices({ state, isNew, isAgain, onRewritten }: ChoicesProps) {
  const { form, change, isNamed } = state;
  return (
    <Panel>
      <div className="grid gap-3">
        {isAgain && (
          <Adopt
            stack={form.name}
            onText={(text) => {
              change({ files: [{ name: "docker-compose.yml", text, kind: "compose" }] });
              onRewritten();
            }}
          />
        )}
        {isNew && (
          <TextField
            label={t("deploy.name")}
            value={form.name}
            error={form.name !== "" && !isNamed ? t("deploy.nameRule") : undefined}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => change({ name: event.target.value })}
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
          label={t("deploy.prune")}
          hint={t("deploy.pruneHint")}
          checked={form.prune}
          onCheckedChange={(checked) => change({ prune: checked })}
        />
      </div>
    </Panel>
  );
}
