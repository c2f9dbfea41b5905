import type { WriteAnswer } from "#lib/shared/api/types.ts";
import type { NetworkConnect, NetworkCreate, NetworkDisconnect } from "#lib/shared/networks/schemas.ts";
import type {
  NetworkDetail, NetworkList, NetworkRef, NetworkRow, RemovedNetwork,
} from "#lib/shared/networks/types.ts"; // biome-ignore format: one block

/** The networks of a cluster: the swarm's, and those of each node. Methods may throw AppError; writes are never repeated. */
export interface ClusterNetworks {
  list(options: {
    readonly node?: string | undefined;
    readonly scope?: "swarm" | "local" | undefined;
  }): Promise<NetworkList>;
  /** Read anew; of nodes that answer only. */
  unused(): Promise<NetworkList>;
  detail(ref: NetworkRef): Promise<NetworkDetail>;
  create(input: NetworkCreate): Promise<WriteAnswer<NetworkRow>>;
  remove(ref: NetworkRef): Promise<void>;
  removeUnused(
    refs: readonly { readonly id: string; readonly node?: string | undefined }[],
  ): Promise<readonly RemovedNetwork[]>;
  connect(ref: NetworkRef, input: NetworkConnect): Promise<void>;
  disconnect(ref: NetworkRef, input: NetworkDisconnect): Promise<void>;
}
