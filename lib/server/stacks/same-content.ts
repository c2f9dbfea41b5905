import { causeOf, isOutOfSequence } from "#lib/server/docker/errors.ts";
import { maskedValue } from "#lib/shared/agent/scope.ts";
import type { FileKind } from "#lib/shared/swarm-files/limits.ts";
import type { ActionContext } from "../cluster/actions/context.ts";

/** A secret or config as its list has it. */
export interface WirePart {
  readonly ID?: string;
  readonly Version?: { readonly Index?: number };
  readonly Spec?: {
    readonly Name?: string;
    readonly Labels?: Readonly<Record<string, string>>;
    /** Base64; of configs alone. */
    readonly Data?: string;
  };
}

export type Sameness = "same" | "different" | "unknown";

/** Says whether a secret or config has this content (base64). */
export type CompareContent = (kind: FileKind, item: WirePart, data: string) => Promise<Sameness>;

/** What an agent that may not tell contents puts in their place. */
const masked = Buffer.from(maskedValue).toString("base64");

/** No object has ever had it: what is sent with it is never applied. */
const versionOfNothing = "0";

/**
 * Configs can be read. Nobody can read a secret, but swarm says whether it is this one: an update with another content is
 * refused for that, before the version is looked at, and one with the same content for its version, which is none. So nothing
 * is changed either way. Measured on 20.10 and 26.1.
 */
export function contentComparer(ctx: ActionContext): CompareContent {
  return async (kind, { ID = "", Spec = {} }, data) => {
    if (kind === "config") {
      if (Spec.Data === undefined || Spec.Data === masked) return "unknown";
      return Spec.Data === data ? "same" : "different";
    }
    const body = JSON.stringify({ Name: Spec.Name, Labels: Spec.Labels ?? {}, Data: data });
    try {
      await ctx
        .manager()
        .send("POST", `/secrets/${ID}/update`, { body, query: { version: versionOfNothing } });
      // An engine that takes it has found nothing different.
      return "same";
    } catch (error) {
      if (isOutOfSequence(error)) return "same";
      const failure = causeOf(error);
      if (failure?.kind !== "answered") throw error;
      return failure.text.includes("only updates to Labels are allowed") ? "different" : "unknown";
    }
  };
}
