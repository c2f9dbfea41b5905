"use client";

import { useEffect, useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useLeaveGuard } from "#components/cluster/use-leave-guard.ts";
import { useSubmit } from "#components/ui/use-submit.ts";
import { ApiError, api } from "#lib/client/api.ts";
import type { StackFile, StackProblem } from "#lib/shared/stacks/types.ts";

/** What a person has written and chosen, for a stack or a project. */
export interface FilesForm {
  readonly name: string;
  readonly files: readonly StackFile[];
  readonly env: string;
  /** Kept with the version; no part of what is planned. */
  readonly message: string;
}

interface FilesFormOptions<Form extends FilesForm> {
  readonly start: Form;
  readonly isNamed: (form: Form) => boolean;
  /** The path in the cluster's API: `/stacks/web` and what is below it. */
  readonly pathOf: (form: Form, below: string) => string;
  /** What a plan, and the deploy of it, is asked with. */
  readonly bodyOf: (form: Form) => object;
}

/** Typing is looked at after this pause, ms. */
const checkAfterMs = 500;

/**
 * The form of a deploy: checked while one types, planned and deployed on demand. A plan is for exactly what was planned.
 * What was not deployed is not left without asking.
 */
export function useFilesForm<
  Form extends FilesForm,
  Plan extends { readonly problems: readonly StackProblem[] },
>({ start, isNamed, pathOf, bodyOf }: FilesFormOptions<Form>) {
  const { apiPath } = useCluster();
  const [form, setForm] = useState(start);
  const [planned, setPlanned] = useState<{ readonly of: string; readonly plan: Plan } | null>(null);
  const [checked, setChecked] = useState<readonly StackProblem[]>([]);
  /** Of the version, or the run, that was begun last. */
  const [begun, setBegun] = useState<number | null>(null);
  const planning = useSubmit();
  const deploying = useSubmit();
  const content = JSON.stringify({ files: form.files, env: form.env });
  // What was deployed is kept as a version.
  const [kept, setKept] = useState(content);
  useLeaveGuard(content !== kept);
  const isReady = isNamed(form);
  const path = (below: string) => apiPath(pathOf(form, below));
  const checkPath = path("/check");
  useEffect(() => {
    if (!isReady) return;
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
  }, [checkPath, content, isReady]);
  const what = JSON.stringify({ ...form, message: "" });
  const plan = planned?.of === what ? planned.plan : null;
  const refused = problemsOf(deploying.error);

  return {
    form,
    isNamed: isReady,
    plan,
    problems: plan ? plan.problems : refused.length > 0 ? refused : checked,
    begun,
    planning,
    deploying,
    change: (part: Partial<Form>) => setForm((now) => ({ ...now, ...part })),
    makePlan: () =>
      planning.run(async () => {
        setBegun(null);
        deploying.reset();
        setPlanned({ of: what, plan: await api.post<Plan>(path("/plan"), bodyOf(form)) });
      }),
    /** `more` adds to what is sent; null: the person has thought better of it. */
    deploy: (more: (plan: Plan) => Promise<object | null>) =>
      deploying.run(async () => {
        if (plan === null) return;
        const extra = await more(plan);
        if (extra === null) return;
        const body = { ...bodyOf(form), message: form.message, ...extra };
        setBegun((await api.post<{ readonly id: number }>(path("/deploy"), body)).id);
        setKept(content);
        setPlanned(null);
      }),
  };
}

function problemsOf(error: unknown): readonly StackProblem[] {
  const found = error instanceof ApiError ? error.problem?.details?.problems : undefined;
  return Array.isArray(found) ? (found as readonly StackProblem[]) : [];
}

/** Deploying exactly these files again says which version they are. */
export function versionAgain(
  initial: { readonly files: readonly StackFile[]; readonly env: string; readonly version: number | null },
  form: Pick<FilesForm, "files" | "env">,
): { readonly fromVersion?: number } {
  const isSame = JSON.stringify([initial.files, initial.env]) === JSON.stringify([form.files, form.env]);
  return initial.version !== null && isSame ? { fromVersion: initial.version } : {};
}
