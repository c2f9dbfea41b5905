import { applyDelta, type ClusterDelta } from "#lib/shared/model/reducer.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";

/** One cluster as this tab knows it. */
export interface ClusterTopic {
  readonly id: string;
  /** Its number on the socket. */
  readonly sub: number;
  readonly model: ClusterModel;
  readonly listeners: Set<() => void>;
  /** The present socket was asked for it. */
  asked: boolean;
  /** A step was missing, and the snapshot that was asked for has not come yet. */
  resyncing: boolean;
  /** A page was rendered with this picture: used when it is newer. Calls nobody: the page has it already. */
  seed(model: ClusterModel): void;
  replace(model: ClusterModel): void;
  /** False when a delta is missing in between: a fresh snapshot is needed. */
  apply(delta: ClusterDelta): boolean;
}

export function createClusterTopic(id: string, initial: ClusterModel, sub: number): ClusterTopic {
  let model = initial;
  const listeners = new Set<() => void>();
  function set(next: ClusterModel): void {
    model = next;
    for (const listener of [...listeners]) listener();
  }
  return {
    id,
    sub,
    get model() {
      return model;
    },
    listeners,
    asked: false,
    resyncing: false,
    seed(rendered) {
      if (rendered.seq > model.seq) model = rendered;
    },
    replace: set,
    apply(delta) {
      // Known already: the page was rendered with a newer picture than the socket has told.
      if (delta.seq <= model.seq) return true;
      const next = applyDelta(model, delta);
      if (next !== null) set(next);
      return next !== null;
    },
  };
}
