"use client";

import "#lib/shared/i18n/pages/deploy.ts";
import { useAsk } from "#components/cluster/ask.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { stackName } from "#lib/shared/stacks/schemas.ts";
import type { StackFiles, StackPlan } from "#lib/shared/stacks/types.ts";
import { type FilesForm, useFilesForm, versionAgain } from "./use-files-form.ts";

interface StackForm extends FilesForm {
  readonly prune: boolean;
}

/** The form of a stack's deploy. Where the plan wants it, the person types the stack's name first. */
export function useStackForm(stack: string | null, initial: StackFiles) {
  const ask = useAsk();
  const state = useFilesForm<StackForm, StackPlan>({
    start: { name: stack ?? "", files: initial.files, env: initial.env, prune: false, message: "" },
    isNamed: ({ name }) => stackName.test(name),
    pathOf: ({ name }, below) => `/stacks/${encodeURIComponent(name)}${below}`,
    bodyOf: ({ files, env, prune }) => ({ files, env, prune }),
  });
  const { form } = state;
  const { name } = form;
  const deploy = () =>
    state.deploy(async ({ fingerprint, confirm }) => {
      if (confirm !== null) {
        const title = t("deploy.deployName", { name });
        const verb = t("deploy.deploy");
        const yes = await ask({ title, sentence: confirm, verb, danger: true, typedName: name });
        if (!yes) return null;
      }
      return {
        plan: fingerprint,
        ...versionAgain(initial, form),
        ...(confirm !== null && { confirm: name }),
      };
    });
  return { ...state, deploy };
}
