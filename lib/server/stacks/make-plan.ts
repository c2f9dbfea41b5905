import { createHash } from "node:crypto";
import { mapService } from "#lib/server/docker/map-service.ts";
import { sameSpec } from "#lib/server/docker/same-spec.ts";
import { projectedSpec } from "#lib/server/docker/settled-spec.ts";
import type { WireServiceSpec } from "#lib/server/docker/wire.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { jsonAt, withJsonAt } from "#lib/shared/lossless-json.ts";
import type { ServiceView } from "#lib/shared/model/types.ts";
import { eligibleNodes } from "#lib/shared/placement.ts";
import { addedEscapes } from "#lib/shared/policy/host-escapes.ts";
import { missingExternals, preflight } from "#lib/shared/stacks/preflight.ts";
import type { StackPlanInput } from "#lib/shared/stacks/schemas.ts";
import type {
  PlannedPart,
  PlannedService,
  StackFile,
  StackPlan,
  StackProblem,
} from "#lib/shared/stacks/types.ts";
import type { FileKind } from "#lib/shared/swarm-files/limits.ts";
import type { ActionContext } from "../cluster/actions/context.ts";
import { escapeFacts } from "../cluster/actions/host-access.ts";
import { specChanges } from "../cluster/actions/spec-diff.ts";
import { changeFacts } from "../cluster/history/change-facts.ts";
import type { NodeEngines } from "../cluster/nodes/node-engines.ts";
import type { NamedUse } from "../cluster/resources/file-uses.ts";
import { namesFile } from "../cluster/swarm-files/replace-file.ts";
import { type CheckedFiles, firstError } from "./check-files.ts";
import { createOutput, failureOf } from "./cli-words.ts";
import { readForCli } from "./engine-reads.ts";
import { ownNames } from "./file-names.ts";
import { createFileSwaps, type FileChoice, type FileSwapsOptions } from "./file-swaps.ts";
import { withNetworkIds } from "./network-names.ts";
import { missingOnNodes, type WrittenService } from "./node-checks.ts";
import { planParts } from "./plan-parts.ts";
import { readStack, type StackNow } from "./read-stack.ts";
import { createRecorder, type Recording } from "./recorder.ts";
import { runDeploy } from "./run-deploy.ts";
import { contentComparer } from "./same-content.ts";

/** A plan, and what a deploy is held to: the services as they were when it was made. */
export interface MadePlan {
  readonly plan: StackPlan;
  /** By id: the specification (JSON text) that the swarm had, and what it will show afterwards. */
  readonly live: ReadonlyMap<string, { readonly spec: string; readonly next: string | null }>;
  /** How secrets and configs were chosen, and which. */
  readonly files: { readonly options: FileSwapsOptions; readonly choices: readonly FileChoice[] };
}

export interface PlanRequest {
  /** Path of the docker command. */
  readonly program: string;
  readonly stack: string;
  readonly input: StackPlanInput;
  readonly checked: CheckedFiles;
  readonly workDir: string;
  /** The files of the last deploy; none where it is not known. */
  readonly previous: readonly StackFile[];
  /** Makes names of secrets and configs from their contents. */
  readonly nameKey: string;
  /** Which services have which secret or config now. */
  readonly uses: () => Promise<readonly NamedUse[]>;
  /** May a config that no deploy of this stack has brought be shown to who asks? It is told when it is. */
  readonly mayShow: (name: string) => boolean;
  readonly mayReachHost: boolean;
  readonly engines: Pick<NodeEngines, "all">;
  readonly signal: AbortSignal;
}

/** Asks the docker command itself what it would do, and compares that with what there is. Throws AppError. */
export async function makePlan(ctx: ActionContext, request: PlanRequest): Promise<MadePlan> {
  const { stack, input, checked } = request;
  const read = await readStack(ctx, stack);
  const options = swapsOptions(ctx, request, read);
  const failed = (problems: readonly StackProblem[], text: string) => failedPlan(options, problems, text);
  if (firstError(checked.problems)) return failed(checked.problems, "");
  const swaps = createFileSwaps(options);
  const recorder = createRecorder((call) => readForCli(ctx, call), swaps);
  const output = createOutput();
  const code = await runDeploy(ctx, {
    stack, input, program: request.program, env: checked.env, workDir: request.workDir, signal: request.signal,
    handle: recorder.handle, onOutput: output.add,
  }); // biome-ignore format: short
  const missing = missingExternals(checked.trees, read.present);
  if (code !== 0) {
    const said = failureOf(output.text(), checked.trees);
    const problems = [...checked.problems, ...missing, ...(missing.length > 0 ? [] : [said])];
    return failed(problems, output.text());
  }
  const known = [...checked.problems, ...missing];
  const files = { options, choices: swaps.choices() };
  const { written, ...made } = await compare(ctx, request, {
    read, files, recording: recorder.recording(), problems: known, output: output.text(),
  }); // biome-ignore format: short
  const paths = await missingOnNodes(ctx.model(), request.engines, written);
  return { ...made, plan: { ...made.plan, problems: [...made.plan.problems, ...paths] } };
}

