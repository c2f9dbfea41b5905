import type { ClusterModel } from "#lib/shared/model/types.ts";
import type { ContainerTable } from "../containers/container-table.ts";
import type { NodeEngines } from "../nodes/node-engines.ts";
import type { Resources } from "../resources/resources.ts";

/** What reads and writes of images need of their cluster. */
export interface ImageContext {
  readonly engines: NodeEngines;
  readonly containers: Pick<ContainerTable, "imagesInUse" | "freshness">;
  readonly resources: Pick<Resources, "imageUses">;
  /** Images that kept specifications of services name. */
  readonly revisionImages: () => readonly { readonly serviceId: string; readonly image: string }[];
  /** See ActionContext.registryAuth. */
  readonly registryAuth: (image: string) => string | null;
  readonly model: () => ClusterModel;
  /** Pages that show a list of images read it again. */
  readonly onChange: () => void;
}
