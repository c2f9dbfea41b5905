import { type CollectionName, collections } from "./reducer.ts";
import type { ClusterModel } from "./types.ts";

/** The values of one field for all entities of a collection, in the shortest form that loses nothing. */
type Column =
  /** All the same. */
  | { readonly all: unknown }
  /** Few different ones: which, and the place of each. */
  | { readonly words: readonly unknown[]; readonly at: readonly number[] }
  /** Large whole numbers: their smallest, and what each adds to it. */
  | { readonly from: number; readonly plus: readonly number[] }
  /** Strings without a comma, joined by commas. */
  | { readonly list: string }
  | { readonly each: readonly unknown[] };

/** Entities by column instead of by entity. */
export type PackedCollection = { readonly size: number; readonly fields: Readonly<Record<string, Column>> };

/** A picture of a cluster as it travels inside a page: by column instead of by entity, about a tenth of the size. */
export interface PackedModel {
  readonly seq: number;
  readonly info: ClusterModel["info"];
  readonly collections: Readonly<Record<CollectionName, PackedCollection>>;
}

type Entity = { readonly id: string } & Readonly<Record<string, unknown>>;
type Entities = Readonly<Record<string, Entity>>;

const isLargeInteger = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) > 1e6;

function packColumn(values: readonly unknown[]): Column {
  const places = new Map<string, number>();
  const words: unknown[] = [];
  const at = values.map((value) => {
    const text = JSON.stringify(value);
    const known = places.get(text);
    if (known !== undefined) return known;
    places.set(text, words.length);
    return words.push(value) - 1;
  });
  if (words.length === 1) return { all: values[0] };
  if (words.length <= values.length / 2) return { words, at };
  if (values.every(isLargeInteger)) {
    const from = values.reduce((least, value) => Math.min(least, value));
    return { from, plus: values.map((value) => value - from) };
  }
  const isPlain = values.every((value): value is string => typeof value === "string" && !value.includes(","));
  return isPlain ? { list: values.join(",") } : { each: values };
}

function unpackColumn(column: Column, size: number): readonly unknown[] {
  if ("all" in column) return Array.from({ length: size }, () => column.all);
  if ("words" in column) return column.at.map((place) => column.words[place]);
  if ("from" in column) return column.plus.map((more) => column.from + more);
  return "list" in column ? column.list.split(",") : column.each;
}

/** Packs entities by id. All have the same fields. */
export function packCollection(entities: Entities): PackedCollection {
  const rows = Object.values(entities);
  const names = Object.keys(rows[0] ?? {});
  // Every field is always present (types.ts), so the first entity names them all.
  return {
    size: rows.length,
    fields: Object.fromEntries(names.map((name) => [name, packColumn(rows.map((row) => row[name]))])),
  };
}

/** The entities that were packed. */
export function unpackCollection({ size, fields }: PackedCollection): Entities {
  const columns = Object.entries(fields).map(([name, column]) => ({
    name,
    values: unpackColumn(column, size),
  }));
  const rows = Array.from({ length: size }, (_, row) =>
    Object.fromEntries(columns.map(({ name, values }) => [name, values[row]])),
  ) as Entity[];
  return Object.fromEntries(rows.map((row) => [row.id, row]));
}

/** Packs a picture for its way into a page. `unpackModel` gives back an equal one. */
export function packModel(model: ClusterModel): PackedModel {
  const packed = collections.map((name) => [name, packCollection(model[name] as unknown as Entities)]);
  return { seq: model.seq, info: model.info, collections: Object.fromEntries(packed) };
}

/** The picture that was packed. */
export function unpackModel({ seq, info, collections: packed }: PackedModel): ClusterModel {
  const unpacked = collections.map((name) => [name, unpackCollection(packed[name])]);
  return { seq, info, ...Object.fromEntries(unpacked) } as ClusterModel;
}
