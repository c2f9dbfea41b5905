import { cliCommand } from "#lib/shared/services/export-cli.ts";
import { composeFile } from "#lib/shared/services/export-compose.ts";
import type { ActionContext } from "../actions/context.ts";
import { findService } from "../actions/object-ref.ts";
import { specOf } from "./edit-service.ts";
import { knownNetworks, networkTargets } from "./spec-names.ts";

/** A service as a command, or a compose file, that makes it again. It holds every value. */
export async function exportService(ctx: ActionContext, ref: string, as: "cli" | "compose"): Promise<string> {
  const spec = specOf((await findService(ctx, ref)).text);
  const { names } = await knownNetworks(ctx, new Set(networkTargets(JSON.parse(spec))));
  return as === "cli" ? cliCommand(spec, names) : composeFile(spec, names);
}
