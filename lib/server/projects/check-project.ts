import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { projectProblems } from "#lib/shared/projects/project-problems.ts";
import { projectName } from "#lib/shared/projects/schemas.ts";
import type { StackContent } from "#lib/shared/stacks/schemas.ts";
import { type CheckedFiles, readFiles } from "../stacks/check-files.ts";

/** Variables that change what compose itself does: other files, another project. Profiles are a choice of the person. */
const reserved = /^(COMPOSE_(?!PROFILES$)\w*|BUILDX?_\w*|BUILDKIT_\w*)$/i;

/** The files of a project, read and judged by themselves. Throws invalid_input for a name that is none, and too_large. */
export function checkProject(project: string, content: StackContent): CheckedFiles {
  requireProjectName(project);
  const checked = readFiles(content, projectProblems);
  const names = Object.keys(checked.env).filter((name) => reserved.test(name));
  const problems = names.map((name) => ({
    severity: "error" as const,
    message: t("deploy.problem.envName", { name }),
    file: ".env",
    line: null,
  }));
  return { ...checked, problems: [...checked.problems, ...problems] };
}

/** Throws invalid_input. */
function requireProjectName(project: string): void {
  if (!projectName.test(project))
    throw new AppError("invalid_input", t("projects.error.name", { name: project.slice(0, 80) }));
}
