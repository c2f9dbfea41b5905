import type { ClusterContainers, ContainerRef } from "#lib/server/container-types.ts";
import type { ContainerAction } from "#lib/shared/containers/api-types.ts";
import type { ApiContext } from "./with-api.ts";

/** How the audit log names a container: with its node, because names are unique there only. */
export function containerObject(containers: ClusterContainers, target: ContainerRef): string {
  const known = containers.known(target);
  if (known) return `container ${known.name} on ${known.nodeName}`;
  return target.node === undefined ? `container ${target.ref}` : `container ${target.ref} on ${target.node}`;
}

interface ActionCall extends Pick<ApiContext<"startContainer">, "runtime" | "params" | "query" | "audit"> {
  readonly body: {
    readonly timeout?: number | undefined;
    readonly signal?: string | undefined;
    readonly confirm?: string | undefined;
  };
}

/** Does one of the simple actions, written down before and after. */
export function actOnContainer(action: ContainerAction, { runtime, params, query, body, audit }: ActionCall) {
  const { containers } = runtime.clusters.get(params.cluster);
  const target = { ref: params.id, node: query.node };
  const { confirm, ...facts } = body;
  audit(containerObject(containers, target), Object.keys(facts).length > 0 ? facts : undefined);
  return containers.act(target, { action, ...facts, confirm });
}
