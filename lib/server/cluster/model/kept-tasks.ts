import { shortContainerId } from "#lib/server/docker/map-task.ts";
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

/** Texts that many tasks have in common: the ids of their services and nodes, and why they failed. */
class SharedTexts {
  readonly #known = new Map<unknown, unknown>();

  /** The very same text as before; anything else is answered as it is. */
  of<T>(value: T): T {
    if (typeof value !== "string") return value;
    const known = this.#known.get(value) as T | undefined;
    if (known === undefined) this.#known.set(value, value);
    return known ?? value;
  }
}

/**
 * What stays in memory of a task: what the model and the events are made from, and no more. There are 100,000 of them in a swarm
 * of 20,000 running ones, and of each an engine tells more than a kilobyte.
 */
class KeptTask implements WireTask {
  readonly ID: WireTask["ID"];
  readonly Version: WireTask["Version"];
  readonly CreatedAt: WireTask["CreatedAt"];
  readonly Spec: WireTask["Spec"];
  readonly ServiceID: WireTask["ServiceID"];
  readonly Slot: WireTask["Slot"];
  readonly NodeID: WireTask["NodeID"];
  readonly Status: WireTask["Status"];
  readonly DesiredState: WireTask["DesiredState"];
  readonly JobIteration: WireTask["JobIteration"];

  constructor(task: WireTask, spec: WireTaskTemplate | undefined, texts: SharedTexts) {
    this.ID = task.ID;
    this.Version = task.Version;
    this.CreatedAt = task.CreatedAt;
    this.Spec = spec;
    this.ServiceID = texts.of(task.ServiceID);
    this.Slot = task.Slot;
    this.NodeID = texts.of(task.NodeID);
    this.Status = keptStatus(task.Status, texts);
    this.DesiredState = task.DesiredState;
    this.JobIteration = task.JobIteration;
  }
}

function keptStatus(status: WireTask["Status"], texts: SharedTexts): WireTask["Status"] {
  if (status == null) return status;
  const { Timestamp, State, Message, Err, ContainerStatus: container } = status;
  return {
    Timestamp,
    State,
    Message: texts.of(Message),
    Err: texts.of(Err),
    ContainerStatus: container && {
      ContainerID: shortContainerId(container.ContainerID) ?? undefined,
      ExitCode: container.ExitCode,
    },
  };
}

/**
 * For one read of many tasks: what of each stays in memory while the others are still coming. One that is `known` in the same
 * version stays what it was, so that reading 100,000 tasks again leaves nothing behind.
 */
export function taskIntake(
  known: (serviceId: string) => readonly WireTask[] = () => [],
): (task: WireTask | null) => WireTask {
  const texts = new SharedTexts();
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
    return isSame(old, task) ? old : new KeptTask(task ?? {}, specs.of(task?.Spec), texts);
  };
}

/** Every write of swarm to a task raises its version. */
function isSame(old: WireTask | undefined, task: WireTask | null): old is WireTask {
  return old?.Version?.Index !== undefined && old.Version.Index === task?.Version?.Index;
}

/** Tasks of one service as they are kept, sharing what they can with those kept `before`. */
export function keptTasks(read: readonly WireTask[], before: readonly WireTask[]): readonly WireTask[] {
  const keep = taskIntake(() => before);
  return read.map((task) => (task instanceof KeptTask ? task : keep(task)));
}
