import type { Caller } from "#lib/server/runtime-types.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { jsonAt, withJsonAt } from "#lib/shared/lossless-json.ts";
import { guardedChanges } from "#lib/shared/policy/guarded-changes.ts";
import { addedEscapes, type HostEscape } from "#lib/shared/policy/host-escapes.ts";
import { compactJson, doubledMember } from "#lib/shared/pretty-json.ts";
import { type Applied, applyEdits, applyWhole } from "#lib/shared/services/apply-edits.ts";
import type { ServiceChange, ServiceEdit } from "#lib/shared/services/edit-schemas.ts";
import { fitsMode } from "#lib/shared/services/fields.ts";
import type { ActionContext } from "../actions/context.ts";
import { escapeFacts, mayReachHost } from "../actions/host-access.ts";
import { pinImage } from "./pin-image.ts";
import { knownNetworks, modeKey, networkTargets, withIds } from "./spec-names.ts";

const imagePath = ["TaskTemplate", "ContainerSpec", "Image"];
const platformsPath = ["TaskTemplate", "Placement", "Platforms"];

/** A change that is ready to be made on any text of the specification. */
export interface PlannedChange {
  readonly apply: (present: string) => Applied;
  readonly warnings: readonly string[];
}

/**
 * Makes a change ready: names become ids, the image gets its digest, a whole specification is read. `present` is the
 * specification it will most likely be made on. Throws invalid_input.
 */
export async function planChange(
  ctx: ActionContext,
  present: string,
  input: ServiceChange,
): Promise<PlannedChange> {
  if (input.whole) {
    const [before, wanted] = [input.whole.before, input.whole.spec].map(readWhole) as [string, string];
    return { apply: (text) => applyWhole(text, before, wanted), warnings: [] };
  }
  const edits = await withIds(ctx, input.edits ?? []);
  refuseOtherModes(edits, present);
  const image = edits.find((edit) => edit.field === "image");
  const mayPin = input.pin !== false && typeof image?.value === "string";
  const pinned = mayPin ? await pinImage(ctx, image.value) : null;
  const ready = edits.map((edit) =>
    edit === image && pinned !== null ? { ...edit, value: pinned.image } : edit,
  ) as readonly ServiceEdit[];
  return {
    apply: (text) => {
      const { spec, conflicts } = applyEdits(text, ready);
      // What the image before it was made for does not hold for this one.
      const isNew = jsonAt(text, imagePath) !== jsonAt(spec, imagePath);
      const platforms = isNew && pinned?.platforms ? JSON.stringify(pinned.platforms) : null;
      return { spec: platforms === null ? spec : withJsonAt(spec, platformsPath, platforms), conflicts };
    },
    warnings: pinned?.warning ? [pinned.warning] : [],
  };
}

function readWhole(text: string): string {
  let doubled: string | null;
  try {
    doubled = doubledMember(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : "";
    // The parser's sentence quotes what stands there, which may be a secret.
    const where = /position \d+( \(line \d+ column \d+\))?/.exec(why)?.[0] ?? "";
    throw new AppError("invalid_input", t("edit.error.notJson", { where }));
  }
  if (doubled !== null) throw new AppError("invalid_input", t("edit.error.doubled", { path: doubled }));
  if (!text.trimStart().startsWith("{")) throw new AppError("invalid_input", t("edit.error.noObject"));
  return compactJson(text);
}

function refuseOtherModes(edits: readonly ServiceEdit[], present: string): void {
  const mode = modeKey(JSON.parse(present));
  const odd = edits.find(({ field }) => !fitsMode(field, mode));
  if (odd) throw new AppError("invalid_input", t("edit.error.mode", { field: t(`edit.field.${odd.field}`) }));
}

/**
 * The ways to the host that this change would open and that the caller may not open, as sentences. `before` null: the
 * service is made. Admins may open all of them.
 */
export async function refusals(
  ctx: ActionContext,
  caller: Pick<Caller, "role">,
  before: string | null,
  after: string,
): Promise<readonly string[]> {
  if (mayReachHost(ctx, caller)) return [];
  const [old, wanted] = [before === null ? null : JSON.parse(before), JSON.parse(after)] as [
    unknown,
    unknown,
  ];
  const networks = await knownNetworks(ctx, new Set([...networkTargets(old), ...networkTargets(wanted)]));
  const facts = escapeFacts(ctx, networks.hosts);
  const guarded = before === null ? [] : guardedChanges(old, wanted, facts);
  return [
    ...addedEscapes(old, wanted, facts).map(escapeWords),
    ...(guarded.length === 0 ? [] : [t("edit.escape.guarded", { members: guarded.join(", ") })]),
  ];
}

function escapeWords({ kind, detail }: HostEscape): string {
  return t(`edit.escape.${kind}`, { detail });
}

/** Throws forbidden with the reasons, if there are any. */
export function refuse(name: string, reasons: readonly string[]): void {
  if (reasons.length === 0) return;
  throw new AppError("forbidden", t("edit.error.escapes", { name, reasons: reasons.join(" ") }), {
    details: { reasons },
  });
}
