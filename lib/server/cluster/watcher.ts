import type { Logger } from "pino";
import { causeOf } from "#lib/server/docker/errors.ts";
import type { WireNode, WireTask } from "#lib/server/docker/wire.ts";
import { type ErrorCode, isAppError } from "#lib/shared/errors.ts";
import { BlindLook } from "./blind-look.ts";
import type { Picture } from "./picture.ts";
import { ReadBudget } from "./read-budget.ts";
import type { SwarmReads } from "./reads.ts";
import { type ServiceList, ServiceLists } from "./service-list.ts";
import { createSettling, wantsService } from "./settling.ts";
import { defaultTiming, type WatcherTiming } from "./watcher-timing.ts";

/** Keeps the picture of the swarm true with as few reads as that takes. */
export interface Watcher {
  /** Something happened to nodes: read them, and everything that depends on where tasks may run. */
  nodesChanged(): void;
  /** A service was made, changed or removed. */
  serviceChanged(id: string): void;
  /** Something happened to a container of this service. */
  tasksChanged(serviceId: string): void;
  /** Read everything: a link came up, an election is over, or nobody knows. */
  everythingChanged(): void;
  /** Somebody watches (or nobody any more), and there are nodes whose engine we do not hear. */
  setWatching(watching: boolean, blindNodes: boolean): void;
  /** Everything was read since the start, or since `distrust`. */
  loaded(): boolean;
  /** What was read may be wrong by now: the swarm could not be watched for a while, or it is another one. */
  distrust(): void;
  /** The last try to read the swarm failed, and since when it has; null: what is shown was read. */
  failure(): ReadFailure | null;
  /** How often unlinked nodes are looked at now, ms; null: not at all. */
  checkEveryMs(): number | null;
  stop(): Promise<void>;
}

/** Reads of the swarm that do not come about, although other questions may be answered. */
export interface ReadFailure {
  readonly since: number;
  readonly text: string;
}

export interface WatcherOptions {
  readonly reads: SwarmReads;
  readonly picture: Picture;
  readonly log: Logger;
  readonly now: () => number;
  /** `checkEveryMs`, `loaded` or `failure` may have changed. */
  readonly onChange: () => void;
  /** Services were read and are in the picture; `whole`: the list of all. */
  readonly onServices?: (read: ServiceList, whole: boolean) => void;
  readonly timing?: Partial<WatcherTiming>;
}

const withoutManager: ReadonlySet<ErrorCode> = new Set([
  "no_engine",
  "not_a_manager",
  "not_in_swarm",
  "swarm_locked",
]);

/** Where changes never end, reading rests so many times as long as it took, but not longer than this, ms. */
const [restShare, longestRestMs] = [4, 300];

/** In a swarm of so many services one list of everything is always cheap. */
const fewServices = 40;
/** Filters stand in the address of a read: so many services fit into one. */
const mostServicesAsked = 100;

export function createWatcher(options: WatcherOptions): Watcher {
  return new SwarmWatcher(options);
}

class SwarmWatcher implements Watcher {
  private readonly options: WatcherOptions;
  private readonly timing: WatcherTiming;
  private readonly settling: ReturnType<typeof createSettling>;
  private readonly lists: ServiceLists;
  private readonly look: BlindLook;
  private readonly reconcile: ReadBudget;
  private nodesDirty = false;
  private allDirty = false;
  private servicesDirty = new Set<string>();
  private tasksDirty = new Set<string>();
  private watching = false;
  private blind = false;
  private timer: NodeJS.Timeout | null = null;
  private dueAt = Number.POSITIVE_INFINITY;
  private running: Promise<void> | null = null;
  private pulseAt = 0;
  private retryAt = 0;
  /** When the first of the triggers came that wait for a round; a later one does not put them off. */
  private dirtySince: number | null = null;
  private beganAt = 0;
  private failing: ReadFailure | null = null;
  private restedAt = 0;
  private readOnce = false;
  private stopped = false;

  constructor(options: WatcherOptions) {
    this.options = options;
    this.timing = { ...defaultTiming, ...options.timing };
    this.settling = createSettling(options.now);
    const { reads, picture, now } = options;
    const onServices = (read: ServiceList) => options.onServices?.(read, true);
    this.lists = new ServiceLists(reads);
    const { lists } = this;
    this.look = new BlindLook({ reads, lists, picture, now, lookMs: this.timing.lookMs, onServices });
    this.reconcile = new ReadBudget(this.timing.reconcileMs, 600_000);
  }

