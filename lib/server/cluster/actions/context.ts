import type { PendingRevision, Revision } from "#lib/server/db/revisions.ts";
import type { Engine } from "#lib/server/docker/engine.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";
import type { ClusterHistory } from "../history/cluster-history.ts";

/** Where this very Shoal runs, as far as it is known. Null parts: not a container, or not a task of this swarm. */
export interface SelfIdentity {
  readonly containerId: string;
  readonly taskId: string | null;
  readonly serviceId: string | null;
  /** The swarm node whose engine runs the container. */
  readonly nodeId: string | null;
  /** Left out: not known. */
  readonly imageId?: string;
  /** Names of the volumes it has. Left out: not known. */
  readonly volumes?: readonly string[];
}

/** What every read on demand and every write needs of its cluster; the cluster implements it. */
export interface ActionContext {
  readonly clusterId: string;
  /** A manager that answers now; another call may give another one. Throws AppError when there is none. */
  manager(): Engine;
  /** The engine DOCKER_HOST names, else one behind an agent, in a swarm or not. Throws AppError while it does not answer. */
  ownEngine(): Engine;
  /** The linked engine of a node; null when there is no working link. */
  engineOfNode(nodeId: string): Engine | null;
  model(): ClusterModel;
  self(): SelfIdentity | null;
  /**
   * Keeps a replaced specification, and of a service follows what the change does. `sentVersion`: the version of the
   * object that the change is sent with.
   */
  beginRevision(revision: Revision, sentVersion?: string): PendingRevision;
  /** What is sent as X-Registry-Auth with an image; null: no login is kept for its registry. See RegistryAuthFor. */
  registryAuth(image: string): string | null;
  /** Operators may open ways from containers to their hosts, as admins may. */
  readonly operatorHostAccess: boolean;
  /** What is kept of this cluster's changes; null where nothing is. */
  readonly history: ClusterHistory | null;
  /** Something was changed: the model reads it at once instead of waiting for an event. */
  changed(hint: { readonly services?: readonly string[]; readonly nodes?: true }): void;
  /** Resolves after `ms`. */
  sleep(ms: number): Promise<void>;
  /** ms since 1970. */
  now(): number;
}
