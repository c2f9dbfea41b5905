import {
  type ContainerCondition,
  containerCondition,
  containerKinds,
  shortContainerName,
} from "#lib/shared/containers/condition.ts";
import type { ContainerPicture, ContainerView } from "#lib/shared/containers/types.ts";
import type { ServiceView } from "#lib/shared/model/types.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";

/** A container as tables show it. */
export interface ContainerRow {
  readonly container: ContainerView;
  readonly condition: ContainerCondition;
  /** Without its stack and the id of its task. */
  readonly name: string;
  /** Undefined: no service made it, or it has gone. */
  readonly service: ServiceView | undefined;
  /** Why nothing can be done to it now; null when its node answers. */
  readonly unheard: string | null;
}

type Services = Readonly<Record<string, ServiceView>>;

/** One row; `unheard` says why its node does not answer. */
export function containerRow(
  container: ContainerView,
  services: Services,
  unheard: string | null,
): ContainerRow {
  return {
    container,
    condition: containerCondition(container, unheard === null),
    name: shortContainerName(container),
    service: services[container.serviceId ?? ""],
    unheard,
  };
}

/** All rows: trouble first, then by name and node. */
export function containerRows(
  picture: ContainerPicture,
  services: Services,
  reasonOf: (nodeId: string) => string | null,
): readonly ContainerRow[] {
  return Object.values(picture.rows)
    .map((container) => containerRow(container, services, reasonOf(container.nodeId)))
    .sort(byTrouble);
}

function byTrouble(a: ContainerRow, b: ContainerRow): number {
  return (
    containerKinds.indexOf(a.condition.kind) - containerKinds.indexOf(b.condition.kind) ||
    compareNatural(a.name, b.name) ||
    compareNatural(a.container.nodeName, b.container.nodeName) ||
    (a.container.id < b.container.id ? -1 : 1)
  );
}
