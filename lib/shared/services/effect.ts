import "#lib/shared/i18n/pages/edit.ts";
import { durationPhrase } from "../format.ts";
import { type Phrase, phrase } from "../i18n/phrase.ts";
import type { NodeView, ServiceView, TaskView } from "../model/types.ts";
import { matchesConstraints } from "../placement-constraints.ts";
import { sameObject, sameValue } from "../same-value.ts";
import { isObject } from "./codec.ts";

/** What a change does to the tasks of a service. */
export interface EditEffect {
  /**
   * `nothing` is different; `quiet`: no task restarts; `scales`; `moves`: tasks whose node does not fit any more go elsewhere;
   * `replaces` all tasks; `job`: it runs again from its beginning.
   */
  readonly kind: "nothing" | "quiet" | "scales" | "moves" | "replaces" | "job";
  /** Ids of the tasks that are replaced. */
  readonly tasks: readonly string[];
  /** As long as the update takes by what is known, ms; null: nothing is known of how long a task takes to start. */
  readonly aboutMs: number | null;
  readonly words: Phrase;
}

export interface EffectFacts {
  readonly service: Pick<ServiceView, "mode">;
  /** Tasks of the service that swarm wants to run. */
  readonly tasks: readonly TaskView[];
  readonly nodes: Readonly<Record<string, NodeView>>;
}

/**
 * What swarm does when the specification `before` becomes `after` (parsed exactly). Its rule: a task is replaced when its own
 * specification differs, or the ports it was made with; when only the placement differs, and its node still fits, it
 * stays. Labels of the service, the number of replicas and how updates go are no part of a task.
 */
export function editEffect(before: unknown, after: unknown, facts: EffectFacts): EditEffect {
  const [old, now] = [membersOf(before), membersOf(after)];
  if (sameValue(old, now)) return effect("nothing", [], phrase("edit.effect.nothing"));
  const [oldTask, newTask] = [membersOf(old.TaskTemplate), membersOf(now.TaskTemplate)];
  const isTask = !sameTask(oldTask, newTask);
  const replaced = isTask || !sameValue(old.EndpointSpec, now.EndpointSpec);
  // Whatever is changed of a job, swarm begins a new turn of it.
  if (facts.service.mode.endsWith("job")) {
    return effect("job", facts.tasks, phrase("edit.effect.job", { n: facts.tasks.length }));
  }
  if (replaced) return replacing(now, facts, facts.tasks);
  const moved = sameValue(oldTask.Placement, newTask.Placement)
    ? []
    : facts.tasks.filter((task) => !stillFits(task, newTask, facts.nodes));
  if (moved.length > 0) {
    const words = phrase("edit.effect.moves", { n: moved.length });
    return effect("moves", moved, words);
  }
  const [from, to] = [replicasOf(old), replicasOf(now)];
  if (from !== to) return effect("scales", [], phrase("edit.effect.scales", { from, to }));
  return effect("quiet", [], quietWords(old, now));
}

function effect(
  kind: EditEffect["kind"],
  tasks: readonly TaskView[],
  words: Phrase,
  aboutMs: number | null = null,
): EditEffect {
  return { kind, tasks: tasks.map(({ id }) => id), words, aboutMs };
}

/** What starts when a service is made. `nodes`: how many may get its tasks now. */
export function createEffect(service: Pick<ServiceView, "mode" | "replicas">, nodes: number): Phrase {
  const [n, onNodes] = [service.replicas ?? 1, phrase("edit.create.nodes", { n: nodes })];
  if (nodes === 0) return phrase("edit.create.waits");
  switch (service.mode) {
    case "global":
      return phrase("edit.create.everywhere", { n: nodes });
    case "global-job":
      return phrase("edit.create.jobEverywhere", { n: nodes });
    case "replicated-job":
      return phrase("edit.create.job", { n, nodes: onNodes });
    default:
      return n === 0 ? phrase("edit.create.nothing") : phrase("edit.create.starts", { n, nodes: onNodes });
  }
}

/** Whatever is not told by its placement. */
function sameTask(a: object, b: object): boolean {
  return sameObject(a, b, new Set(["Placement"]));
}

function stillFits(task: TaskView, template: Members, nodes: EffectFacts["nodes"]): boolean {
  const node = task.nodeId === null ? undefined : nodes[task.nodeId];
  const constraints = membersOf(template.Placement).Constraints;
  const texts = Array.isArray(constraints) ? constraints.map(String) : [];
  // A task without a node is judged by the scheduler anew in any case.
  return node !== undefined && matchesConstraints(node, texts);
}

/** Labels alone, and how updates go alone, are said by name. */
function quietWords(before: Members, after: Members): Phrase {
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => !sameValue(before[key], after[key]),
  );
  if (changed.every((key) => key === "Labels")) return phrase("edit.effect.labels");
  if (changed.every((key) => key === "UpdateConfig" || key === "RollbackConfig"))
    return phrase("edit.effect.rules");
  return phrase("edit.effect.quiet");
}

/** Swarm's own settings where the service has none. */
const usual = { parallelism: 1, monitorMs: 5_000 };

function replacing(spec: Members, facts: EffectFacts, tasks: readonly TaskView[]): EditEffect {
  const n = tasks.length;
  if (n === 0) return effect("replaces", [], phrase("edit.effect.replacesNone"));
  const update = membersOf(spec.UpdateConfig);
  const said = number(update.Parallelism);
  const batch = said === null ? usual.parallelism : said === 0 ? n : Math.min(said, n);
  const startMs = startTime(facts.tasks);
  const delayMs = (number(update.Delay) ?? 0) / 1e6;
  const monitorMs = (number(update.Monitor) ?? 0) / 1e6 || usual.monitorMs;
  const aboutMs = startMs === null ? null : Math.ceil(n / batch) * (startMs + delayMs) + monitorMs;
  const order = update.Order === "start-first" ? "edit.effect.startFirst" : "edit.effect.stopFirst";
  const how = batch === n ? phrase("edit.effect.atOnce") : phrase("edit.effect.batch", { n: batch });
  const params = { n, how, order: phrase(order) };
  const words =
    aboutMs === null
      ? phrase("edit.effect.replaces", params)
      : phrase("edit.effect.replacesAbout", { ...params, time: durationPhrase(rounded(aboutMs)) });
  return effect("replaces", tasks, words, aboutMs);
}

/** "About": to 5 seconds below a minute, to 10 below five, then to minutes. */
function rounded(ms: number): number {
  const step = ms < 60_000 ? 5_000 : ms < 300_000 ? 10_000 : 60_000;
  return Math.max(step, Math.round(ms / step) * step);
}

/** How long tasks of the service took from being made until they ran, in the middle; null: none runs. */
function startTime(tasks: readonly TaskView[]): number | null {
  const times = tasks
    .filter(({ state, since, createdAt }) => state === "running" && since >= createdAt)
    .map(({ since, createdAt }) => since - createdAt)
    .sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? null;
}

function replicasOf(spec: Members): number {
  return number(membersOf(membersOf(spec.Mode).Replicated).Replicas) ?? 1;
}

type Members = Readonly<Record<string, unknown>>;

function membersOf(value: unknown): Members {
  return isObject(value) ? value : {};
}

/** A number, also as `parseExactly` writes it. */
function number(value: unknown): number | null {
  if (typeof value === "number") return value;
  return typeof value === "string" && value.startsWith("number ")
    ? Number(value.slice("number ".length))
    : null;
}
