import type { ContainerPicture, ContainerView } from "../containers/types.ts";
import type { Phrase } from "../i18n/phrase.ts";
import type { ClusterModel, NodeView, ServiceView } from "../model/types.ts";
import type { Permission } from "../roles.ts";

/** What Enter does. */
export type PaletteAction =
  | { readonly kind: "scale"; readonly service: ServiceView; readonly replicas: number }
  | { readonly kind: "restart" | "remove"; readonly service: ServiceView }
  | { readonly kind: "container"; readonly verb: "restart" | "stop"; readonly container: ContainerView }
  | { readonly kind: "drain" | "activate" | "pause"; readonly node: NodeView }
  | { readonly kind: "go"; readonly path: string }
  /** Puts this into the field, to be typed on. */
  | { readonly kind: "complete"; readonly text: string };

export type PaletteGroup = "do" | "go" | "show";

/** One line of the palette. Names in the phrases are `named`, so that the letters that were typed can be marked. */
export interface PaletteItem {
  readonly id: string;
  readonly group: PaletteGroup;
  readonly action: PaletteAction;
  readonly title: Phrase;
  /** Quiet words after the title. */
  readonly note: Phrase | null;
  /** At the right. */
  readonly aside: Phrase | null;
  readonly mark:
    | { readonly kind: "service"; readonly service: ServiceView }
    | { readonly kind: "node"; readonly node: NodeView }
    | {
        readonly kind: "icon";
        readonly icon: "place" | "logs" | "events" | "stacks" | "filter" | "tasks" | "containers" | "nodes";
        readonly place?: string;
      };
  /** Why it cannot be done; null when it can. */
  readonly reason: Phrase | null;
}

/** A page of the navigation. */
export interface PalettePlace {
  readonly id: string;
  readonly label: string;
  readonly key: string;
  readonly href: string;
}

/** Another cluster of this server. */
export interface PaletteCluster {
  readonly name: string;
  /** The page of it that is like the present one. */
  readonly path: string;
}

export interface PaletteContext {
  readonly model: ClusterModel;
  /** Null: not known yet. */
  readonly containers: ContainerPicture | null;
  readonly may: (permission: Permission) => boolean;
  readonly places: readonly PalettePlace[];
  /** The others. */
  readonly clusters: readonly PaletteCluster[];
  readonly href: (path: string) => string;
}
