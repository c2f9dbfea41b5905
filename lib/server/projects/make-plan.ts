import { createHash } from "node:crypto";
import type { WireContainer } from "#lib/server/docker/wire.ts";
import type { WireContainerInspect } from "#lib/server/docker/wire-container.ts";
import type { ProjectPlanInput } from "#lib/shared/projects/schemas.ts";
import type { PlannedProjectService, ProjectPlan } from "#lib/shared/projects/types.ts";
import type { StackProblem } from "#lib/shared/stacks/types.ts";
import type { ActionContext } from "../cluster/actions/context.ts";
import type { LinkedNode } from "../cluster/nodes/node-engines.ts";
import { type CheckedFiles, firstError } from "../stacks/check-files.ts";
import { createOutput, failureOf } from "../stacks/cli-words.ts";
import type { ComposeCli } from "./compose-cli.ts";
import { createEngineCalls } from "./engine-calls.ts";
import { createJudge } from "./judge.ts";
import { composeLabels } from "./labels.ts";
import { createRecorder, type RecordedContainer, type Recording } from "./recorder.ts";
import { runCompose } from "./run-compose.ts";
import { differences } from "./why-changed.ts";

export interface PlanOptions {
  readonly cli: ComposeCli;
  readonly node: LinkedNode;
  readonly project: string;
  readonly input: ProjectPlanInput;
  readonly checked: CheckedFiles;
  readonly mayReachHost: boolean;
  readonly ownVolumes: ReadonlySet<string>;
  readonly registryAuth: ActionContext["registryAuth"];
  readonly workDir: string;
  readonly signal: AbortSignal;
}

/** What an `up` of these files would do: the same run against a socket that records. Throws what the engine throws. */
export async function makePlan(options: PlanOptions): Promise<ProjectPlan> {
  const { checked, input, node, project } = options;
  if (firstError(checked.problems)) return planOf(checked.problems, [], null, "", input);
  const output = createOutput();
  let recorder: ReturnType<typeof createRecorder> | null = null;
  const code = await runCompose({
    ...options,
    files: input.files,
    env: checked.env,
    words: ["create", ...choicesOf(input)],
    onOutput: (text) => output.add(text),
    handler(folder) {
      const judge = createJudge({ ...options, engine: node.engine, folder });
      recorder = createRecorder({
        project,
        read: createEngineCalls({ ...options, judge, rescue: null }),
        judgeContainer: judge.container,
        judgePart: (path, body) => (path === "/volumes/create" ? judge.volume(body) : judge.network(body)),
      });
      return recorder.handle;
    },
  });
  const recording = (recorder as ReturnType<typeof createRecorder> | null)?.recording() ?? null;
  const problems: StackProblem[] = [...checked.problems, ...refusals(recording, checked)];
  if (code !== 0) problems.push(failureOf(output.text(), checked.trees));
  const services = recording && code === 0 ? await servicesOf(node, recording, servicesIn(checked)) : [];
  return planOf(problems, services, recording, output.text(), input);
}

/** What a person chose, in words of `create` and `up`. */
export function choicesOf({ prune, recreate }: ProjectPlanInput): readonly string[] {
  return [...(prune ? ["--remove-orphans"] : []), ...(recreate ? ["--force-recreate"] : []), "--no-build"];
}

function refusals(recording: Recording | null, { trees }: CheckedFiles): readonly StackProblem[] {
  return (recording?.refused ?? []).map(({ service, why }) => {
    const tree = [...trees].reverse().find((each) => each.lineOf(["services", service]) !== null);
    const line = service === "" ? null : (tree?.lineOf(["services", service]) ?? null);
    return { severity: "error", message: why, file: line === null ? null : (tree?.file ?? null), line };
  });
}

function planOf(
  problems: readonly StackProblem[],
  services: readonly PlannedProjectService[],
  recording: Recording | null,
  output: string,
  input: ProjectPlanInput,
): ProjectPlan {
  const { pulls = [], networks = [], volumes = [], made = [] } = recording ?? {};
  // Where the files lay for this run is not what they say.
  const bodies = made.map(({ service, name, body }) => [service, name, { ...body, Labels: null }]);
  // Compose makes several at once, in whatever order.
  bodies.sort((a, b) => `${a.slice(0, 2)}`.localeCompare(`${b.slice(0, 2)}`));
  const said = JSON.stringify([input.files, input.env, services, pulls, networks, volumes, bodies]);
  return {
    services,
    pulls,
    networks,
    volumes,
    problems,
    output,
    isEmpty:
      services.every(({ action }) => action === "unchanged" || action === "left") &&
      networks.length + volumes.length === 0,
    fingerprint: createHash("sha256").update(said).digest("base64url"),
  };
}

async function servicesOf(
  node: LinkedNode,
  { made, removed, present }: Recording,
  inFiles: ReadonlySet<string>,
): Promise<readonly PlannedProjectService[]> {
  const isRun = ({ Labels }: WireContainer) => Labels?.["com.docker.compose.oneoff"] === "True";
  const there = present.filter((row) => !isRun(row));
  const names = new Set([...made.map(({ service }) => service), ...there.map(serviceName)]);
  const replaced = new Set(made.flatMap(({ replaces }) => replaces ?? []));
  const gone = new Set(removed.filter((id) => !replaced.has(id)));
  const planned = [...names].sort().map(async (name): Promise<readonly PlannedProjectService[]> => {
    const own = there.filter((row) => serviceName(row) === name);
    const changed = made.filter((each) => each.service === name && each.replaces !== null);
    const created = made.filter((each) => each.service === name && each.replaces === null);
    const leaves = own.filter(({ Id }) => gone.has(Id ?? ""));
    const stays = own.filter(({ Id }) => !gone.has(Id ?? "") && !replaced.has(Id ?? ""));
    const sleeping = stays.filter(({ State }) => State !== "running");
    const because = changed[0] ? await whyReplaced(node, changed[0]) : [];
    const parts: PlannedProjectService[] = [];
    const add = (action: PlannedProjectService["action"], n: number, why: readonly string[] = []) =>
      n > 0 && parts.push({ name, action, containers: n, because: why });
    add("change", changed.length, because);
    add("create", created.length);
    add("remove", leaves.length);
    // Compose says nothing to the engine about what it leaves: what the files do not name is told apart here.
    if (!inFiles.has(name)) add("left", stays.length);
    else {
      add("start", sleeping.length);
      add("unchanged", stays.length - sleeping.length);
    }
    return parts;
  });
  return (await Promise.all(planned)).flat();
}

/** The services that the files name. */
function servicesIn({ trees }: CheckedFiles): ReadonlySet<string> {
  const maps = trees.map(({ value }) => (value as { services?: object } | null)?.services ?? {});
  return new Set(maps.flatMap((services) => Object.keys(services)));
}

function serviceName({ Labels, Names }: WireContainer): string {
  return Labels?.[composeLabels.service] ?? (Names?.[0] ?? "").replace(/^\//, "");
}

async function whyReplaced(
  node: LinkedNode,
  { replaces, body }: RecordedContainer,
): Promise<readonly string[]> {
  const old = await node.engine
    .get<WireContainerInspect>(`/containers/${replaces}/json`, { signal: node.signal })
    .catch(() => null);
  return old === null ? [] : differences(old, body);
}
