import type { ProjectRunKind } from "#lib/shared/projects/types.ts";
import type { ApiContext } from "./with-api.ts";

type ActionCall = Pick<ApiContext<"stopProject">, "runtime" | "caller" | "params" | "query" | "audit">;

/** Begins one of the simple actions on a project, written down before and after. */
export async function actOnProject(
  kind: Exclude<ProjectRunKind, "up" | "down">,
  { runtime, caller, params, query, audit }: ActionCall,
): Promise<Response> {
  audit(`project ${params.id}`);
  const { projects } = runtime.clusters.get(params.cluster);
  const run = await projects.act(caller, { project: params.id, node: query.node }, kind);
  return Response.json(run, { status: 202, headers: { "cache-control": "no-store" } });
}
