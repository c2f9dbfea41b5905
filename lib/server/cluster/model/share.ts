import { sameJson } from "#lib/shared/model/reducer.ts";

type Entities<T> = Readonly<Record<string, T>>;

/** The new entity, or the old object when nothing in it has changed: equal pictures stay the same objects. */
function share<T>(before: T | undefined, after: T): T {
  return before !== undefined && sameJson(before, after) ? before : after;
}

/** A collection with exactly these entities; the old objects, or the old collection, where nothing has changed. */
export function shareAll<T extends { readonly id: string }>(
  before: Entities<T>,
  entities: Iterable<T>,
): Entities<T> {
  const after: Record<string, T> = {};
  let same = true;
  let count = 0;
  for (const entity of entities) {
    const kept = share(before[entity.id], entity);
    after[entity.id] = kept;
    same &&= kept === before[entity.id];
    count += 1;
  }
  return same && count === Object.keys(before).length ? before : after;
}

/** The collection after some entities were read again: `gone` leave, `read` are put in. */
export function shareSome<T extends { readonly id: string }>(
  before: Entities<T>,
  gone: Iterable<string>,
  read: Iterable<T>,
): Entities<T> {
  let after: Record<string, T> | null = null;
  const writable = (): Record<string, T> => {
    after ??= { ...before };
    return after;
  };
  for (const id of gone) if (Object.hasOwn(before, id)) delete writable()[id];
  for (const entity of read) {
    const kept = share(before[entity.id], entity);
    if (kept !== before[entity.id] || after !== null) writable()[entity.id] = kept;
  }
  return after ?? before;
}
