import { textOf } from "#lib/server/docker/hostile.ts";
import type { WireConfig } from "#lib/server/docker/wire-resources.ts";
import type { ConfigData } from "#lib/shared/api/resource-types.ts";
import { isAppError } from "#lib/shared/errors.ts";
import type { ActionContext } from "../actions/context.ts";
import { notFound, objectPath, patientReadMs } from "../actions/object-ref.ts";

/** What a config holds, by its id or exact name. Throws not_found. */
export async function configData(ctx: ActionContext, ref: string): Promise<ConfigData> {
  let wire: WireConfig;
  try {
    wire = await ctx.manager().get<WireConfig>(objectPath("config", ref), { timeoutMs: patientReadMs });
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") throw notFound("config", ref, error);
    throw error;
  }
  const name = textOf(wire.Spec?.Name);
  // Docker also answers to the start of an id.
  if (wire.ID !== ref && name !== ref) throw notFound("config", ref);
  const bytes = Buffer.from(typeof wire.Spec?.Data === "string" ? wire.Spec.Data : "", "base64");
  return {
    id: textOf(wire.ID),
    name,
    size: bytes.length,
    text: textIn(bytes),
    base64: bytes.toString("base64"),
  };
}

/** Null: not UTF-8, or with a NUL byte in it. */
function textIn(bytes: Buffer): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
