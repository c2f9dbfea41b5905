"use client";

import "#lib/shared/i18n/pages/deploy.ts";

import { useEffect, useState } from "react";
import { useAsk } from "#components/cluster/ask.tsx";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useLeaveGuard } from "#components/cluster/use-leave-guard.ts";
import { useSubmit } from "#components/ui/use-submit.ts";
import { ApiError, api } from "#lib/client/api.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { stackName } from "#lib/shared/stacks/schemas.ts";
import type {
  StackFile,
  StackFiles,
  StackPlan,
  StackProblem,
  StackVersion,
} from "#lib/shared/stacks/types.ts";

/** What a person has written and chosen. */
export interface StackForm {
  readonly name: string;
  readonly files: readonly StackFile[];
  readonly env: string;
  readonly prune: boolean;
  readonly message: string;
}

/** Typing is looked at after this pause, ms. */
const checkAfterMs = 500;

/** The form of a deploy: checked while one types, planned and deployed on demand. A plan is for exactly what was planned. */
export function useStackForm(stack: string | null, initial: StackFiles) {
  const { apiPath } = useCluster();
  const ask = useAsk();
  const [form, setForm] = useState<StackForm>({
    name: stack ?? "", files: initial.files, env: initial.env, prune: false, message: "",
  }); // biome-ignore format: short
  const [planned, setPlanned] = useState<{ readonly of: string; readonly plan: StackPlan } | null>(null);
  const [checked, setChecked] = useState<readonly StackProblem[]>([]);
  const [version, setVersion] = useState<number | null>(null);
  const planning = useSubmit();
  const deploying = useSubmit();
  const { name, files, env, prune } = form;
  const isNamed = stackName.test(name);
  const path = apiPath(`/stacks/${encodeURIComponent(name)}`);
  const content = JSON.stringify({ files, env });
  // What was deployed is kept as a version.
  const [kept, setKept] = useState(content);
  useLeaveGuard(content !== kept);
  const what = JSON.stringify({ name, files, env, prune });
  useEffect(() => {
    if (!isNamed) return;
    const ended = new AbortController();
    const timer = setTimeout(() => {
      api
        .post<{ problems: readonly StackProblem[] }>(`${path}/check`, JSON.parse(content) as object, {
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
  }, [path, content, isNamed]);
  const plan = planned?.of === what ? planned.plan : null;

  const makePlan = () =>
    planning.run(async () => {
      setVersion(null);
      deploying.reset();
      setPlanned({ of: what, plan: await api.post<StackPlan>(`${path}/plan`, { files, env, prune }) });
    });

  const deploy = () =>
    deploying.run(async () => {
      if (plan === null) return;
      if (plan.confirm !== null) {
        const yes = await ask({ title: t("deploy.deployName", { name }), sentence: plan.confirm, verb: t("deploy.deploy"), danger: true, typedName: name }); // biome-ignore format: short
        if (!yes) return;
      }
      const begun = await api.post<StackVersion>(`${path}/deploy`, {
        files, env, prune, message: form.message, plan: plan.fingerprint,
        ...(initial.version !== null && isSame(initial, files, env) && { fromVersion: initial.version }),
        ...(plan.confirm !== null && { confirm: name }),
      }); // biome-ignore format: short
      setVersion(begun.id);
      setKept(content);
      setPlanned(null);
    });

  const refused = problemsOf(deploying.error);
  const problems = plan ? plan.problems : refused.length > 0 ? refused : checked;
  return { form, change: (part: Partial<StackForm>) => setForm((now) => ({ ...now, ...part })), isNamed, problems, plan, version, planning, deploying, makePlan, deploy }; // biome-ignore format: one object
}

function problemsOf(error: unknown): readonly StackProblem[] {
  const found = error instanceof ApiError ? error.problem?.details?.problems : undefined;
  return Array.isArray(found) ? (found as readonly StackProblem[]) : [];
}

function isSame(initial: StackFiles, files: readonly StackFile[], env: string): boolean {
  return JSON.stringify([initial.files, initial.env]) === JSON.stringify([files, env]);
}
