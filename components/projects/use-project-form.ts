"use client";

import { type FilesForm, useFilesForm, versionAgain } from "#components/deploy/use-files-form.ts";
import { projectName } from "#lib/shared/projects/schemas.ts";
import type { ProjectPlan } from "#lib/shared/projects/types.ts";
import type { StackFiles } from "#lib/shared/stacks/types.ts";
import { type ProjectAddress, projectPath } from "./project-href.ts";

interface ProjectForm extends FilesForm {
  readonly node: string | null;
  readonly prune: boolean;
  readonly recreate: boolean;
}

/** The form of a project's deploy. */
export function useProjectForm(address: ProjectAddress | null, initial: StackFiles) {
  const state = useFilesForm<ProjectForm, ProjectPlan>({
    start: {
      name: address?.name ?? "",
      node: address?.node ?? null,
      files: initial.files,
      env: initial.env,
      prune: false,
      recreate: false,
      message: "",
    },
    isNamed: ({ name }) => projectName.test(name),
    pathOf: projectPath,
    bodyOf: ({ files, env, prune, recreate }) => ({ files, env, prune, recreate }),
  });
  const deploy = () =>
    state.deploy(async ({ fingerprint }) => ({ plan: fingerprint, ...versionAgain(initial, state.form) }));
  return { ...state, deploy };
}
