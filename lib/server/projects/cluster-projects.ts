import { createHash } from "node:crypto";
import type { ProjectsTable } from "#lib/server/db/projects.ts";
import type { ClusterProjects, ProjectRef } from "#lib/server/project-types.ts";
import type { Caller } from "#lib/server/runtime-types.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { type ProjectRow, projectRows } from "#lib/shared/projects/project-rows.ts";
import type { ProjectDeployInput, ProjectPlanInput } from "#lib/shared/projects/schemas.ts";
import type { ProjectItem, ProjectPlan, ProjectRunDetail } from "#lib/shared/projects/types.ts";
import type { ActionContext } from "../cluster/actions/context.ts";
import { escapeFacts, mayReachHost } from "../cluster/actions/host-access.ts";
import type { ContainerTable } from "../cluster/containers/container-table.ts";
import type { LinkedNode, NodeEngines } from "../cluster/nodes/node-engines.ts";
import { type CheckedFiles, firstError, problemInWords } from "../stacks/check-files.ts";
import { checkProject } from "./check-project.ts";
import { type ComposeCli, findCompose } from "./compose-cli.ts";
import { doRun, type RunOptions } from "./do-run.ts";
import { choicesOf, makePlan } from "./make-plan.ts";
import { createProjectPlaces } from "./project-places.ts";
import { requireRemoval, sourceOf } from "./project-reads.ts";
import { createProjectRuns, type RunStart } from "./project-runs.ts";
import { recover } from "./recover.ts";

/** Where deploys of projects are kept, what seals their files, and where the docker command gets them. */
export interface KeptProjects {
  readonly table: ProjectsTable;
  readonly sealKey: string;
  readonly workDir: string;
  /** The docker command as named; null: the one that PATH finds. */
  readonly dockerCli: string | null;
}

export interface ProjectsOptions extends KeptProjects {
  readonly ctx: ActionContext;
  readonly engines: NodeEngines;
  readonly containers: Pick<ContainerTable, "rows">;
  readonly onError: (error: unknown) => void;
}

const labelless = { files: [], env: {}, trees: [] } as const;

