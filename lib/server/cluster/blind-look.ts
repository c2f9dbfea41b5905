import type { WireService, WireTask } from "#lib/server/docker/wire.ts";
import type { Picture } from "./picture.ts";
import { ReadBudget } from "./read-budget.ts";
import type { SwarmReads } from "./reads.ts";
import type { ServiceList, ServiceLists } from "./service-list.ts";

export interface BlindLookOptions {
  readonly reads: SwarmReads;
  readonly lists: ServiceLists;
  readonly picture: Picture;
  readonly now: () => number;
  /** Between two looks, at least. */
  readonly lookMs: number;
  /** All services were read. */
  readonly onServices: (read: ServiceList) => void;
}

const longestMs = 30_000;

/**
 * Notices what happens on nodes whose engine we do not hear. The manager's counts of running tasks are a short list, so they are
 * looked at often; that a task was replaced between two looks shows only in the list of all tasks, which is looked at as
 * often as its length allows.
 */
export class BlindLook {
  readonly #options: BlindLookOptions;
  readonly #counts: ReadBudget;
  readonly #tasks: ReadBudget;

  constructor(options: BlindLookOptions) {
    this.#options = options;
    this.#counts = new ReadBudget(options.lookMs, longestMs);
    this.#tasks = new ReadBudget(options.lookMs, longestMs);
  }

  dueAt(): number {
    return Math.min(this.#counts.dueAt(), this.#tasks.dueAt());
  }

  dueNow(): void {
    this.#counts.dueNow();
    this.#tasks.dueNow();
  }

  /** Everything was read anyway. */
  unnecessary(): void {
    const at = this.#options.now();
    this.#counts.done(at, null);
    this.#tasks.done(at, null);
  }

  /** How often everything is looked at, as a round figure that is not exceeded, ms. */
  shownPeriodMs(): number {
    return this.#tasks.shownPeriodMs();
  }

  /** Makes the looks that are due; answers the services whose tasks have to be read. */
  async run(): Promise<ReadonlySet<string>> {
    const isWhole = this.#tasks.dueAt() <= this.#options.now();
    const moved = await this.#countsMoved();
    return new Set(isWhole ? [...moved, ...(await this.#tasksDiffer())] : moved);
  }

  async #countsMoved(): Promise<string[]> {
    const { lists, picture, now, onServices } = this.#options;
    const started = now();
    const read = await lists.read(null);
    const { services } = read;
    const before = new Map(picture.serviceIds().map((id) => [id, picture.service(id)]));
    picture.applyServices(null, services);
    onServices(read);
    this.#counts.done(now(), now() - started);
    return services.flatMap((service) => {
      const id = service.ID ?? "";
      const known = before.get(id);
      return known === service || statusOf(known) === statusOf(service) ? [] : [id];
    });
  }

  async #tasksDiffer(): Promise<string[]> {
    const { reads, picture, now } = this.#options;
    const started = now();
    const filters = { "desired-state": ["running"] };
    const running = await reads.listLong("/tasks", versionOf, { filters });
    const differ = picture.servicesThatDiffer(running);
    this.#tasks.done(now(), now() - started);
    return differ;
  }
}

/** All that is compared of a task. */
function versionOf(task: WireTask | null): WireTask {
  const { ID, ServiceID, Version } = task ?? {};
  return {
    ...(ID !== undefined && { ID }),
    ...(ServiceID !== undefined && { ServiceID }),
    ...(Version && { Version }),
  };
}

function statusOf(service: WireService | undefined): string {
  return JSON.stringify([service?.Version?.Index, service?.ServiceStatus]);
}
