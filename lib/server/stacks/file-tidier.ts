import { causeOf } from "#lib/server/docker/errors.ts";
import type { AuditLog } from "#lib/server/runtime-types.ts";
import { isAppError } from "#lib/shared/errors.ts";
import { phrase } from "#lib/shared/i18n/phrase.ts";
import type { FileKind } from "#lib/shared/swarm-files/limits.ts";
import type { ActionContext } from "../cluster/actions/context.ts";
import type { Resources } from "../cluster/resources/resources.ts";
import { pluralOf } from "../cluster/swarm-files/find-file.ts";
import type { KeptFiles, KeptOld } from "./replaced-files.ts";
import type { StackVersions } from "./stack-versions.ts";

export interface TidierOptions {
  readonly ctx: ActionContext;
  readonly resources: Resources;
  readonly versions: StackVersions;
  /** Null: no row is written. */
  readonly audit: Pick<AuditLog, "write"> | null;
  /** Somebody deploys or removes this stack right now. */
  readonly isBusy: (stack: string) => boolean;
  readonly signal: AbortSignal;
  readonly onError: (error: unknown) => void;
}

/** How often a deploy is looked at, ms, at first and later on; that asks no engine. */
const lookMs = 300;
const longestLookMs = 3_000;
/** Pause while no manager answers, ms. */
const retryMs = 2_000;

/**
 * Removes the secrets and configs that a deploy has put others in the place of, once every service has converged. What it is
 * about stands in the version, so a server that was killed goes on after its next start.
 */
export function createFileTidier({
  ctx,
  resources,
  versions,
  audit,
  isBusy,
  signal,
  onError,
}: TidierOptions) {
  const atWork = new Map<string, Promise<void>>();

  async function follow(stack: string, id: number): Promise<void> {
    for (let looks = 0; !signal.aborted; looks += 1) {
      const step = versions.nextStep(stack, id);
      if (step === null) return;
      if (step !== "wait" && !isBusy(stack)) {
        const work = tidy(stack, id, step);
        atWork.set(stack, work);
        try {
          return await work;
        } finally {
          atWork.delete(stack);
        }
      }
      // One that is stuck may stay so for days.
      await ctx.sleep(Math.min(lookMs + looks * 10, longestLookMs));
    }
  }

  async function tidy(stack: string, id: number, start: KeptFiles): Promise<void> {
    let kept = start;
    for (const { kind, old } of start.files) {
      for (const each of old) {
        if (each.state !== "waiting") continue;
        const after = await removeOld(kind, each);
        // The server ends: the next one goes on.
        if (after === null) return;
        kept = withOld(kept, kind, after);
        versions.keepFiles(id, kept);
        if (after.state === "removed") note(stack, id, kept, `${kind} ${after.name}`);
      }
    }
    versions.keepFiles(id, { ...kept, isDone: true });
  }

  /** Null: the server ends. */
  async function removeOld(kind: FileKind, old: KeptOld): Promise<KeptOld | null> {
    while (!signal.aborted) {
      try {
        resources.forget(pluralOf(kind), "services");
        const { present } = await resources.fileUses();
        const users = present.filter((use) => use.kind === kind && use.file === old.id);
        if (users.length > 0) {
          const services = [...new Set(users.map(({ service }) => service.name))].join(", ");
          return { ...old, state: "stays", why: phrase("deploy.old.used", { services }) };
        }
        await ctx.manager().send("DELETE", `/${pluralOf(kind)}/${old.id}`);
        return { ...old, state: "removed", why: null };
      } catch (error) {
        if (isAppError(error) && error.code === "not_found") return { ...old, state: "removed", why: null };
        if (isAppError(error) && !passing.has(error.code)) {
          const why = causeOf(error)?.text ?? error.message;
          return { ...old, state: "stays", why: phrase("deploy.old.refused", { why }) };
        }
        if (!isAppError(error))
          return { ...old, state: "stays", why: phrase("deploy.old.refused", { why: "" }) };
      } finally {
        resources.forget(pluralOf(kind));
      }
      await ctx.sleep(retryMs);
    }
    return null;
  }

  function note(stack: string, version: number, { by }: KeptFiles, object: string): void {
    const [kind] = object.split(" ");
    audit?.write({
      action: `${kind}.remove`,
      caller: by,
      address: "",
      object,
      cluster: ctx.clusterId,
      result: "ok",
      facts: { stack, version, replaced: true },
    });
  }

  return {
    /** Resolves when there is nothing left to do about this version; never rejects. */
    follow: (stack: string, id: number): Promise<void> =>
      follow(stack, id).catch((error: unknown) => {
        // The database of a server that ends is closed.
        if (!signal.aborted) onError(error);
      }),
    /** Resolves when nothing of the stack is being removed. */
    idle: (stack: string): Promise<void> => atWork.get(stack) ?? Promise.resolve(),
  };
}

/** What passes by itself: then the next manager, or the same one later, is asked again. */
const passing: ReadonlySet<string> = new Set([
  "no_engine", "electing", "not_a_manager", "no_quorum", "swarm_locked", "not_in_swarm", "node_not_linked", "node_unreachable", "engine_timeout",
]); // biome-ignore format: one list

function withOld(kept: KeptFiles, kind: FileKind, after: KeptOld): KeptFiles {
  const files = kept.files.map((file) =>
    file.kind === kind
      ? { ...file, old: file.old.map((each) => (each.id === after.id ? after : each)) }
      : file,
  );
  return { ...kept, files };
}
