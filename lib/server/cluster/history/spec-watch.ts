import type { ServiceList } from "#lib/server/cluster/service-list.ts";
import type { HistoryTables } from "#lib/server/db/history.ts";
import type { PendingRevision, Revision } from "#lib/server/db/revisions.ts";
import type { SeenSpec } from "#lib/server/db/service-specs.ts";
import { timeOrNull } from "#lib/server/docker/hostile.ts";
import { sameSpec } from "#lib/server/docker/same-spec.ts";
import type { WireService } from "#lib/server/docker/wire.ts";
import { jsonAt } from "#lib/shared/lossless-json.ts";

/** A specification that was changed by somebody else, already kept as a revision. */
export interface ForeignChange {
  readonly revisionId: number;
  readonly service: { readonly id: string; readonly name: string };
  readonly before: string;
  readonly after: string;
  readonly via: "outside" | "swarm";
  /** The version of the service that shows the change. */
  readonly version: number;
  /** It is a rollback by the engine's own previous specification. */
  readonly isRollback: boolean;
}

export interface SpecWatchOptions {
  readonly clusterId: string;
  readonly tables: Pick<HistoryTables, "revisions" | "specs">;
  readonly now: () => number;
  readonly onForeign: (change: ForeignChange) => void;
  /** A change of ours that was not confirmed yet was seen on the engine. */
  readonly onOwn: (revisionId: number) => void;
  /** Whether an operation of this service is followed: then a rollback nobody asked for is the swarm's. */
  readonly isFollowed: (serviceId: string) => boolean;
}

/**
 * Knows the newest specification of every service and keeps a revision whenever it finds another one that Shoal did
 * not write. The newest ones are in the database, so a change made while Shoal was away is noticed, too.
 */
export interface SpecWatch {
  /** Services as the engine told them. `whole`: the list of all. */
  seen(read: ServiceList, whole: boolean): void;
  /** A change of ours, about to be sent with this version of the object. */
  begin(revision: Revision, sentVersion: number): PendingRevision & { readonly id: number };
}

export function createSpecWatch(options: SpecWatchOptions): SpecWatch {
  return new Watch(options);
}

class Watch implements SpecWatch {
  private readonly options: SpecWatchOptions;
  private readonly known: Map<string, SeenSpec>;
  /** Seen since this process began: what differs at the first sight was changed while Shoal was away. */
  private readonly met = new Set<string>();

  constructor(options: SpecWatchOptions) {
    this.options = options;
    this.known = new Map(options.tables.specs.list(options.clusterId).map((seen) => [seen.serviceId, seen]));
  }

  seen({ services, texts }: ServiceList, whole: boolean): void {
    services.forEach((wire, index) => {
      const own = texts[index];
      if (own !== undefined && this.hasMoved(wire)) this.look(wire, jsonAt(own, ["Spec"]));
      if (wire?.ID) this.met.add(wire.ID);
    });
    if (!whole) return;
    const present = new Set(services.map((wire) => wire?.ID));
    for (const id of this.known.keys()) if (!present.has(id)) this.forget(id);
  }

  begin(revision: Revision, sentVersion: number): PendingRevision & { readonly id: number } {
    const { revisions } = this.options.tables;
    if (revision.kind !== "service") return revisions.begin(revision);
    const { objectId: id, specBefore, specAfter } = revision;
    const known = this.known.get(id);
    // A service that was just made had nothing before.
    const isNew = specBefore === "null";
    // Somebody else was faster than our watching.
    if (known && !isNew && !sameSpec(known.spec, specBefore))
      this.keepForeign(id, revision.objectName, known, specBefore);
    if (!isNew && (!known || known.spec !== specBefore)) this.know(id, sentVersion, specBefore);
    const pending = revisions.begin(revision);
    return {
      id: pending.id,
      confirm: () => {
        pending.confirm();
        if (specAfter === "null") this.forget(id);
        else if ((this.known.get(id)?.version ?? 0) <= sentVersion) this.know(id, sentVersion, specAfter);
      },
      drop: pending.drop,
    };
  }

  /** Restarted managers or restored backups may count from a lower version: the first sight compares in any case. */
  private hasMoved(wire: WireService): boolean {
    const id = wire?.ID;
    if (!id) return false;
    const known = this.known.get(id);
    const version = wire.Version?.Index ?? 0;
    if (!known) return true;
    return this.met.has(id) ? version > known.version : version !== known.version;
  }

  private look(wire: WireService, spec: string | null): void {
    const id = wire.ID ?? "";
    const version = wire.Version?.Index ?? 0;
    const known = this.known.get(id);
    if (spec === null) return;
    if (known && sameSpec(known.spec, spec)) {
      // Only the state of an update moved: nothing worth a write to the disk.
      this.known.set(id, { ...known, version });
      return;
    }
    const own = known ? this.unconfirmed(id, spec) : null;
    if (own !== null) {
      this.options.tables.revisions.confirm(own);
      this.know(id, version, spec);
      this.options.onOwn(own);
      return;
    }
    if (known) this.foreign(wire, known, spec);
    this.know(id, version, spec);
  }

  /** A change of ours whose answer has not come, or never came because the server was killed. */
  private unconfirmed(id: string, spec: string): number | null {
    const { revisions } = this.options.tables;
    const heads = revisions.list(this.options.clusterId, "service", id).filter((head) => !head.confirmed);
    return heads.find((head) => sameSpec(revisions.byId(head.id)?.specAfter ?? "null", spec))?.id ?? null;
  }

  private foreign(wire: WireService, known: SeenSpec, spec: string): void {
    const id = wire.ID ?? "";
    const name = wire.Spec?.Name ?? id;
    const isRollback = wire.UpdateStatus?.State?.startsWith("rollback_") ?? false;
    const manually = /manually/.test(wire.UpdateStatus?.Message ?? "");
    const via = isRollback && !manually && this.options.isFollowed(id) ? "swarm" : "outside";
    const revisionId = this.keepForeign(id, name, known, spec, via, isRollback, wire);
    this.options.onForeign({
      revisionId, service: { id, name }, before: known.spec, after: spec, via, isRollback,
      version: wire.Version?.Index ?? 0,
    }); // biome-ignore format: short
  }

  private keepForeign(
    id: string,
    name: string,
    known: SeenSpec,
    spec: string,
    via: ForeignChange["via"] = "outside",
    isRollback = false,
    wire?: WireService,
  ): number {
    const away = !this.met.has(id);
    const now = this.options.now();
    const changedAt = timeOrNull(wire?.UpdatedAt) ?? now;
    const pending = this.options.tables.revisions.begin({
      cluster: this.options.clusterId,
      kind: "service",
      objectId: id,
      objectName: name,
      // The engine's own time also moves with the state of an update; it is better than "now" after days away.
      at: away ? Math.min(now, Math.max(changedAt, known.seenAt)) : now,
      userId: "",
      userName: "",
      via,
      action: isRollback ? `${via}.rollback` : away ? `${via}.away` : `${via}.update`,
      specBefore: known.spec,
      specAfter: spec,
    });
    pending.confirm();
    return pending.id;
  }

  private know(serviceId: string, version: number, spec: string): void {
    const seen = { serviceId, version, spec, seenAt: this.options.now() };
    this.known.set(serviceId, seen);
    this.options.tables.specs.put(this.options.clusterId, seen);
  }

  private forget(id: string): void {
    this.known.delete(id);
    this.options.tables.specs.remove(this.options.clusterId, id);
  }
}
