import { jsonAt, jsonItems, parseExactly, withJsonAt } from "../lossless-json.ts";
import { sameValue } from "../same-value.ts";
import { isObject } from "./codec.ts";
import type { ServiceEdit } from "./edit-schemas.ts";
import { type FieldId, serviceField } from "./fields.ts";

/** A field that somebody else has changed in the meantime. Values are withheld (null) where they are secret. */
export interface EditConflict {
  /** The field of the form; null: one that only the whole specification has. */
  readonly field: FieldId | null;
  /** Of a map its key, of the environment the variable, of the whole specification the path in words. */
  readonly key: string | null;
  /** Keys from the Spec inwards; of the environment, of the list. */
  readonly path: readonly string[];
  readonly before: unknown;
  readonly theirs: unknown;
  readonly yours: unknown;
  readonly isSecret: boolean;
}

export interface Applied {
  /** The specification with everything that could be changed without a conflict. */
  readonly spec: string;
  readonly conflicts: readonly EditConflict[];
}

/** One member to change. Values are JSON texts; null: absent. `before` left out: whatever is there. */
interface Piece {
  readonly path: readonly string[];
  readonly before?: string | null;
  readonly next: string | null;
  /** Both are texts of the engine: numbers are told apart that a double cannot. */
  readonly isExact?: true;
}

/**
 * A specification (JSON text) with fields changed, every other byte as it was. Each field, each key of a map and each
 * variable of an environment is a conflict of its own when it is neither what it was nor what it shall be.
 */
export function applyEdits(spec: string, edits: readonly ServiceEdit[]): Applied {
  let text = spec;
  const conflicts: EditConflict[] = [];
  for (const edit of edits) {
    const field = serviceField(edit.field);
    const told = (
      key: string | null,
      path: readonly string[],
      [before, theirs, yours]: readonly unknown[],
    ) => {
      const isSecret = field.isSecret === true;
      const values = isSecret ? { before: null, theirs: null, yours: null } : { before, theirs, yours };
      conflicts.push({ field: edit.field, key, path, isSecret, ...values });
    };
    if (field.kind === "env") {
      const merged = mergeVariables(jsonAt(text, field.path), edit);
      for (const name of merged.conflicts) told(name, field.path, []);
      if (merged.lines !== null) text = withList(text, field.path, merged.lines);
      continue;
    }
    for (const piece of field.kind === "map"
      ? mapPieces(text, field.path, edit)
      : [valuePiece(field.path, edit)]) {
      const key = field.kind === "map" ? (piece.path.at(-1) ?? null) : null;
      const conflict = tryPiece(text, piece);
      if (conflict) told(key, piece.path, conflict);
      else text = setPiece(text, piece);
    }
  }
  return { spec: text, conflicts };
}

/** The same for a whole specification that was made from `before`: only members that differ between the two are changed. */
export function applyWhole(present: string, before: string, wanted: string): Applied {
  let text = present;
  const conflicts: EditConflict[] = [];
  for (const piece of differences([], before, wanted)) {
    const conflict = tryPiece(text, piece);
    if (conflict === null) text = setPiece(text, piece);
    else {
      // What a whole specification says may be a secret anywhere.
      conflicts.push({
        field: null, key: piece.path.join("."),
        path: piece.path, isSecret: true, before: null, theirs: null, yours: null,
      }); // biome-ignore format: short
    }
  }
  return { spec: text, conflicts };
}

function valuePiece(path: readonly string[], edit: ServiceEdit): Piece {
  return { path, next: textOf(edit.value), ...("before" in edit && { before: textOf(edit.before) }) };
}

function textOf(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}

/** A map is changed key by key, so that two people can change different ones. */
function mapPieces(spec: string, path: readonly string[], edit: ServiceEdit): readonly Piece[] {
  const present = membersOf(JSON.parse(jsonAt(spec, path) ?? "null"));
  const hasBefore = "before" in edit;
  const before = hasBefore ? membersOf(edit.before) : present;
  const wanted = membersOf(edit.value);
  return [...new Set([...Object.keys(before), ...Object.keys(wanted)])]
    .filter((key) => before[key] !== wanted[key])
    .map((key) => ({
      path: [...path, key],
      next: textOf(wanted[key]),
      ...(hasBefore && { before: textOf(before[key]) }),
    }));
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}

