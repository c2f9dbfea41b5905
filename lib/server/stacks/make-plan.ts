import { createHash } from "node:crypto";
import { mapService, stackLabel } from "#lib/server/docker/map-service.ts";
import { sameSpec } from "#lib/server/docker/same-spec.ts";
import { projectedSpec } from "#lib/server/docker/settled-spec.ts";
import type { WireService, WireServiceSpec } from "#lib/server/docker/wire.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { jsonAt, jsonItems, withJsonAt } from "#lib/shared/lossless-json.ts";
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
import type { ActionContext } from "../cluster/actions/context.ts";
import { specChanges } from "../cluster/actions/spec-diff.ts";
import { changeFacts } from "../cluster/history/change-facts.ts";
import type { NodeEngines } from "../cluster/nodes/node-engines.ts";
import { type CheckedFiles, firstError } from "./check-files.ts";
import { createOutput, failureOf } from "./cli-words.ts";
import { readForCli } from "./engine-reads.ts";
import { type NetworkNames, readNetworkNames, withNetworkIds } from "./network-names.ts";
import { missingOnNodes, type WrittenService } from "./node-checks.ts";
import { planParts, type StackParts } from "./plan-parts.ts";
import { createRecorder, type Recording } from "./recorder.ts";
import { runDeploy } from "./run-deploy.ts";

/** A plan, and what a deploy is held to: the services as they were when it was made. */
export interface MadePlan {
  readonly plan: StackPlan;
  /** By id: the specification (JSON text) that the swarm had, and what it will show afterwards. */
  readonly live: ReadonlyMap<string, { readonly spec: string; readonly next: string | null }>;
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
  readonly mayReachHost: boolean;
  readonly engines: Pick<NodeEngines, "all">;
  readonly signal: AbortSignal;
}

/** Asks the docker command itself what it would do, and compares that with what there is. Throws AppError. */
export async function makePlan(ctx: ActionContext, request: PlanRequest): Promise<MadePlan> {
  const { stack, input, checked } = request;
  const read = await readStack(ctx, stack);
  if (firstError(checked.problems)) return failed(checked.problems, "");
  const recorder = createRecorder((call) => readForCli(ctx, call));
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
  const { plan, live, written } = compare(ctx, request, read, recorder.recording(), known, output.text());
  const paths = await missingOnNodes(ctx.model(), request.engines, written);
  return { plan: { ...plan, problems: [...plan.problems, ...paths] }, live };
}

function failed(problems: readonly StackProblem[], output: string): MadePlan {
  const plan = { services: [], parts: [], problems, output, isEmpty: false, fingerprint: "", confirm: null };
  return { plan, live: new Map() };
}

/** What there is of a stack, and what it may refer to. */
interface StackNow extends StackParts {
  readonly networkNames: NetworkNames;
  readonly services: readonly { readonly id: string; readonly name: string; readonly text: string }[];
}

async function readStack(ctx: ActionContext, stack: string): Promise<StackNow> {
  const filters = { label: [`${stackLabel}=${stack}`] };
  const list = await ctx.manager().getText("/services", { query: { filters } });
  const [networkNames, secrets, configs] = await Promise.all([
    readNetworkNames(ctx),
    ctx.manager().get<StackParts["secrets"]>("/secrets"),
    ctx.manager().get<StackParts["configs"]>("/configs"),
  ]);
  const networks = await ctx.manager().get<StackParts["networks"]>("/networks", { query: { filters } });
  const services = jsonItems(list).map((text) => {
    const { ID = "", Spec } = JSON.parse(text) as WireService;
    return { id: ID, name: String(Spec?.Name ?? ID), text };
  });
  const names = (items: readonly { Spec?: { Name?: string } }[]) =>
    new Set(items.map(({ Spec }) => String(Spec?.Name)));
  return {
    networkNames, services, networks, secrets, configs,
    present: { secrets: names(secrets), configs: names(configs), networks: new Set(networkNames.idOf.keys()) },
  }; // biome-ignore format: short
}

function compare(
  ctx: ActionContext,
  { stack, input, mayReachHost, previous }: PlanRequest,
  read: StackNow,
  recording: Recording,
  problems: readonly StackProblem[],
  output: string,
): MadePlan & { readonly written: readonly WrittenService[] } {
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
  const parts = planParts(stack, read, recording, contentsOf(previous));
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
    fingerprint: fingerprintOf(stack, input, planned.map(({ next }) => next), [...live.values()].map(({ spec }) => spec)),
    confirm: selfWarning(ctx, services),
  }; // biome-ignore format: short
  return { plan, live, written: seen.filter(({ action }) => action !== "unchanged") };
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
  const escapes = addedEscapes(JSON.parse(before), JSON.parse(next), { hostNetworks: host });
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
): string {
  const all = JSON.stringify([stack, prune, resolveImage, [...next].sort(), [...live].sort()]);
  return createHash("sha256").update(all).digest("base64url").slice(0, 32);
}