  nodesChanged(): void {
    this.nodesDirty = true;
    for (const id of this.options.picture.serviceIds()) {
      this.servicesDirty.add(id);
      this.settling.start(id);
    }
    this.wakeSoon();
  }
  serviceChanged(id: string): void {
    this.servicesDirty.add(id);
    this.settling.start(id);
    this.wakeSoon();
  }
  tasksChanged(serviceId: string): void {
    this.tasksDirty.add(serviceId);
    this.settling.start(serviceId);
    this.wakeSoon();
  }
  everythingChanged(): void {
    this.allDirty = true;
    this.retryAt = 0;
    this.wakeSoon();
  }

  setWatching(watching: boolean, blindNodes: boolean): void {
    const begins = watching && blindNodes && !(this.watching && this.blind);
    this.watching = watching;
    this.blind = blindNodes;
    if (begins) this.look.dueNow();
    this.schedule();
  }

  loaded(): boolean {
    return this.readOnce;
  }
  distrust(): void {
    this.readOnce = false;
    this.everythingChanged();
  }

  failure(): ReadFailure | null {
    return this.failing;
  }

  checkEveryMs(): number | null {
    return this.watching && this.blind ? this.look.shownPeriodMs() : null;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.running;
  }

  private wakeSoon(): void {
    this.dirtySince ??= this.options.now();
    // Of thousands of events a second most find that a round is planned.
    if (this.timer === null || this.dueAt > Math.max(this.roundAt(), this.retryAt)) this.schedule();
  }

  /** When what triggers asked for is read: they wait for others, and reading rests longer than it worked. */
  private roundAt(): number {
    const { gatherMs, roundMs } = this.timing;
    return Math.max(
      (this.dirtySince ?? this.options.now()) + gatherMs,
      this.beganAt + roundMs,
      this.restedAt,
    );
  }

  /** Sets the one timer to the earliest thing that is due. */
  private schedule(): void {
    if (this.stopped || this.running !== null) return;
    const dues = [this.reconcile.dueAt(), Math.max(this.settling.nextAt(), this.restedAt)];
    if (this.isDirty()) dues.push(this.roundAt());
    if (this.watching) dues.push(this.blind ? this.look.dueAt() : this.pulseAt + this.timing.pulseMs);
    const due = Math.max(Math.min(...dues), this.retryAt);
    if (this.timer !== null && due === this.dueAt) return;
    if (this.timer !== null) clearTimeout(this.timer);
    this.dueAt = due;
    this.timer = setTimeout(() => this.run(), Math.max(0, due - this.options.now()));
  }

  private isDirty(): boolean {
    return this.allDirty || this.nodesDirty || this.servicesDirty.size > 0 || this.tasksDirty.size > 0;
  }

  private run(): void {
    this.timer = null;
    if (this.stopped || this.running !== null) return;
    this.dirtySince = null;
    this.beganAt = this.options.now();
    const started = this.options.now();
    this.running = this.pass()
      .then(() => this.setFailing(null))
      .catch((error: unknown) => this.readFailed(error))
      .finally(() => {
        this.running = null;
        const worked = this.options.now() - started;
        this.restedAt = this.options.now() + Math.min(worked * restShare, longestRestMs);
        this.schedule();
      });
  }

  private readFailed(error: unknown): void {
    // What was asked for may be lost with the failed read: read everything once reads work again.
    this.allDirty = true;
    // Without a manager only a link that comes up or changes its role helps, and that asks for a read by itself.
    const hopeless = isAppError(error) && withoutManager.has(error.code);
    this.retryAt = this.options.now() + this.timing.retryMs * (hopeless ? 30 : 1);
    const text = isAppError(error) ? (error.engineText ?? error.message) : String(error);
    this.setFailing({ since: this.failing?.since ?? this.beganAt, text });
    if (!isAppError(error)) this.options.log.error({ err: error }, "reading the swarm failed");
    else this.options.log.debug({ err: error }, "the swarm could not be read");
  }