function failedPlan(options: FileSwapsOptions, problems: readonly StackProblem[], output: string): MadePlan {
  const plan = { services: [], parts: [], problems, output, isEmpty: false, fingerprint: "", confirm: null };
  return { plan, live: new Map(), files: { options, choices: [] } };
}

function swapsOptions(ctx: ActionContext, request: PlanRequest, read: StackNow): FileSwapsOptions {
  const { stack, checked, nameKey, previous } = request;
  const used = read.services.flatMap(({ text }) =>
    [...(jsonAt(text, ["Spec"]) ?? "").matchAll(/"(?:SecretID|ConfigID|Config)":"(\w+)"/g)].map(
      ([, id = ""]) => id,
    ),
  );
  return {
    stack,
    cluster: ctx.clusterId,
    key: nameKey,
    own: ownNames(stack, checked.trees),
    load: async () => read,
    compare: contentComparer(ctx),
    used: new Set(used),
    live: (id) => jsonAt(read.services.find((service) => service.id === id)?.text ?? "{}", ["Spec"]),
    before: contentsOf(previous),
  };
}

/** What a plan is made from. */
interface Compared {
  readonly read: StackNow;
  readonly files: MadePlan["files"];
  readonly recording: Recording;
  readonly problems: readonly StackProblem[];
  readonly output: string;
}

async function compare(
  ctx: ActionContext,
  request: PlanRequest,
  { read, files, recording, problems, output }: Compared,
): Promise<MadePlan & { readonly written: readonly WrittenService[] }> {
  const { stack, input, mayReachHost } = request;
  const live = new Map<string, { spec: string; next: string | null }>();
  const planned = recording.services.map(({ id, name, spec }) => {
    const sent = withNetworkIds(spec, read.networkNames);
    const now = read.services.find((service) => service.id === id);
    const before = (now && jsonAt(now.text, ["Spec"])) ?? "null";
    const next = before === "null" ? sent : projectedSpec(before, sent);
    if (id !== null && now) live.set(id, { spec: before, next });
    return { service: planService(ctx, read, { id, name, before, next }), next };
  });
  const named = new Set(planned.map(({ service }) => service.name));
  const others = read.services.filter(({ name }) => !named.has(name));
  for (const { id, text } of others) live.set(id, { spec: jsonAt(text, ["Spec"]) ?? "null", next: null });
  const rest = others.map(({ id, name }) => leaving(ctx, id, name, recording.removed.includes(id)));
  const services = [...planned.map(({ service }) => service), ...rest].sort((a, b) =>
    a.name.localeCompare(b.name),
  );
  const parts = await planParts({
    stack, read, recording, choices: files.choices, compare: files.options.compare,
    usersOf: await usersAfter(request, files.choices, recording),
    mayShow: (name, data) => files.options.before?.has(data) || request.mayShow(name),
  }); // biome-ignore format: short
  const seen = planned.flatMap(({ service, next }) => {
    const view = viewOf(service, next);
    return view === null ? [] : [{ view, spec: next, action: service.action }];
  });
  const all = [
    ...problems,
    ...parts.problems,
    ...preflight(
      ctx.model(),
      seen.map(({ view }) => view),
      new Set(recording.removed),
    ),
    ...(mayReachHost ? [] : escapeProblems(services)),
  ];
  const plan: StackPlan = {
    services, parts: parts.parts, problems: all, output,
    isEmpty: services.every(isQuiet) && parts.parts.every(isQuiet),
    fingerprint: fingerprintOf(
      stack, input, planned.map(({ next }) => next), [...live.values()].map(({ spec }) => spec), files.choices,
    ),
    confirm: selfWarning(ctx, services),
  }; // biome-ignore format: short
  return { plan, live, files, written: seen.filter(({ action }) => action !== "unchanged") };
}

/** Says which services will have a secret or config when everything is written. */
async function usersAfter(
  { uses }: PlanRequest,
  choices: readonly FileChoice[],
  { services, removed }: Recording,
): Promise<(kind: FileKind, id: string) => readonly string[]> {
  if (choices.every(({ old }) => old.length === 0)) return () => [];
  const others = await uses();
  const changed = new Set([...services.flatMap(({ id }) => id ?? []), ...removed]);
  return (kind, id) => {
    const stay = others.filter((use) => use.kind === kind && use.file === id && !changed.has(use.service.id));
    const written = services.filter(({ spec }) => namesFile(spec, kind, id));
    return [
      ...new Set([...stay.map(({ service }) => service.name), ...written.map(({ name }) => name)]),
    ].sort();
  };
}

