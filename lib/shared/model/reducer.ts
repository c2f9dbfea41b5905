import type { ClusterInfo, ClusterModel } from "./types.ts";

/** Names of the keyed collections of the model. */
export const collections = ["nodes", "services", "tasks"] as const;
export type CollectionName = (typeof collections)[number];
type Entity<C extends CollectionName> = ClusterModel[C][string];

/** Entities that are new (all fields) or changed (id and the changed fields), and ids that are gone. */
export interface CollectionDelta<T> {
  readonly set: readonly (Partial<T> & { readonly id: string })[];
  readonly del: readonly string[];
}

/** The step from model `seq - 1` to model `seq`. */
export interface ClusterDelta {
  readonly seq: number;
  readonly info?: Partial<ClusterInfo>;
  readonly nodes?: CollectionDelta<Entity<"nodes">>;
  readonly services?: CollectionDelta<Entity<"services">>;
  readonly tasks?: CollectionDelta<Entity<"tasks">>;
}

/** Structural equality of plain JSON values. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  const other = b as Record<string, unknown>;
  return keys.every(
    (key) => Object.hasOwn(other, key) && sameJson((a as Record<string, unknown>)[key], other[key]),
  );
}

function changedFields<T extends object>(before: T, after: T): Partial<T> | null {
  const changed: Partial<T> = {};
  let any = false;
  for (const key of Object.keys(after) as (keyof T)[]) {
    if (!sameJson(before[key], after[key])) {
      changed[key] = after[key];
      any = true;
    }
  }
  return any ? changed : null;
}

/** What differs between two collections; undefined: nothing. Equal objects are taken for equal without a look. */
export function diffCollection<T extends { readonly id: string }>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
): CollectionDelta<T> | undefined {
  if (before === after) return undefined;
  const set: (Partial<T> & { readonly id: string })[] = [];
  for (const entity of Object.values(after)) {
    const old = before[entity.id];
    if (old === entity) continue;
    const fields = old === undefined ? entity : changedFields(old, entity);
    if (fields) set.push({ ...fields, id: entity.id });
  }
  const del = Object.keys(before).filter((id) => !Object.hasOwn(after, id));
  return set.length === 0 && del.length === 0 ? undefined : { set, del };
}

/** The delta from one model to a later one, or null when nothing a screen shows has changed. */
export function diffModels(before: ClusterModel, after: ClusterModel): ClusterDelta | null {
  const info = changedFields(before.info, after.info);
  const nodes = diffCollection(before.nodes, after.nodes);
  const services = diffCollection(before.services, after.services);
  const tasks = diffCollection(before.tasks, after.tasks);
  if (!info && !nodes && !services && !tasks) return null;
  return {
    seq: before.seq + 1,
    ...(info && { info }),
    ...(nodes && { nodes }),
    ...(services && { services }),
    ...(tasks && { tasks }),
  };
}

/** The collection after a step; the same one where there is none. */
export function applyCollection<T extends { readonly id: string }>(
  before: Readonly<Record<string, T>>,
  delta: CollectionDelta<T> | undefined,
): Readonly<Record<string, T>> {
  if (!delta) return before;
  const after: Record<string, T> = { ...before };
  for (const fields of delta.set) after[fields.id] = { ...after[fields.id], ...fields } as T;
  for (const id of delta.del) delete after[id];
  return after;
}

/** Applies the next delta; null when it is not the next one (the caller asks for a fresh snapshot). */
export function applyDelta(model: ClusterModel, delta: ClusterDelta): ClusterModel | null {
  if (delta.seq !== model.seq + 1) return null;
  return {
    seq: delta.seq,
    info: delta.info ? { ...model.info, ...delta.info } : model.info,
    nodes: applyCollection(model.nodes, delta.nodes),
    services: applyCollection(model.services, delta.services),
    tasks: applyCollection(model.tasks, delta.tasks),
  };
}
