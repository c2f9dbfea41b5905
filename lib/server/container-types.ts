import type { ListAnswer, WriteAnswer } from "#lib/shared/api/types.ts";
import type {
  ContainerAction,
  ContainerChanges,
  ContainerDetail,
  ContainerProcesses,
} from "#lib/shared/containers/api-types.ts";
import type { ContainerCreate } from "#lib/shared/containers/schemas.ts";
import type { ContainerDelta, ContainerPicture, ContainerView } from "#lib/shared/containers/types.ts";
import type { FoundContainer } from "./cluster/containers/find-container.ts";

/** Narrows a list. Each matches an id or a name exactly. */
export interface ContainerQuery {
  readonly node?: string;
  readonly state?: string;
  readonly service?: string;
  readonly stack?: string;
  readonly all?: "0" | "1";
}

/** Which container: id, its first digits (12 at least), or a name, which is unique on its node only. */
export interface ContainerRef {
  readonly ref: string;
  /** Id or name of a node. */
  readonly node?: string | undefined;
}

/** What to do with a container. `timeout` in seconds. */
export interface ContainerActionInput {
  readonly action: ContainerAction;
  readonly timeout?: number | undefined;
  readonly signal?: string | undefined;
  readonly confirm?: string | undefined;
}

/** The containers of all nodes of a cluster. Methods may throw AppError; writes are never repeated. */
export interface ClusterContainers {
  picture(): ContainerPicture;
  since(seq: number): readonly ContainerDelta[] | null;
  subscribe(listener: (delta: ContainerDelta) => void): () => void;
  list(query: ContainerQuery): ListAnswer<ContainerView>;
  /** As the list has it, without asking an engine; undefined: it is not there, or there are several. */
  known(target: ContainerRef): ContainerView | undefined;

  /**
   * Asks the engine of its node. Throws not_found, conflict where several nodes have one of that name, and
   * node_not_linked where its node does not answer.
   */
  find(target: ContainerRef): Promise<FoundContainer>;
  detail(target: ContainerRef): Promise<ContainerDetail>;
  processes(target: ContainerRef): Promise<ContainerProcesses>;
  changes(target: ContainerRef): Promise<ContainerChanges>;
  env(target: ContainerRef): Promise<readonly string[]>;
  /** The engine's JSON text, unchanged. */
  raw(target: ContainerRef): Promise<string>;

  act(target: ContainerRef, input: ContainerActionInput): Promise<WriteAnswer<ContainerView>>;
  rename(
    target: ContainerRef,
    input: { name: string; confirm?: string | undefined },
  ): Promise<WriteAnswer<ContainerView>>;
  remove(
    target: ContainerRef,
    input: { force: boolean; volumes: boolean; confirm?: string | undefined },
  ): Promise<void>;
  /** Whether a path is there on a node. Throws node_not_linked. */
  hasPath(node: string, path: string): Promise<boolean>;
  create(input: ContainerCreate): Promise<WriteAnswer<ContainerView>>;
}
