import type { Caller } from "#lib/server/runtime-types.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { jsonAt, withJsonAt } from "#lib/shared/lossless-json.ts";
import type { ActionContext } from "./context.ts";
import { type SpecTarget, type WrittenSpec, writeSpec } from "./write-spec.ts";

/** One field of a specification and what it shall become. Values are JSON texts; null is an absent field. */
export interface FieldEdit {
  /** Keys from the Spec inwards: ["Mode","Replicated","Replicas"]. */
  readonly path: readonly string[];
  /** What a person calls the field, for the sentence of a conflict. */
  readonly label: string;
  /** What the caller believes is there; the first read when left out. */
  readonly expected?: string | null;
  /** The wanted value, from what `expected` or the first read says. */
  readonly next: (before: string | null) => string | null;
}

/**
 * Changes exactly the given fields of an object's Spec and nothing else, byte for byte, with the patience of
 * `writeSpec`. A field somebody else changed meanwhile is a `conflict` with both values.
 */
export function changeSpec(
  ctx: ActionContext,
  caller: Caller,
  target: SpecTarget,
  edits: readonly FieldEdit[],
): Promise<WrittenSpec> {
  let plan: readonly PlannedEdit[] | null = null;
  return writeSpec(ctx, caller, target, (spec) => {
    plan ??= edits.map((edit) => planEdit(edit, spec));
    if (plan.every((edit) => sameJson(jsonAt(spec, edit.path), edit.next))) return null;
    checkConflicts(target, plan, spec);
    return plan.reduce((text, edit) => withJsonAt(text, edit.path, edit.next), spec);
  });
}

/** An edit with its values fixed: what was there when the change was decided, and what shall be. */
interface PlannedEdit {
  readonly path: readonly string[];
  readonly label: string;
  readonly before: string | null;
  readonly next: string | null;
}

function planEdit(edit: FieldEdit, spec: string): PlannedEdit {
  const before = edit.expected === undefined ? jsonAt(spec, edit.path) : edit.expected;
  return { path: edit.path, label: edit.label, before, next: edit.next(before) };
}

function checkConflicts(target: SpecTarget, plan: readonly PlannedEdit[], spec: string): void {
  const fields = plan.flatMap((edit) => {
    const theirs = jsonAt(spec, edit.path);
    if (sameJson(theirs, edit.before) || sameJson(theirs, edit.next)) return [];
    return [{ field: edit.label, before: read(edit.before), yours: read(edit.next), theirs: read(theirs) }];
  });
  const [first] = fields;
  if (!first) return;
  throw new AppError(
    "conflict",
    t("actions.error.conflict", {
      name: target.name,
      field: first.field,
      before: shown(first.before),
      theirs: shown(first.theirs),
      yours: shown(first.yours),
    }),
    { details: { fields } },
  );
}

/** Engines escape characters in their own way, so scalars are compared by meaning. */
function sameJson(a: string | null, b: string | null): boolean {
  return a === b || (a !== null && b !== null && JSON.stringify(read(a)) === JSON.stringify(read(b)));
}

function read(text: string | null): unknown {
  return text === null ? null : JSON.parse(text);
}

function shown(value: unknown): string {
  if (value === null) return t("actions.error.nothing");
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}
