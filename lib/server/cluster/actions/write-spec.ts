import type { PendingRevision, Revision } from "#lib/server/db/revisions.ts";
import type { Engine } from "#lib/server/docker/engine.ts";
import { certainlyNotApplied, isOutOfSequence } from "#lib/server/docker/errors.ts";
import type { Caller } from "#lib/server/runtime-types.ts";
import { maskedValue } from "#lib/shared/agent/scope.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { jsonAt } from "#lib/shared/lossless-json.ts";
import type { ActionContext } from "./context.ts";
import { patientReadMs } from "./object-ref.ts";
import { createPatience } from "./patience.ts";

/** The object whose Spec is changed, and how the change is recorded. */
export interface SpecTarget {
  /** Of secrets and configs nothing is kept. */
  readonly kind: Revision["kind"] | "secret" | "config";
  readonly id: string;
  readonly name: string;
  /** Where it is read, `/services/abc`. It is written at `${path}/update`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** The audit action. */
  readonly action: string;
}

/** The Spec's text after the change, and the operation that follows it; null where nothing needed to change. */
export interface WrittenSpec {
  readonly spec: string;
  readonly operation: number | null;
}

/** Tries with a version that turned out to be outdated. */
const mostStaleTries = 5;

/**
 * Replaces an object's Spec: read, let `plan` make the new text of the one that was read, write it with the version
 * that was read. `plan` answers null when nothing is to be done, and may throw; it is asked again for a fresh Spec
 * after a stale version. After a write whose fate is unknown (timeout, broken connection) the object is read again to
 * see: a write is repeated only when it certainly was not applied, and the version in it keeps a late first one and
 * its repetition from both counting.
 */
export async function writeSpec(
  ctx: ActionContext,
  caller: Caller,
  target: SpecTarget,
  plan: (spec: string) => string | null,
): Promise<WrittenSpec> {
  const patience = createPatience(ctx);
  let stale = 0;
  let sent: PendingRevision | null = null;
  let fateUnknown = false;
  for (;;) {
    try {
      const engine = ctx.manager();
      const { spec, version } = await readSpec(engine, target);
      const changed = plan(spec);
      if (changed === null) {
        sent?.confirm();
        return { spec, operation: sent?.operation ?? null };
      }
      if (changed.includes(maskedValue)) {
        throw new AppError("forbidden", t("actions.error.masked", { name: target.name }));
      }
      // Of a try whose fate is unknown the specification is the same again: it did not happen.
      sent?.drop();
      sent = begin(ctx, caller, target, { before: spec, after: changed, version });
      await engine.send("POST", `${target.path}/update`, {
        query: { ...target.query, version },
        body: changed,
        headers: registryHeaders(ctx, target, changed),
      });
      sent.confirm();
      return { spec: changed, operation: sent.operation ?? null };
    } catch (error) {
      if (sent !== null && certainlyNotApplied(error) && !fateUnknown) {
        sent.drop();
        sent = null;
      }
      if (isOutOfSequence(error)) {
        stale += 1;
        if (stale >= mostStaleTries) throw error;
        continue;
      }
      if (!certainlyNotApplied(error)) fateUnknown = sent !== null;
      await patience.again(error);
    }
  }
}

async function readSpec(engine: Engine, target: SpecTarget): Promise<{ spec: string; version: string }> {
  const text = await engine.getText(target.path, { timeoutMs: patientReadMs });
  const spec = jsonAt(text, ["Spec"]);
  const version = jsonAt(text, ["Version", "Index"]);
  if (spec === null || version === null) {
    throw new AppError("engine_error", t("actions.error.noSpec", { name: target.name }));
  }
  return { spec, version };
}

/** The login that is kept for the image's registry goes with every write of a service: its nodes pull with it. */
function registryHeaders(ctx: ActionContext, { kind }: SpecTarget, spec: string): Record<string, string> {
  return kind === "service" ? registryHeadersOf(ctx, spec) : {};
}

/** X-Registry-Auth for a service's specification (JSON text); empty where no login is kept. */
export function registryHeadersOf(
  ctx: Pick<ActionContext, "registryAuth">,
  spec: string,
): Record<string, string> {
  const image = jsonAt(spec, ["TaskTemplate", "ContainerSpec", "Image"]);
  const name: unknown = image === null ? null : JSON.parse(image);
  const auth = typeof name === "string" && name !== "" ? ctx.registryAuth(name) : null;
  return auth === null ? {} : { "X-Registry-Auth": auth };
}

/** What a secret or config was before is in no database. */
const notKept: PendingRevision = { confirm: () => undefined, drop: () => undefined };

function begin(
  ctx: ActionContext,
  caller: Caller,
  target: SpecTarget,
  { before, after, version }: { readonly before: string; readonly after: string; readonly version: string },
): PendingRevision {
  const { kind } = target;
  if (kind === "secret" || kind === "config") return notKept;
  return ctx.beginRevision(revisionOf(ctx, caller, { ...target, kind }, before, after), version);
}

function revisionOf(
  ctx: ActionContext,
  caller: Caller,
  target: SpecTarget & { readonly kind: Revision["kind"] },
  before: string,
  after: string,
): Revision {
  return {
    cluster: ctx.clusterId,
    kind: target.kind,
    objectId: target.id,
    objectName: target.name,
    at: ctx.now(),
    userId: caller.userId,
    userName: caller.name,
    via: caller.via,
    action: target.action,
    specBefore: before,
    specAfter: after,
  };
}
