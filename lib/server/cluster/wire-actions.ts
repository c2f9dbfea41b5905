import type { PendingRevision, Revision } from "#lib/server/db/revisions.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";
import type { ActionContext, SelfIdentity } from "./actions/context.ts";
import type { ClusterHistory } from "./history/cluster-history.ts";
import { type Link, nodeIdOf } from "./link.ts";
import type { SwarmReads } from "./reads.ts";
import type { Watcher } from "./watcher.ts";

export interface ActionWiring {
  readonly clusterId: string;
  /** DOCKER_HOST first. */
  readonly links: () => readonly Link[];
  /** See LinkSet.own. */
  readonly ownLink: () => Link | null;
  readonly reads: Pick<SwarmReads, "manager">;
  readonly watcher: Pick<Watcher, "serviceChanged" | "nodesChanged">;
  readonly model: () => ClusterModel;
  readonly self: () => SelfIdentity | null;
  /** Undefined: no logins are kept. */
  readonly registryAuth: ActionContext["registryAuth"] | undefined;
  readonly operatorHostAccess: boolean | undefined;
  readonly history: ClusterHistory | null;
  /** Hears who is about to change what, and how that went. */
  readonly noteRevision: (revision: Revision) => Pick<PendingRevision, "confirm" | "drop">;
}

const notKept: PendingRevision = { confirm: () => undefined, drop: () => undefined };

/** What the actions of a cluster work with. */
export function createActionContext(wiring: ActionWiring): ActionContext {
  const { links, reads, watcher } = wiring;
  return {
    clusterId: wiring.clusterId,
    manager: () => reads.manager(),
    ownEngine() {
      const engine = wiring.ownLink()?.engine();
      if (!engine) throw new AppError("no_engine", t("states.call.noEngine"));
      return engine;
    },
    engineOfNode: (nodeId) =>
      links()
        .find((link) => nodeIdOf(link) === nodeId && link.engine() !== null)
        ?.engine() ?? null,
    model: wiring.model,
    self: wiring.self,
    registryAuth: wiring.registryAuth ?? (() => null),
    operatorHostAccess: wiring.operatorHostAccess ?? false,
    history: wiring.history,
    beginRevision(revision, sentVersion) {
      const kept = wiring.history?.begin(revision, sentVersion) ?? notKept;
      const noted = wiring.noteRevision(revision);
      return {
        ...kept,
        confirm() {
          noted.confirm();
          kept.confirm();
        },
        drop() {
          noted.drop();
          kept.drop();
        },
      };
    },
    changed({ services = [], nodes }) {
      for (const id of services) watcher.serviceChanged(id);
      if (nodes !== true) return;
      watcher.nodesChanged();
      // Roles, swarm membership and locks are told by /info only.
      for (const link of links()) link.refresh();
    },
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    now: Date.now,
  };
}
