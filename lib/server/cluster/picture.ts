import { textOf } from "#lib/server/docker/hostile.ts";
import { mapNode } from "#lib/server/docker/map-node.ts";
import { mapService } from "#lib/server/docker/map-service.ts";
import { isUpToDate, mapTask, projectTasks, slotOf } from "#lib/server/docker/map-task.ts";
import type { WireNode, WireService, WireTask } from "#lib/server/docker/wire.ts";
import type { ClusterInfo, TaskHealth, TaskView } from "#lib/shared/model/types.ts";
import type { Colors } from "./colors.ts";
import { type HealthFacts, healthAfter, healthOf, withHealth, withLinkedNodes } from "./model/health.ts";
import { keptTasks, taskIntake } from "./model/kept-tasks.ts";
import { mergeNodes, mergeServices, mergeTasks } from "./model/merge.ts";
import { isSettled } from "./model/settled.ts";
import type { ModelStore } from "./store.ts";

/** What a picture needs to know that no engine says. */
export interface PictureOptions {
  readonly store: ModelStore;
  readonly colors: Colors;
  readonly isShoal: (serviceId: string) => boolean;
  readonly now: () => number;
  /** Hears what has changed between two reads, as the engine words it; nothing of the first read of all. */
  readonly changes?: PictureChanges;
}

/** What differs between two reads of a service, and of its tasks. */
export interface PictureChanges {
  /** Undefined before: it is new. Undefined after: it is gone. */
  service(before: WireService | undefined, after: WireService | undefined): void;
  tasks(service: WireService, before: readonly WireTask[], after: readonly WireTask[]): void;
}

/**
 * Turns answers of engines into the model. Keeps the last answers that the model's fields are made from: services
 * (tasks are judged against them), versions of tasks (to notice changes), health by task.
 */
export interface Picture {
  applyNodes(read: readonly WireNode[]): void;
  /** `asked`: the ids that were asked for; null when it is the whole list. */
  applyServices(asked: readonly string[] | null, read: readonly WireService[]): void;
  /** All tasks of exactly these services. True for a service whose tasks have changed. */
  applyTasks(serviceIds: readonly string[], read: readonly WireTask[]): ReadonlyMap<string, boolean>;
  /** Health of all task containers of one linked node. */
  applyHealth(nodeId: string, health: ReadonlyMap<string, TaskHealth>): void;
  setHealth(nodeId: string, taskId: string, health: TaskHealth): void;
  setLinkedNodes(ids: ReadonlySet<string>): void;
  setInfo(part: Partial<ClusterInfo>): void;
  /** The engine is in no swarm, or in another one: what is known of the old swarm is over. */
  forgetSwarm(): void;
  serviceIds(): string[];
  service(id: string): WireService | undefined;
  settled(serviceId: string): boolean;
  /** What a read of tasks keeps of each: those that are known already stay what they are. */
  intake(): (task: WireTask | null) => WireTask;
  /** Every task of a service that the engine told last, ended ones included. */
  attempts(serviceId: string): TaskView[];
  /** Services whose tasks differ from `running`, the list of all tasks that should run. */
  servicesThatDiffer(running: readonly WireTask[]): string[];
}

