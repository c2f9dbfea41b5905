import type { ClusterContainers, ContainerQuery } from "#lib/server/container-types.ts";
import { bindPathExists } from "#lib/server/docker/bind-path.ts";
import type { ContainerView } from "#lib/shared/containers/types.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import type { LiveCluster } from "../live-cluster-types.ts";
import {
  containerChanges,
  containerDetail,
  containerEnv,
  containerProcesses,
  containerRaw,
} from "./container-detail.ts";
import { actOnContainer, removeContainer, renameContainer } from "./container-writes.ts";
import type { ContainerContext } from "./context.ts";
import { createContainer } from "./create-container.ts";
import { findContainer, matching } from "./find-container.ts";

const running: ReadonlySet<string> = new Set(["running", "paused", "restarting"]);

/** The containers of a cluster for routes, pages and sockets. */
export function createClusterContainers(live: LiveCluster): ClusterContainers {
  const { containers: table, engines, actions } = live;
  const ctx: ContainerContext = {
    table,
    engines,
    model: actions.model,
    self: actions.self,
    serviceChanged: (id) => actions.changed({ services: [id] }),
  };
  return {
    picture: () => table.picture(),
    since: (seq) => table.since(seq),
    subscribe: (listener) => table.subscribe(listener),
    list: (query) => ({
      items: Object.values(table.rows())
        .filter((row) => fits(row, query))
        .sort((a, b) => compareNatural(a.name, b.name) || compareNatural(a.nodeName, b.nodeName)),
      nodes: table.freshness(),
    }),
    known(target) {
      const [row, ...others] = matching(ctx, target);
      return others.length === 0 ? row : undefined;
    },
    find: (target) => findContainer(ctx, target),
    detail: (target) => containerDetail(ctx, target),
    processes: (target) => containerProcesses(ctx, target),
    changes: (target) => containerChanges(ctx, target),
    env: (target) => containerEnv(ctx, target),
    raw: (target) => containerRaw(ctx, target),
    act: (target, input) => actOnContainer(ctx, target, input),
    rename: (target, input) => renameContainer(ctx, target, input),
    remove: (target, input) => removeContainer(ctx, target, input),
    hasPath(node, path) {
      const { engine, signal } = engines.get(node);
      return bindPathExists(engine, path, signal);
    },
    create: (input) => createContainer(ctx, input),
  };
}

function fits(row: ContainerView, { node, state, service, stack, all }: ContainerQuery): boolean {
  const is = (wanted: string | undefined, ...values: (string | null)[]) =>
    wanted === undefined || values.includes(wanted);
  if (state === undefined && all !== "1" && !running.has(row.state)) return false;
  return (
    is(state, row.state) &&
    is(node, row.nodeId, row.nodeName) &&
    is(service, row.serviceId, row.serviceName) &&
    is(stack, row.stack)
  );
}
