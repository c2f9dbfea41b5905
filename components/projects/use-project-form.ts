"use client";

import "#lib/shared/i18n/pages/projects.ts";
import { useEffect, useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useLeaveGuard } from "#components/cluster/use-leave-guard.ts";
import { useSubmit } from "#components/ui/use-submit.ts";
import { ApiError, api } from "#lib/client/api.ts";
import { projectName } from "#lib/shared/projects/schemas.ts";
import type { ProjectPlan, ProjectRun } from "#lib/shared/projects/types.ts";
import type { StackFile, StackFiles, StackProblem } from "#lib/shared/stacks/types.ts";
import { type ProjectAddress, projectPath } from "./project-href.ts";

/** What a person has written and chosen. */
export interface ProjectForm {
  readonly name: string;
  readonly node: string | null;
  readonly files: readonly StackFile[];
  readonly env: string;
  readonly prune: boolean;
  readonly recreate: boolean;
  readonly message: string;
}

/** Typing is looked at after this pause, ms. */
const checkAfterMs = 500;

/** The form of a deploy: checked while one types, planned and deployed on demand. A plan is for exactly what was planned. */
export function useProjectForm(address: ProjectAddress | null, initial: StackFiles) {
  const { apiPath } = useCluster();
  const [form, setForm] = useState<ProjectForm>({
    name: address?.name ?? "", node: address?.node ?? null, files: initial.files, env: initial.env,
    prune: false, recreate: false, message: "",
  }); // biome-ignore format: short
  const [planned, setPlanned] = useState<{ readonly of: string; readonly plan: ProjectPlan } | null>(null);
  const [checked, setChecked] = useState<readonly StackProblem[]>([]);
  const [run, setRun] = useState<number | null>(null);
  const planning = useSubmit();
  const deploying = useSubmit();
  const { files, env, prune, recreate, message } = form;
  const isNamed = projectName.test(form.name);
  const pathOf = (below: string) => apiPath(projectPath(form, below));
  const checkPath = pathOf("/check");
  const content = JSON.stringify({ files, env });
  // What was deployed is kept as a version.
  const [kept, setKept] = useState(content);
  useLeaveGuard(content !== kept);
  const what = JSON.stringify({ ...form, message: "" });
  useEffect(() => {
    if (!isNamed) return;
    const ended = new AbortController();
    const timer = setTimeout(() => {
      api
        .post<{ problems: readonly StackProblem[] }>(checkPath, JSON.parse(content) as object, {
          signal: ended.signal,
        })
        .then(({ problems }) => setChecked(problems))
        // The plan will say it: a check that did not come through keeps nobody from typing.
        .catch(() => undefined);
    }, checkAfterMs);
    return () => {
      clearTimeout(timer);
      ended.abort();
    };
  }, [checkPath, content, isNamed]);
  const plan = planned?.of === what ? planned.plan : null;

  const makePlan = () =>
    planning.run(async () => {
      setRun(null);
      deploying.reset();
      const made = await api.post<ProjectPlan>(pathOf("/plan"), { files, env, prune, recreate });
      setPlanned({ of: what, plan: made });
    });

  const deploy = () =>
    deploying.run(async () => {
      if (plan === null) return;
      const isAgain =
        initial.version !== null && JSON.stringify({ files: initial.files, env: initial.env }) === content;
      const begun = await api.post<ProjectRun>(pathOf("/deploy"), {
        files, env, prune, recreate, message, plan: plan.fingerprint,
        ...(isAgain && { fromVersion: initial.version }),
      }); // biome-ignore format: short
      setRun(begun.id);
      setKept(content);
      setPlanned(null);
    });

  const refused = problemsOf(deploying.error);
  const problems = plan ? plan.problems : refused.length > 0 ? refused : checked;
  const change = (part: Partial<ProjectForm>) => setForm((now) => ({ ...now, ...part }));
  return { form, change, isNamed, problems, plan, run, planning, deploying, makePlan, deploy };
}

function problemsOf(error: unknown): readonly StackProblem[] {
  const found = error instanceof ApiError ? error.problem?.details?.problems : undefined;
  return Array.isArray(found) ? (found as readonly StackProblem[]) : [];
}