/** Runs compose for the projects of a cluster's engines, one thing at a time for each. */
export function createClusterProjects(options: ProjectsOptions): ClusterProjects & { end(): void } {
  const { ctx, engines, containers, dockerCli, table, sealKey } = options;
  const runs = createProjectRuns({ clusterId: ctx.clusterId, table, sealKey, now: ctx.now });
  const workDir = `${options.workDir}/${createHash("sha256").update(`projects ${ctx.clusterId}`).digest("hex").slice(0, 8)}`;
  const ended = new AbortController();
  const { signal } = ended;
  /** What runs right now, and who began it. */
  const running = new Map<string, { readonly by: string; id: number | null }>();
  const rows = () => projectRows(Object.values(containers.rows()));
  const places = createProjectPlaces(engines, rows);
  recover({ runs, engines, signal, onError: options.onError });

  let asked: Promise<ComposeCli> | null = null;
  const compose = async (): Promise<ComposeCli> => {
    asked ??= findCompose(dockerCli, workDir);
    const cli = await asked;
    // Somebody may install it meanwhile.
    if (cli.version === null) asked = null;
    return cli;
  };
  const required = async (): Promise<ComposeCli> => {
    const cli = await compose();
    if (cli.version === null) throw new AppError("no_docker_cli", cli.problem ?? "");
    return cli;
  };
  const rowOf = (node: string, project: string) =>
    rows().find((row) => row.nodeId === node && row.name === project) ?? null;
  const itemOf = ({ containers: _, ...row }: ProjectRow): ProjectItem => ({
    ...row,
    isKnown: runs.known().has(`${row.nodeId} ${row.name}`),
  });

  const planOf = (caller: Caller, cli: ComposeCli, node: LinkedNode, project: string, input: ProjectPlanInput, checked: CheckedFiles) =>
    makePlan({
      cli, node, project, input, checked, workDir, signal,
      mayReachHost: mayReachHost(ctx, caller), ownVolumes: escapeFacts(ctx, new Set()).ownVolumes, registryAuth: ctx.registryAuth,
    }); // biome-ignore format: one object

  async function held<T>(
    caller: Caller,
    node: string,
    project: string,
    work: (release: () => void) => Promise<T>,
  ): Promise<T> {
    const key = `${node} ${project}`;
    const other = running.get(key);
    if (other !== undefined)
      throw new AppError("conflict", t("projects.error.busy", { project, name: other.by }));
    if (rowOf(node, project)?.containers.some(({ isShoal }) => isShoal))
      throw new AppError("refused_by_engine", t("projects.error.own", { project }));
    running.set(key, { by: caller.name, id: null });
    const release = () => void running.delete(key);
    try {
      return await work(release);
    } catch (error) {
      release();
      throw error;
    }
  }

  type Doing = Pick<RunOptions, "cli" | "words" | "files" | "env" | "trees">;

  /** Begins a run and answers it as it stands then. */
  function start(
    caller: Caller,
    node: LinkedNode,
    project: string,
    begin: RunStart,
    doing: Doing,
    release: () => void,
  ): ProjectRunDetail {
    const key = runs.keyOf(node.id, project);
    const id = runs.begin(caller, key, begin);
    const entry = running.get(`${node.id} ${project}`);
    if (entry) entry.id = id;
    void doRun({
      ...doing, runs, id, node, project, workDir, kind: begin.kind, now: ctx.now,
      mayReachHost: mayReachHost(ctx, caller), ownVolumes: escapeFacts(ctx, new Set()).ownVolumes, registryAuth: ctx.registryAuth,
      isUpdate: rowOf(node.id, project) !== null,
      signal: AbortSignal.any([signal, node.signal]),
    }).finally(release); // biome-ignore format: one object
    return runs.detail(key, String(id));
  }

  return {
    list: (node) =>
      rows()
        .filter(({ nodeId, nodeName }) => node === undefined || node === nodeId || node === nodeName)
        .map(itemOf),
    async compose() {
      const { version, problem } = await compose();
      return { version, problem };
    },
    async detail(ref) {
      const row = places.row(ref);
      const { version, problem } = await compose();
      const source = await sourceOf(engines, row);
      const runningNow = running.get(`${row.nodeId} ${row.name}`)?.id ?? null;
      return { ...itemOf(row), source, runningNow, compose: { version, problem } };
    },
    logTargets: (ref) => {
      const { containers: own, nodeId } = places.row(ref);
      return own.map(({ id }) => ({ kind: "container" as const, id, node: nodeId }));
    },
    check: (project, content) => checkProject(project, content).problems,
    async plan(caller, ref, input) {
      const checked = checkProject(ref.project, input);
      return planOf(caller, await required(), places.node(ref), ref.project, input, checked);
    },
    async deploy(caller, ref, input) {
      const { project } = ref;
      const checked = checkProject(project, input);
      const [cli, node] = [await required(), places.node(ref)];
      return held(caller, node.id, project, async (release) => {
        requireGood(project, input, await planOf(caller, cli, node, project, input, checked));
        const { files, env, message, fromVersion } = input;
        const begin: RunStart = { kind: "up", message, fromVersion, content: { files, env } };
        const words = ["up", "--detach", ...choicesOf(input)];
        return start(
          caller,
          node,
          project,
          begin,
          { cli, words, files, env: checked.env, trees: checked.trees },
          release,
        );
      });
    },
    async act(caller, ref, kind) {
      const cli = await required();
      const row = kind === "pull" ? null : places.row(ref);
      const node = row ? engines.get(row.nodeId) : places.node(ref);
      return held(caller, node.id, ref.project, async (release) => {
        const doing = kind === "pull" ? filesToPull(ref, node) : labelless;
        return start(caller, node, ref.project, { kind }, { ...doing, cli, words: [kind] }, release);
      });
    },
    async remove(caller, ref, input) {
      const cli = await required();
      const row = places.row(ref);
      const node = engines.get(row.nodeId);
      await requireRemoval(node, row, input);
      return held(caller, node.id, row.name, async (release) => {
        const words = ["down", "--remove-orphans", ...(input.volumes ? ["--volumes"] : [])];
        return start(caller, node, row.name, { kind: "down" }, { ...labelless, cli, words }, release);
      });
    },
    versions: (ref, page) => runs.versions(keyOf(ref), page),
    run: (ref, id) => runs.detail(keyOf(ref), id),
    files: (ref, id) => runs.files(keyOf(ref), id),
    end: () => ended.abort(),
  };

  function keyOf(ref: ProjectRef) {
    return runs.keyOf(places.nodeId(ref), ref.project);
  }

  function filesToPull(ref: ProjectRef, node: LinkedNode) {
    const { version, files, env } = runs.files(runs.keyOf(node.id, ref.project), null);
    if (version === null)
      throw new AppError("not_found", t("projects.error.noFiles", { project: ref.project.slice(0, 80) }));
    const checked = checkProject(ref.project, { files: [...files], env });
    return { files, env: checked.env, trees: checked.trees };
  }
}

/** Throws where the deploy must not begin. */
function requireGood(project: string, input: ProjectDeployInput, plan: ProjectPlan): void {
  const error = firstError(plan.problems);
  if (error) {
    throw new AppError(
      "invalid_input",
      t("projects.error.problem", { project, problem: problemInWords(error) }),
      {
        details: { problems: plan.problems },
      },
    );
  }
  if (input.plan !== undefined && input.plan !== plan.fingerprint)
    throw new AppError("conflict", t("projects.error.otherPlan", { project }));
}
