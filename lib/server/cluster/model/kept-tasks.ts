import type { WireTask, WireTaskTemplate } from "#lib/server/docker/wire.ts";
import { sameValue } from "#lib/shared/same-value.ts";

/**
 * Shares the specification, which most tasks of a service have in common, among them. An engine tells it with every task,
 * earlier ones too: at 20,000 running tasks that would be most of the server's memory.
 */
class SharedSpecs {
  readonly #known: (WireTaskTemplate | undefined)[];

  constructor(known: Iterable<WireTaskTemplate | undefined> = []) {
    this.#known = [...new Set(known)];
  }

  of(spec: WireTaskTemplate | undefined): WireTaskTemplate | undefined {
    const found = this.#known.find((each) => sameValue(each, spec));
    if (found === undefined) this.#known.push(spec);
    return found ?? spec;
  }
}

function slim(task: WireTask | null, specOf: (task: WireTask) => WireTaskTemplate | undefined): WireTask {
  const { NetworksAttachments: _, Spec, ...rest } = task ?? {};
  const kept = specOf({ Spec, ...rest });
  return kept === undefined ? rest : { ...rest, Spec: kept };
}

/**
 * For one read of many tasks: what of each stays in memory while the others are still coming. One that is `known` in the same
 * version stays what it was, so that reading 100,000 tasks again leaves nothing behind.
 */
export function taskIntake(
  known: (serviceId: string) => readonly WireTask[] = () => [],
): (task: WireTask | null) => WireTask {
  const byService = new Map<
    string,
    { readonly specs: SharedSpecs; readonly tasks: Map<unknown, WireTask> }
  >();
  return (task) => {
    const id = task?.ServiceID ?? "";
    let service = byService.get(id);
    if (service === undefined) {
      const before = known(id);
      service = {
        specs: new SharedSpecs(before.map(({ Spec }) => Spec)),
        tasks: new Map(before.map((each) => [each.ID, each])),
      };
      byService.set(id, service);
    }
    const { specs, tasks } = service;
    const old = tasks.get(task?.ID);
    return isSame(old, task) ? old : slim(task, ({ Spec }) => specs.of(Spec));
  };
}

/** Every write of swarm to a task raises its version. */
function isSame(old: WireTask | undefined, task: WireTask | null): old is WireTask {
  return old?.Version?.Index !== undefined && old.Version.Index === task?.Version?.Index;
}

/** Tasks of one service as they are kept, sharing what they can with those kept `before`. */
export function keptTasks(read: readonly WireTask[], before: readonly WireTask[]): readonly WireTask[] {
  const known = new Map(before.map((task) => [task.ID, task]));
  const specs = new SharedSpecs(before.map(({ Spec }) => Spec));
  return read.map((task) => {
    const old = known.get(task?.ID);
    if (old === task) return task;
    return slim(task, ({ Spec }) => (isSame(old, task) ? old.Spec : specs.of(Spec)));
  });
}
