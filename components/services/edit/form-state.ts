import "#lib/shared/i18n/pages/edit.ts";
import { type Phrase, phrase } from "#lib/shared/i18n/phrase.ts";
import { jsonAt, withJsonAt } from "#lib/shared/lossless-json.ts";
import { applyWhole, type EditConflict } from "#lib/shared/services/apply-edits.ts";
import type { ServiceEdit } from "#lib/shared/services/edit-schemas.ts";
import { type FieldId, fieldIds, fitsMode, serviceField } from "#lib/shared/services/fields.ts";
import type { ServiceForm } from "#lib/shared/services/types.ts";

/** Values of fields in Docker's shapes. */
export type Values = Readonly<Partial<Record<FieldId, unknown>>>;
/** What stands in the form. */
export type Texts = Readonly<Partial<Record<FieldId, string>>>;

/** The form as it is typed, over what it was opened with. */
export interface FormState {
  readonly mode: string;
  readonly base: Values;
  readonly texts: Texts;
  /** Secret fields that are set and that nobody has asked to see: they are not in the form. */
  readonly hidden: Readonly<Partial<Record<FieldId, number>>>;
}

/** A form that nothing was typed in. */
export function openForm(mode: string, base: Values, hidden: FormState["hidden"] = {}): FormState {
  return { mode, base, hidden, texts: textsOf(base) };
}

/** The form of a service that is still to be made. */
export function newForm(): FormState {
  const form = openForm("Replicated", {});
  return { ...form, texts: { ...form.texts, replicas: "1" } };
}

/**
 * The form of a copy: without the marks of a stack, which the server leaves out, and without the ports of the swarm that its
 * original has.
 */
export function copyForm(from: Pick<ServiceForm, "mode" | "values" | "hidden">): FormState {
  const values = { ...from.values };
  for (const id of ["labels", "containerLabels"] as const) {
    const labels = Object.entries((values[id] ?? {}) as Readonly<Record<string, string>>);
    values[id] = Object.fromEntries(labels.filter(([key]) => !key.startsWith("com.docker.stack.")));
  }
  const form = openForm(from.mode, values, from.hidden);
  const ports = form.texts.ports
    ?.split("\n")
    .map((line) => (line.endsWith("mode=host") ? line : line.replace(/^\d+:/, "")));
  return { ...form, texts: { ...form.texts, ports: ports?.join("\n") ?? "" } };
}

function textsOf(values: Values): Texts {
  return Object.fromEntries(fieldIds.map((id) => [id, serviceField(id).codec.show(values[id])]));
}

/** With the secret values that were asked for. */
export function revealed(state: FormState, values: Values): FormState {
  const texts = Object.fromEntries(
    Object.entries(values).map(([id, value]) => [id, serviceField(id as FieldId).codec.show(value)]),
  );
  const hidden = Object.fromEntries(Object.entries(state.hidden).filter(([id]) => !(id in values)));
  return { ...state, base: { ...state.base, ...values }, texts: { ...state.texts, ...texts }, hidden };
}

/** What was changed, and what cannot be sent. */
export interface ReadForm {
  readonly edits: readonly ServiceEdit[];
  readonly problems: Readonly<Partial<Record<FieldId, Phrase>>>;
}

/** The edits that a form stands for, each with what was there when it was opened. */
export function readForm(state: FormState): ReadForm {
  const edits: ServiceEdit[] = [];
  const problems: Partial<Record<FieldId, Phrase>> = {};
  for (const id of fieldIds) {
    const { codec } = serviceField(id);
    const [base, text = ""] = [state.base[id] ?? null, state.texts[id]];
    if (!fitsMode(id, state.mode) || state.hidden[id] !== undefined || text === codec.show(base)) continue;
    const typed = codec.read(text, base);
    if ("problem" in typed) problems[id] = typed.problem;
    else if (JSON.stringify(typed.value) !== JSON.stringify(base)) {
      edits.push({ field: id, value: typed.value, before: base } as ServiceEdit);
    }
  }
  if (state.texts.image?.trim() === "") problems.image = phrase("edit.problem.image");
  return { edits, problems };
}

/** Whose value is kept where two people changed the same: by `conflictKey`. */
export type Choices = Readonly<Record<string, "mine" | "theirs">>;

/** Tells one conflict from another. */
export function conflictKey({ path, key }: Pick<EditConflict, "path" | "key">): string {
  return JSON.stringify([path, key]);
}

/** The form over what is there now: what nobody else touched stays as typed, conflicts as they were decided. */
export function rebased(
  state: FormState,
  fresh: Values,
  conflicts: readonly EditConflict[],
  choices: Choices,
): FormState {
  const texts: Partial<Record<FieldId, string>> = { ...textsOf(fresh) };
  for (const edit of readForm(state).edits) {
    const { codec, kind } = serviceField(edit.field);
    const lost = conflicts.filter(
      (each) => each.field === edit.field && choices[conflictKey(each)] === "theirs",
    );
    const now = fresh[edit.field] ?? null;
    if (kind === "value") {
      if (lost.length === 0) texts[edit.field] = state.texts[edit.field] ?? "";
      continue;
    }
    const keys = new Set(lost.map(({ key }) => key));
    const [was, mine, theirs] = [edit.before, edit.value, now].map(pairsOf) as [Pairs, Pairs, Pairs];
    const merged = new Map(theirs);
    for (const key of new Set([...was.keys(), ...mine.keys()])) {
      const next = mine.get(key);
      if (was.get(key) === next || keys.has(key)) continue;
      if (next === undefined) merged.delete(key);
      else merged.set(key, next);
    }
    texts[edit.field] = codec.show(kind === "env" ? [...merged.values()] : Object.fromEntries(merged));
  }
  return { ...state, base: fresh, texts };
}

type Pairs = ReadonlyMap<string, string>;

/** Of a map its pairs; of an environment its lines by variable. */
function pairsOf(value: unknown): Pairs {
  if (Array.isArray(value)) {
    return new Map(value.map((line) => [String(line).split("=", 1)[0] ?? "", String(line)]));
  }
  return new Map(Object.entries((value ?? {}) as Readonly<Record<string, string>>));
}

/** A whole specification over the one that is there now. */
export function rebasedWhole(fresh: string, before: string, wanted: string, choices: Choices): string {
  const { spec, conflicts } = applyWhole(fresh, before, wanted);
  return conflicts
    .filter((each) => choices[conflictKey(each)] === "mine")
    .reduce((text, { path }) => withJsonAt(text, path, jsonAt(wanted, path)), spec);
}

/** Variables as a `.env` file writes them, as lines of the form: without comments, `export` and quotes. */
export function readDotEnv(text: string): string {
  const variable = /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*("(?:[^"\\]|\\[\s\S])*"|'[^']*'|[^\n]*)/gm;
  return [...text.matchAll(variable)]
    .map(([, name = "", raw = ""]) => `${name}=${unquoted(raw)}`.replaceAll("\n", "␤"))
    .join("\n");
}

function unquoted(raw: string): string {
  const text = raw.trim();
  if (text.startsWith("'") && text.endsWith("'") && text.length > 1) return text.slice(1, -1);
  if (text.startsWith('"') && text.endsWith('"') && text.length > 1) {
    return text.slice(1, -1).replace(/\\([\s\S])/g, (_all, char: string) => (char === "n" ? "\n" : char));
  }
  return text.replace(/\s+#.*$/, "");
}
