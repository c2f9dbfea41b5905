import type { Cluster } from "#lib/server/runtime-types.ts";
import type { ContainerDetail } from "#lib/shared/containers/api-types.ts";
import type { ContainerNode, ContainerView } from "#lib/shared/containers/types.ts";
import { isAppError } from "#lib/shared/errors.ts";

/** What the page of a container is first rendered with. */
export interface ReadContainer {
  readonly rendered: {
    readonly seq: number;
    readonly row: ContainerView;
    readonly nodes: readonly ContainerNode[];
  };
  /** Null: its node does not answer now. */
  readonly initial: ContainerDetail | null;
}

/** Null when the list has no such container, or several of that name. */
export async function readContainer(
  { containers }: Pick<Cluster, "containers">,
  ref: string,
): Promise<ReadContainer | null> {
  const { seq, nodes } = containers.picture();
  const row = containers.known({ ref });
  if (!row) return null;
  const rendered = { seq, row, nodes };
  try {
    return { rendered, initial: await containers.detail({ ref: row.id }) };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { rendered, initial: null };
  }
}