function contentsOf(files: readonly StackFile[]): ReadonlySet<string> | null {
  if (files.length === 0) return null;
  return new Set(files.map(({ text }) => Buffer.from(text).toString("base64")));
}

const isQuiet = ({ action }: PlannedService | PlannedPart) => action === "unchanged" || action === "left";

interface Planning {
  readonly id: string | null;
  readonly name: string;
  readonly before: string;
  readonly next: string;
}

function planService(
  ctx: ActionContext,
  read: StackNow,
  { id, name, before, next }: Planning,
): PlannedService {
  const { nameOf, host } = read.networkNames;
  const escapes = addedEscapes(JSON.parse(before), JSON.parse(next), escapeFacts(ctx, host));
  if (before === "null") {
    const view = viewOf({ id, name }, next);
    return {
      id, name, action: "create", changes: [], replacesTasks: false, tasks: view ? wantedTasks(ctx, view) : 0, because: [], escapes,
    }; // biome-ignore format: short
  }
  if (sameSpec(before, next)) {
    return {
      id,
      name,
      action: "unchanged",
      changes: [],
      replacesTasks: false,
      tasks: 0,
      because: [],
      escapes: [],
    };
  }
  const changes = specChanges(before, next, nameOf);
  const { replacesTasks } = changeFacts(before, next);
  const causes = specChanges(
    before,
    withJsonAt(
      withJsonAt(before, ["TaskTemplate"], jsonAt(next, ["TaskTemplate"])),
      ["EndpointSpec"],
      jsonAt(next, ["EndpointSpec"]),
    ),
    nameOf,
  );
  return {
    id, name, action: "change", changes, replacesTasks,
    tasks: replacesTasks ? presentTasks(ctx, id ?? "") : 0,
    because: replacesTasks ? [...new Set(causes.map(({ label }) => label))] : [],
    escapes,
  }; // biome-ignore format: short
}

function leaving(ctx: ActionContext, id: string, name: string, isRemoved: boolean): PlannedService {
  return {
    id, name, action: isRemoved ? "remove" : "left", changes: [], replacesTasks: false,
    tasks: isRemoved ? presentTasks(ctx, id) : 0, because: [], escapes: [],
  }; // biome-ignore format: short
}

function presentTasks(ctx: ActionContext, serviceId: string): number {
  const tasks = Object.values(ctx.model().tasks);
  return tasks.filter((task) => task.serviceId === serviceId && task.desired === "running").length;
}

function wantedTasks(ctx: ActionContext, view: ServiceView): number {
  return view.replicas ?? eligibleNodes(ctx.model(), view).length;
}

/** The service as the picture would show it, for what judges pictures. */
function viewOf({ id, name }: Pick<PlannedService, "id" | "name">, spec: string): ServiceView | null {
  const Spec = JSON.parse(spec) as WireServiceSpec;
  return mapService({ ID: id ?? `new ${name}`, Spec }, { color: { hue: 1, marking: 0 }, isShoal: false });
}

function escapeProblems(services: readonly PlannedService[]): readonly StackProblem[] {
  return services.flatMap(({ name, escapes }) =>
    escapes.map(({ kind, detail }) => ({
      severity: "error" as const,
      message: t("deploy.problem.escape", {
        name,
        what: [kind.replaceAll("_", " "), detail].filter(Boolean).join(" "),
      }),
      file: null,
      line: null,
    })),
  );
}

/** Shoal's own service is among those that change: this page goes away in the middle. */
function selfWarning(ctx: ActionContext, services: readonly PlannedService[]): string | null {
  const self = ctx.self()?.serviceId;
  const own = services.find(
    ({ id, action }) => id !== null && id === self && (action === "change" || action === "remove"),
  );
  return own
    ? t(own.action === "remove" ? "actions.self.remove" : "actions.self.restart", { name: own.name })
    : null;
}

function fingerprintOf(
  stack: string,
  { prune, resolveImage }: StackPlanInput,
  next: readonly string[],
  live: readonly string[],
  choices: readonly FileChoice[],
): string {
  const files = choices.map(({ kind, name, chosen }) => `${kind} ${name} ${chosen.name}`).sort();
  const all = JSON.stringify([stack, prune, resolveImage, [...next].sort(), [...live].sort(), files]);
  return createHash("sha256").update(all).digest("base64url").slice(0, 32);
}
