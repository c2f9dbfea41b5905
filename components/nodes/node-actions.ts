import type { NodeView } from "#lib/shared/model/types.ts";

/** What the person may do to nodes, and the ways to do it. Each asks first where tasks stop or something is lost. */
export interface NodeActions {
  readonly may: {
    readonly availability: boolean;
    readonly role: boolean;
    readonly labels: boolean;
    readonly remove: boolean;
    readonly leave: boolean;
    readonly tokens: boolean;
  };
  /** Why nothing can be changed now, whoever asks; null when changes are possible. */
  readonly blocked: string | null;
  readonly drain: (node: NodeView) => Promise<boolean>;
  readonly pause: (node: NodeView) => Promise<boolean>;
  readonly activate: (node: NodeView) => Promise<boolean>;
  readonly promote: (node: NodeView) => Promise<boolean>;
  readonly demote: (node: NodeView) => Promise<boolean>;
  readonly remove: (node: NodeView) => Promise<boolean>;
  /** Only for the node whose engine Shoal reaches by itself. */
  readonly leave: (node: NodeView) => Promise<boolean>;
}
