import { createHash } from "node:crypto";
import type { StacksTables } from "#lib/server/db/stacks.ts";
import type { AuditLog, Caller } from "#lib/server/runtime-types.ts";
import type { ClusterStacks } from "#lib/server/stack-types.ts";
import { AppError } from "#lib/shared/errors.ts";
import { phrase } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { mayDo } from "#lib/shared/roles.ts";
import type { StackDeployInput } from "#lib/shared/stacks/schemas.ts";
import type { DeployedService, StackPlan } from "#lib/shared/stacks/types.ts";
import { requireConfirm } from "../cluster/actions/confirm.ts";
import type { ActionContext } from "../cluster/actions/context.ts";
import { mayReachHost } from "../cluster/actions/host-access.ts";
import type { NodeEngines } from "../cluster/nodes/node-engines.ts";
import type { Resources } from "../cluster/resources/resources.ts";
import { findDockerCli } from "../docker-cli/find-docker.ts";
import { refusal } from "../docker-cli/private-socket.ts";
import { type CheckedFiles, checkFiles, firstError, problemInWords } from "./check-files.ts";
import { createOutput, failureOf } from "./cli-words.ts";
import { stackDrift } from "./drift.ts";
import { createFileSwaps, type FileSwapsOptions } from "./file-swaps.ts";
import { createFileTidier } from "./file-tidier.ts";
import { type MadePlan, makePlan } from "./make-plan.ts";
import { readFiles } from "./read-stack.ts";
import { removeStack, startStack, stopStack } from "./remove-stack.ts";
import { filesToReplace } from "./replaced-files.ts";
import { runDeploy } from "./run-deploy.ts";
import { createStackVersions, isWrite, type KeptSpec, type StackVersions } from "./stack-versions.ts";
import { createWriter, type Written } from "./writer.ts";

/** Where deploys of stacks are kept, what seals their files, and where the docker command gets them. */
export interface KeptStacks {
  readonly tables: StacksTables;
  readonly sealKey: string;
  readonly workDir: string;
  /** The docker command as named; null: the one that PATH finds. */
  readonly dockerCli: string | null;
  /** Left out: what deploys remove and show is not audited. */
  readonly audit?: Pick<AuditLog, "write">;
}

export interface StacksOptions extends KeptStacks {
  readonly ctx: ActionContext;
  readonly resources: Resources;
  readonly engines: Pick<NodeEngines, "all">;
  readonly onError: (error: unknown) => void;
}

/** Deploys stacks with the docker command, one of each at a time; different ones do not wait for each other. */
export function createClusterStacks(options: StacksOptions): ClusterStacks & { end(): void } {
  const { ctx, resources, engines, tables, workDir, dockerCli, sealKey, audit, onError } = options;
  const versions = createStackVersions(options);
  /** Who deploys what right now. */
  const running = new Map<string, string>();
  const ended = new AbortController();
  const tidier = createFileTidier({
    ctx, resources, versions, audit: audit ?? null, isBusy: (stack) => running.has(stack), signal: ended.signal,
    onError,
  }); // biome-ignore format: short
  for (const { stack, id } of versions.untidy()) void tidier.follow(stack, id);
  const folder = `${workDir}/${createHash("sha256").update(ctx.clusterId).digest("hex").slice(0, 8)}`;

  const planOf = (
    caller: Caller,
    stack: string,
    input: StackDeployInput,
    checked: CheckedFiles,
    isLook = false,
  ) =>
    makePlan(ctx, {
      program: findDockerCli(dockerCli),
      stack,
      input,
      checked,
      workDir: folder,
      previous: versions.files(stack, null).files,
      nameKey: sealKey,
      uses: async () => (await resources.fileUses()).present,
      mayShow: (name) => isLook && mayShow(caller, name),
      mayReachHost: mayReachHost(ctx, caller),
      engines,
      signal: ended.signal,
    });

  /** Whoever may read configs may see what a plan compares; that is audited like any other look into one. */
  function mayShow(caller: Caller, name: string): boolean {
    if (!mayDo(caller.role, "config.reveal")) return false;
    const { address } = caller;
    audit?.write({ action: "config.reveal", caller, address, object: `config ${name}`, cluster: ctx.clusterId, result: "ok" }); // biome-ignore format: short
    return true;
  }

  async function held<T>(
    caller: Caller,
    stack: string,
    work: (release: () => void) => Promise<T>,
  ): Promise<T> {
    const by = running.get(stack);
    if (by !== undefined) throw new AppError("conflict", t("deploy.error.busy", { stack, name: by }));
    running.set(stack, caller.name);
    const release = () => void running.delete(stack);
    try {
      await tidier.idle(stack);
      return await work(release);
    } catch (error) {
      release();
      throw error;
    }
  }

  return {
    check: (stack, content) => checkFiles(stack, content).problems,
    async plan(caller, stack, input) {
      const made = await planOf(caller, stack, { ...input, message: "" }, checkFiles(stack, input), true);
      return made.plan;
    },
    deploy: (caller, stack, input) =>
      held(caller, stack, async (release) => {
        const checked = checkFiles(stack, input);
        const made = await planOf(caller, stack, input, checked);
        requireGood(stack, input, made.plan);
        const services = made.plan.services.map(
          ({ id, name, action }): DeployedService => ({ id, name, action, written: false, operation: null }),
        );
        const { userId, name, role, via } = caller;
        const replaced = filesToReplace(made.files.choices, { userId, name, role, via });
        const version = versions.begin(caller, stack, input, services, replaced);
        void write(options, versions, {
          caller,
          stack,
          input,
          checked,
          made,
          version,
          services,
          folder,
          signal: ended.signal,
        }).finally(() => {
          resources.forget("services", "networks", "secrets", "configs");
          release();
          void tidier.follow(stack, version);
        });
        return versions.detail(stack, String(version));
      }),
    versions: (stack, page) => versions.list(stack, page),
    version: (stack, id) => versions.detail(stack, id),
    files: (stack, id) => versions.files(stack, id),
    drift: (stack) => stackDrift(ctx, versions, stack),
    remove: (caller, stack, input) =>
      held(caller, stack, async (release) => {
        const gone = await removeStack(ctx, caller, stack, input);
        resources.forget("services", "networks", "secrets", "configs");
        release();
        return gone;
      }),
    stop: (caller, stack, input) => stopStack(ctx, tables, caller, stack, input),
    start: (caller, stack) => startStack(ctx, tables, caller, stack),
    end: () => ended.abort(),
  };
}