/** Null: the piece can be set. Else what was, what is there, and what was wanted. */
function tryPiece(text: string, piece: Piece): readonly unknown[] | null {
  const { path, before, next } = piece;
  const theirs = jsonAt(text, path);
  const same = comparison(piece);
  if (before === undefined || same(theirs, before) || same(theirs, next)) return null;
  return [before, theirs, next].map(read);
}

function setPiece(text: string, piece: Piece): string {
  const { path, next } = piece;
  if (comparison(piece)(jsonAt(text, path), next)) return text;
  const value = next?.startsWith("[") && !piece.isExact ? reuseItems(jsonAt(text, path), next) : next;
  return withJsonAt(text, path, value);
}

function comparison({ isExact }: Piece): (a: string | null, b: string | null) => boolean {
  return isExact ? (a, b) => sameValue(exact(a), exact(b)) : sameText;
}

/** Numbers come from a form as doubles, so both are compared as such. */
function sameText(a: string | null, b: string | null): boolean {
  return a === b || sameValue(read(a), read(b));
}

function read(text: string | null): unknown {
  return text === null ? null : JSON.parse(text);
}

/** Items of a list that stay are written as they were, byte for byte. */
function reuseItems(present: string | null, wanted: string): string {
  const known = present === null ? [] : [...jsonItems(present)];
  const items = jsonItems(wanted).map((item) => {
    const at = known.findIndex((each) => sameText(each, item));
    return at < 0 ? item : (known.splice(at, 1)[0] ?? item);
  });
  return `[${items.join(",")}]`;
}

function withList(text: string, path: readonly string[], lines: readonly string[]): string {
  const piece = { path, next: lines.length > 0 ? JSON.stringify(lines) : null };
  return setPiece(text, piece);
}

interface Merged {
  /** Null: nothing is to be changed. */
  readonly lines: readonly string[] | null;
  /** Names of variables. */
  readonly conflicts: readonly string[];
}

/** Variables are merged by name: what somebody else did to others stays. */
function mergeVariables(presentText: string | null, edit: ServiceEdit): Merged {
  const present = linesOf(read(presentText));
  const wanted = linesOf(edit.value);
  const before = "before" in edit ? linesOf(edit.before) : present;
  if (sameValue(present, wanted)) return { lines: null, conflicts: [] };
  if (sameValue(present, before)) return { lines: wanted, conflicts: [] };
  const [was, is, shall] = [before, present, wanted].map(byName) as [Variables, Variables, Variables];
  const changed = [...new Set([...was.keys(), ...shall.keys()])].filter(
    (name) => was.get(name) !== shall.get(name),
  );
  const conflicts = changed.filter(
    (name) => is.get(name) !== was.get(name) && is.get(name) !== shall.get(name),
  );
  const mine = new Set(changed.filter((name) => !conflicts.includes(name)));
  const kept = present.flatMap((line) => {
    const name = nameOf(line);
    if (!mine.has(name)) return [line];
    mine.delete(name);
    const next = shall.get(name);
    return next === undefined ? [] : [next];
  });
  const added = [...mine].flatMap((name) => shall.get(name) ?? []);
  return { lines: [...kept, ...added], conflicts };
}

type Variables = ReadonlyMap<string, string>;

function byName(lines: readonly string[]): Variables {
  return new Map(lines.map((line) => [nameOf(line), line]));
}

function nameOf(line: string): string {
  return line.split("=", 1)[0] ?? "";
}

function linesOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((line) => typeof line === "string") : [];
}

/** Members in which two texts differ, as deep as both are objects. */
function differences(path: readonly string[], before: string | null, after: string | null): readonly Piece[] {
  if (sameValue(exact(before), exact(after))) return [];
  if (!before?.trimStart().startsWith("{") || !after?.trimStart().startsWith("{")) {
    return [{ path, before, next: after, isExact: true }];
  }
  const keys = new Set([...Object.keys(JSON.parse(before)), ...Object.keys(JSON.parse(after))]);
  return [...keys].flatMap((key) => differences([...path, key], jsonAt(before, [key]), jsonAt(after, [key])));
}

function exact(text: string | null): unknown {
  return text === null ? null : parseExactly(text);
}
