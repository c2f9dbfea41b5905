import { stackLabel } from "#lib/server/docker/map-service.ts";
import { sameSpec } from "#lib/server/docker/same-spec.ts";
import type { WireService } from "#lib/server/docker/wire.ts";
import { jsonAt, jsonItems } from "#lib/shared/lossless-json.ts";
import type { DriftedService, StackDrift } from "#lib/shared/stacks/types.ts";
import type { ActionContext } from "../cluster/actions/context.ts";
import { rollbackSpec } from "../cluster/actions/revisions.ts";
import { specChanges } from "../cluster/actions/spec-diff.ts";
import { readNetworkNames } from "./network-names.ts";
import type { StackVersions } from "./stack-versions.ts";

/**
 * Services of a stack that are not as its last deploy left them. A restart does not count: the docker command keeps its
 * counter, too.
 */
export async function stackDrift(
  ctx: ActionContext,
  versions: StackVersions,
  stack: string,
): Promise<StackDrift> {
  const last = versions.newestSpecs(stack);
  if (last === null) return { version: null, services: [] };
  const filters = { label: [`${stackLabel}=${stack}`] };
  const list = await ctx.manager().getText("/services", { query: { filters } });
  const { nameOf } = await readNetworkNames(ctx);
  const present = new Map(
    jsonItems(list).map((text) => {
      const { ID = "", Spec } = JSON.parse(text) as WireService;
      return [ID, { name: String(Spec?.Name ?? ID), spec: jsonAt(text, ["Spec"]) ?? "null" }] as const;
    }),
  );
  const known = Object.entries(last.specs).flatMap(([id, { name, spec }]): readonly DriftedService[] => {
    const now = present.get(id);
    if (now === undefined) return [{ id: null, name, kind: "removed", changes: [] }];
    const wanted = rollbackSpec(spec, now.spec);
    if (sameSpec(wanted, now.spec)) return [];
    return [{ id, name, kind: "changed", changes: specChanges(wanted, now.spec, nameOf) }];
  });
  const added = [...present].flatMap(([id, { name }]): readonly DriftedService[] =>
    Object.hasOwn(last.specs, id) ? [] : [{ id, name, kind: "added", changes: [] }],
  );
  return { version: last.version, services: [...known, ...added] };
}
