import type { Caller } from "#lib/server/runtime-types.ts";
import type { StackContent, StackDeployInput, StackPlanInput } from "#lib/shared/stacks/schemas.ts";
import type {
  StackDrift, StackFiles, StackPlan, StackProblem, StackRemoval, StackVersion, StackVersionDetail,
} from "#lib/shared/stacks/types.ts"; // biome-ignore format: one block

/** Deploying stacks of one cluster, and what is kept of it. Every method may throw AppError. */
export interface ClusterStacks {
  /** What the files say about themselves, without a look at the cluster. */
  check(stack: string, content: StackContent): readonly StackProblem[];
  plan(caller: Caller, stack: string, input: StackPlanInput): Promise<StackPlan>;
  /** Begins a deploy and answers when the docker command has begun. Throws conflict while another one of this stack runs. */
  deploy(caller: Caller, stack: string, input: StackDeployInput): Promise<StackVersion>;
  /** Newest first. */
  versions(stack: string, page: { before?: number; limit?: number }): readonly StackVersion[];
  version(stack: string, id: string): StackVersionDetail;
  /** The files of a version; of the newest one that was written, without an id. */
  files(stack: string, id: string | null): StackFiles;
  drift(stack: string): Promise<StackDrift>;
  /** Removes everything that carries the stack's label. Throws confirmation_needed with a list of it. */
  remove(caller: Caller, stack: string, input: { confirm?: string }): Promise<StackRemoval>;
  /** Scales its services to 0, and remembers how many replicas each had. Answers what stays as it is, in sentences. */
  stop(caller: Caller, stack: string, input: { confirm?: string }): Promise<readonly string[]>;
  /** Gives stopped services their replicas again. */
  start(caller: Caller, stack: string): Promise<readonly string[]>;
}
