import type { ProjectRef } from "#lib/server/project-types.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ProjectRow } from "#lib/shared/projects/project-rows.ts";
import type { LinkedNode, NodeEngines } from "../cluster/nodes/node-engines.ts";

/** Where a project is, by its name alone where that is enough. */
export interface ProjectPlaces {
  /** The project as its containers tell. Throws not_found, and conflict where several engines have one of that name. */
  row(ref: ProjectRef): ProjectRow;
  /** The engine of a project that is there, or that is to be. Throws as `row` does, and node_not_linked. */
  node(ref: ProjectRef): LinkedNode;
  /** The id of that node, also where it does not answer. */
  nodeId(ref: ProjectRef): string;
}

export function createProjectPlaces(engines: NodeEngines, rows: () => readonly ProjectRow[]): ProjectPlaces {
  const matching = ({ project, node }: ProjectRef) =>
    rows().filter(
      (row) => row.name === project && (node === undefined || node === row.nodeId || node === row.nodeName),
    );

  function several(project: string, names: readonly string[]): AppError {
    return new AppError("conflict", t("projects.error.several", { project, nodes: names.join(", ") }));
  }

  function only(ref: ProjectRef): ProjectRow | undefined {
    const [row, ...others] = matching(ref);
    if (row && others.length > 0)
      throw several(
        ref.project,
        [row, ...others].map(({ nodeName }) => nodeName),
      );
    return row;
  }

  /** Of a project without containers: the node that was named, or the only one there is. */
  function place(ref: ProjectRef): { readonly id: string; readonly name: string } {
    const row = only(ref);
    if (row) return { id: row.nodeId, name: row.nodeName };
    const all = engines.all();
    const named = all.filter(
      ({ id, name }) => ref.node === undefined || ref.node === id || ref.node === name,
    );
    const [first, ...others] = named;
    if (first === undefined)
      throw new AppError("not_found", t("actions.engine.noNode", { ref: ref.node ?? "" }));
    if (others.length > 0)
      throw several(
        ref.project,
        named.map(({ name }) => name),
      );
    return first;
  }

  return {
    row(ref) {
      const row = only(ref);
      if (!row)
        throw new AppError("not_found", t("projects.error.none", { project: ref.project.slice(0, 80) }));
      return row;
    },
    node: (ref) => engines.get(place(ref).id),
    nodeId: (ref) => place(ref).id,
  };
}
