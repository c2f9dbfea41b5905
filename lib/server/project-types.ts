import type { Caller } from "#lib/server/runtime-types.ts";
import type { LogTarget } from "#lib/shared/logs/log-line.ts";
import type {
  ProjectDeployInput,
  ProjectPlanInput,
  ProjectRemoveInput,
} from "#lib/shared/projects/schemas.ts";
import type {
  ComposeFacts, ProjectDetail, ProjectItem, ProjectPlan, ProjectRun, ProjectRunDetail, ProjectRunKind,
} from "#lib/shared/projects/types.ts"; // biome-ignore format: one block
import type { StackContent } from "#lib/shared/stacks/schemas.ts";
import type { StackFiles, StackProblem } from "#lib/shared/stacks/types.ts";

/** Which project: its name, and the node by id or name where the name alone does not say it. */
export interface ProjectRef {
  readonly project: string;
  readonly node?: string | undefined;
}

/** The compose projects of one cluster's engines. Every method may throw AppError. */
export interface ClusterProjects {
  /** As the containers tell, without asking an engine. */
  list(node: string | undefined): readonly ProjectItem[];
  /** Whether there is a compose that works, asked once. */
  compose(): Promise<ComposeFacts>;
  detail(ref: ProjectRef): Promise<ProjectDetail>;
  /** The containers whose logs are the project's. */
  logTargets(ref: ProjectRef): readonly LogTarget[];
  /** What the files say about themselves. */
  check(project: string, content: StackContent): readonly StackProblem[];
  plan(caller: Caller, ref: ProjectRef, input: ProjectPlanInput): Promise<ProjectPlan>;
  /** Begins a deploy. Throws conflict while something else is done to the project. */
  deploy(caller: Caller, ref: ProjectRef, input: ProjectDeployInput): Promise<ProjectRunDetail>;
  /** Begins one of the simple actions; a pull needs the files of a version. */
  act(
    caller: Caller,
    ref: ProjectRef,
    kind: Exclude<ProjectRunKind, "up" | "down">,
  ): Promise<ProjectRunDetail>;
  /** Begins taking a project down. Throws confirmation_needed with a list of what goes. */
  remove(caller: Caller, ref: ProjectRef, input: ProjectRemoveInput): Promise<ProjectRunDetail>;
  /** Deploys, newest first. */
  versions(
    ref: ProjectRef,
    page: { before?: number | undefined; limit?: number | undefined },
  ): readonly ProjectRun[];
  run(ref: ProjectRef, id: string): ProjectRunDetail;
  /** The files of a version; of the newest one that stayed, without an id. */
  files(ref: ProjectRef, id: string | null): StackFiles;
}