  private setFailing(failing: ReadFailure | null): void {
    const same = failing?.text === this.failing?.text;
    this.failing = failing;
    if (!same) this.options.onChange();
  }

  /** One round of reads: everything, or what is dirty, due to settle, or to be looked at. */
  private async pass(): Promise<void> {
    const { now } = this.options;
    this.retryAt = 0;
    if (this.allDirty || this.reconcile.dueAt() <= now()) return this.readEverything();
    if (this.watching && this.blind && this.look.dueAt() <= now()) await this.lookAround();
    const pulse = this.watching && !this.blind && this.pulseAt + this.timing.pulseMs <= now();
    if (this.nodesDirty || pulse) await this.readNodes();
    for (const id of this.settling.due()) {
      if (!this.options.picture.service(id)) this.settling.forget(id);
      this.tasksDirty.add(id);
      // Counts of jobs and the progress of an update stand in the service, not in its tasks.
      if (wantsService(this.options.picture.service(id))) this.servicesDirty.add(id);
    }
    await this.readServices();
    await this.readTasks();
  }

  private async readEverything(): Promise<void> {
    const { reads, picture, now } = this.options;
    const started = now();
    this.allDirty = false;
    this.nodesDirty = false;
    this.servicesDirty.clear();
    this.tasksDirty.clear();
    const nodes = await reads.get<WireNode[] | null>("/nodes");
    const services = await this.lists.read(null);
    const tasks = await reads.listLong("/tasks", picture.intake());
    picture.applyNodes(nodes ?? []);
    picture.applyServices(null, services.services);
    this.noteTasks(picture.serviceIds(), tasks);
    this.options.onServices?.(services, true);
    this.pulseAt = now();
    this.reconcile.done(now(), now() - started);
    this.look.unnecessary();
    if (this.readOnce) return;
    this.readOnce = true;
    // Nobody is told of the first picture that it could not be read.
    this.failing = null;
    this.options.onChange();
  }

  private async readNodes(): Promise<void> {
    this.nodesDirty = false;
    this.options.picture.applyNodes((await this.options.reads.get<WireNode[] | null>("/nodes")) ?? []);
    this.pulseAt = this.options.now();
  }

  private async readServices(): Promise<void> {
    const ids = [...this.servicesDirty];
    if (ids.length === 0) return;
    this.servicesDirty.clear();
    for (const asked of this.batches(ids)) {
      const read = await this.lists.read(asked);
      this.options.picture.applyServices(asked, read.services);
      this.options.onServices?.(read, asked === null);
    }
    for (const id of ids) this.tasksDirty.add(id);
  }

  /** What to ask for in one read each; null: for everything, where most would be asked for anyway. */
  private batches(ids: readonly string[]): (readonly string[] | null)[] {
    const many = Math.max(fewServices, this.options.picture.serviceIds().length / 4);
    if (ids.length > many) return [null];
    const count = Math.ceil(ids.length / mostServicesAsked);
    return Array.from({ length: count }, (_, i) =>
      ids.slice(i * mostServicesAsked, (i + 1) * mostServicesAsked),
    );
  }

  private async readTasks(): Promise<void> {
    const { reads, picture } = this.options;
    // The engine answers 404 for a filter with a service that is gone.
    const ids = [...this.tasksDirty].filter((id) => picture.service(id) !== undefined);
    this.tasksDirty.clear();
    if (ids.length === 0) return;
    try {
      for (const asked of this.batches(ids)) {
        const tasks =
          asked === null
            ? await reads.listLong("/tasks", picture.intake())
            : await reads.list("/tasks", picture.intake(), { filters: { service: asked } });
        this.noteTasks(asked ?? picture.serviceIds(), tasks);
      }
    } catch (error) {
      if (causeOf(error)?.status !== 404) throw error;
      for (const id of ids) this.servicesDirty.add(id);
    }
  }

  private async lookAround(): Promise<void> {
    for (const id of await this.look.run()) {
      this.tasksDirty.add(id);
      this.settling.start(id);
    }
    this.options.onChange();
  }

  private noteTasks(serviceIds: readonly string[], tasks: readonly WireTask[]): void {
    const { picture } = this.options;
    for (const [id, changed] of picture.applyTasks(serviceIds, tasks)) {
      this.settling.read(id, picture.settled(id), changed);
    }
  }
}
