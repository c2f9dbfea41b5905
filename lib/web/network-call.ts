import type { NetworkRef } from "#lib/shared/networks/types.ts";
import type { ApiContext } from "./with-api.ts";

/** The network that a call names, and the networks of its cluster. Writes down which it is. */
export function networkCall(
  { runtime, params, query, audit }: Pick<ApiContext<"getNetwork">, "runtime" | "params" | "query" | "audit">,
  facts?: Readonly<Record<string, unknown>>,
) {
  const { networks, engines } = runtime.clusters.get(params.cluster);
  const ref: NetworkRef = { ref: params.id, node: query.node };
  const node = engines.all().find(({ id, name }) => id === query.node || name === query.node);
  const where = query.node === undefined ? "" : ` on ${node?.name ?? query.node}`;
  audit(`network ${params.id}${where}`, facts);
  return { networks, ref };
}