export function createPicture({ store, colors, isShoal, now, changes }: PictureOptions): Picture {
  const services = new Map<string, WireService>();
  const tasksOf = new Map<string, readonly WireTask[]>();
  const healthByNode = new Map<string, Map<string, TaskHealth>>();
  let linkedNodes: ReadonlySet<string> = new Set();
  /** All services were read once: another one is new, and so are its tasks. */
  let primed = false;
  const unread = new Set<string>();

  function healthFacts(): HealthFacts {
    return {
      linkedNodes,
      of: ({ id, nodeId }) =>
        nodeId !== null && linkedNodes.has(nodeId) ? healthByNode.get(nodeId)?.get(id) : undefined,
    };
  }

  /** Most looks find what was there before: the very same objects. Which service Shoal itself is may be learned in between. */
  function isMapped(wire: WireService): boolean {
    const id = textOf(wire?.ID);
    return services.get(id) === wire && store.draft().services[id]?.isShoal === isShoal(id);
  }

  function projected(service: WireService, tasks: readonly WireTask[], facts: HealthFacts): TaskView[] {
    const view = store.draft().services[service.ID ?? ""];
    return projectTasks(tasks, service).map((task) => ({ ...task, health: healthOf(task, view, facts) }));
  }

  /** A task is judged by its service's specification, so it is mapped again when that has changed. */
  function remap(ids: Iterable<string>): void {
    const facts = healthFacts();
    const views = new Map<string, TaskView[]>();
    for (const id of ids) {
      const service = services.get(id);
      const tasks = tasksOf.get(id);
      if (service && tasks) views.set(id, projected(service, tasks, facts));
    }
    if (views.size > 0) store.update((draft) => mergeTasks(draft, views));
  }

  return {
    applyNodes(read) {
      const views = read.map((wire) =>
        mapNode(wire, { linked: linkedNodes.has(wire?.ID ?? ""), stateSince: null }),
      );
      store.update((draft) => mergeNodes(draft, views.filter(isThere), now()));
    },

    applyServices(asked, read) {
      const ids = asked ?? [...new Set([...services.keys(), ...Object.keys(store.draft().services)])];
      const present = new Set(read.map((wire) => textOf(wire?.ID)));
      const gone = ids.filter((id) => !present.has(id));
      const news = read.filter((wire) => !isMapped(wire));
      const moved: string[] = [];
      for (const id of gone) {
        const last = services.get(id);
        if (last) changes?.service(last, undefined);
        services.delete(id);
        tasksOf.delete(id);
      }
      const views = news.map((wire) => {
        const view = mapService(wire, {
          color: colors.of(wire?.Spec?.Name ?? wire?.ID ?? ""),
          isShoal: isShoal(wire?.ID ?? ""),
        });
        if (!view) return view;
        const before = services.get(view.id);
        if (before?.Version?.Index !== wire.Version?.Index) moved.push(view.id);
        if (primed) changes?.service(before, wire);
        else unread.add(view.id);
        services.set(view.id, wire);
        return view;
      });
      if (asked === null) primed = true;
      if (news.length + gone.length > 0)
        store.update((draft) => mergeServices(draft, gone, views.filter(isThere)));
      remap(moved);
      if (asked === null) colors.seen(Object.values(store.draft().services).map(({ name }) => name));
    },

    applyTasks(serviceIds, read) {
      const changed = new Map<string, boolean>();
      const facts = healthFacts();
      const views = new Map<string, TaskView[]>();
      const byService = Map.groupBy(read, (task) => task?.ServiceID ?? "");
      for (const id of serviceIds) {
        const service = services.get(id);
        if (!service) continue;
        const before = tasksOf.get(id) ?? [];
        const tasks = keptTasks(byService.get(id) ?? [], before);
        const isChanged = !sameVersions(before, tasks);
        changed.set(id, isChanged);
        if (isChanged && !unread.has(id)) changes?.tasks(service, before, tasks);
        unread.delete(id);
        tasksOf.set(id, tasks);
        // What else a view is made of changes elsewhere: its service (remap) and its health.
        if (isChanged) views.set(id, projected(service, tasks, facts));
      }
      if (views.size > 0) store.update((draft) => mergeTasks(draft, views));
      return changed;
    },

    applyHealth(nodeId, health) {
      const { tasks } = store.draft();
      const isKnown = (taskId: string) => Object.hasOwn(tasks, taskId);
      healthByNode.set(nodeId, healthAfter(healthByNode.get(nodeId), health, isKnown));
      store.update((draft) => withHealth(draft, healthFacts(), { nodeId }));
    },
    setHealth(nodeId, taskId, health) {
      const known = healthByNode.get(nodeId) ?? new Map<string, TaskHealth>();
      healthByNode.set(nodeId, known.set(taskId, health));
      store.update((draft) => withHealth(draft, healthFacts(), { taskId }));
    },
    setLinkedNodes(ids) {
      if (ids.size === linkedNodes.size && [...ids].every((id) => linkedNodes.has(id))) return;
      linkedNodes = ids;
      for (const id of healthByNode.keys()) if (!ids.has(id)) healthByNode.delete(id);
      store.update((draft) => withHealth(withLinkedNodes(draft, ids), healthFacts()));
    },
    setInfo(part) {
      store.update((draft) => ({ ...draft, info: { ...draft.info, ...part } }));
    },
    forgetSwarm() {
      services.clear();
      primed = false;
      unread.clear();
      tasksOf.clear();
      healthByNode.clear();
      store.update((draft) => ({ ...draft, nodes: {}, services: {}, tasks: {} }));
    },
    serviceIds: () => [...services.keys()],
    service: (id) => services.get(id),
    attempts(id) {
      const service = services.get(id);
      if (!service) return [];
      const views = (tasksOf.get(id) ?? []).map((task) =>
        mapTask(task, {
          slot: slotOf(task, service),
          health: "unseen",
          upToDate: isUpToDate(task, service),
          failures: 1,
          failuresSince: null,
        }),
      );
      return views.filter(isThere);
    },
    intake: () => taskIntake((id) => tasksOf.get(id) ?? []),
    settled: (id) => isSettled(tasksOf.get(id) ?? [], services.get(id)),

    servicesThatDiffer(running) {
      const seen = Map.groupBy(running, (task) => task?.ServiceID ?? "");
      return [...services.keys()].filter((id) => {
        const known = (tasksOf.get(id) ?? []).filter((task) => task.DesiredState === "running");
        return !sameVersions(known, seen.get(id) ?? []);
      });
    },
  };
}

/** Every write of swarm to a task raises its version, so equal ids and versions are equal tasks. */
function sameVersions(before: readonly WireTask[], after: readonly WireTask[]): boolean {
  if (before.length !== after.length) return false;
  const versions = new Map(before.map((task) => [task.ID, task.Version?.Index]));
  return after.every((task) => versions.has(task.ID) && versions.get(task.ID) === task.Version?.Index);
}

function isThere<T>(value: T | null): value is T {
  return value !== null;
}