/** Throws where the deploy must not begin. */
function requireGood(stack: string, input: StackDeployInput, plan: StackPlan): void {
  const error = firstError(plan.problems);
  if (error) {
    throw new AppError(
      "invalid_input",
      t("deploy.error.problem", { stack, problem: problemInWords(error) }),
      {
        details: { problems: plan.problems },
      },
    );
  }
  if (input.plan !== undefined && input.plan !== plan.fingerprint)
    throw new AppError("conflict", t("deploy.error.otherPlan", { stack }));
  requireConfirm(plan.confirm, stack, input.confirm);
}

/** Refuses what the plan has not shown: somebody made or removed a secret or config meanwhile. */
function otherThan({ files }: MadePlan): FileSwapsOptions["refuse"] {
  return ({ kind, name, to }) =>
    files.choices.some((each) => each.kind === kind && each.name === name && each.chosen.name === to)
      ? null
      : refusal(409, t("deploy.refusal.changed", { name }));
}

interface Write {
  readonly caller: Caller;
  readonly stack: string;
  readonly input: StackDeployInput;
  readonly checked: CheckedFiles;
  readonly made: MadePlan;
  readonly version: number;
  readonly services: readonly DeployedService[];
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** Output is written down this often at most, ms: pages ask for it. */
const outputEveryMs = 250;

/** The second run of the command, for real. Never rejects: how it went is in the version. */
async function write({ ctx, dockerCli }: StacksOptions, versions: StackVersions, run: Write): Promise<void> {
  const { caller, stack, input, checked, made, version } = run;
  let services = run.services;
  const specs: Record<string, KeptSpec> = {};
  const output = createOutput();
  let savedAt = 0;
  const progress = () => ({ services, specs, output: output.text() });
  const onWritten = ({ id, name, operation, spec }: Written) => {
    services = services.map((each) =>
      each.name === name ? { ...each, id, operation, written: true } : each,
    );
    if (spec !== null) specs[id] = { name, spec };
    versions.progress(version, progress());
  };
  const onOutput = (text: string) => {
    output.add(text);
    if (ctx.now() - savedAt < outputEveryMs) return;
    savedAt = ctx.now();
    versions.progress(version, progress());
  };
  let code: number | null = null;
  try {
    const swaps = createFileSwaps({
      ...made.files.options,
      load: () => readFiles(ctx),
      refuse: otherThan(made),
    });
    const handle = createWriter({
      ctx,
      caller,
      stack,
      live: made.live,
      files: input.files,
      swaps,
      onWritten,
    });
    code = await runDeploy(ctx, {
      program: findDockerCli(dockerCli),
      stack,
      input,
      env: checked.env,
      workDir: run.folder,
      handle,
      onOutput,
      signal: run.signal,
    });
  } catch (error) {
    output.add(`${error instanceof Error ? error.message : String(error)}\n`);
  }
  // The server ends: the next one tells that this was interrupted.
  if (run.signal.aborted) return;
  if (code === 0) {
    versions.end(version, {
      ...progress(),
      state: "converging",
      words: phrase("deploy.words.converging", { done: 0, n: services.length }),
    });
    return;
  }
  const written = services.filter((each) => each.written).length;
  const why = problemInWords(failureOf(output.text(), checked.trees));
  const n = services.filter(isWrite).length;
  const words =
    written === 0
      ? phrase("deploy.words.refused", { why })
      : phrase("deploy.words.partly", { why, written, n });
  versions.end(version, { ...progress(), state: written === 0 ? "refused" : "failed", words });
}
