import { writeCompose } from "#lib/server/stacks/write-compose.ts";
import { cliCommand } from "#lib/shared/services/export-cli.ts";
import { rebuildCompose } from "#lib/shared/stacks/compose/rebuild-compose.ts";
import type { ActionContext } from "../actions/context.ts";
import { findService } from "../actions/object-ref.ts";
import { specOf } from "./edit-service.ts";
import { knownNetworks, networkTargets } from "./spec-names.ts";

/** A service as a command, or a compose file, that makes it again. It holds every value. */
export async function exportService(ctx: ActionContext, ref: string, as: "cli" | "compose"): Promise<string> {
  const spec = specOf((await findService(ctx, ref)).text);
  const parsed = JSON.parse(spec) as unknown;
  const { names } = await knownNetworks(ctx, new Set(networkTargets(parsed)));
  return as === "cli" ? cliCommand(spec, names) : composeFile(parsed, names);
}

function composeFile(spec: unknown, names: ReadonlyMap<string, string>): string {
  const networks = [...names].map(([Id, Name]) => ({ Id, Name }));
  const { file, left } = rebuildCompose(null, [spec], networks);
  const lost = Object.values(left)
    .flat()
    .map((path) => `# No compose file can say ${path}.\n`);
  return `${lost.join("")}${writeCompose(file)}`;
}
