import type { Cluster, ClusterRegistry } from "#lib/server/runtime-types.ts";
import { type ClusterGlance, clusterGlance } from "#lib/shared/model/cluster-glance.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";

/** Told the whole list as JSON text whenever it has changed. */
export type GlancesMember = (json: string) => void;

/** All clusters at a glance, for everybody who looks: looked at once a second, made anew only where a model changed. */
export interface GlancesFeed {
  /** The list as it is now, as JSON text. */
  now(): string;
  join(member: GlancesMember): void;
  /** Leaving twice is harmless. With the last member everything ends. */
  leave(member: GlancesMember): void;
}

/** ms. Whoever looks at many clusters at once sees a change within this time. */
const everyMs = 1_000;
/** Words depend on ages, too ("does not answer" after a minute): ms. */
const renewMs = 10_000;

const none: readonly never[] = [];

interface Made {
  readonly model: ClusterModel;
  readonly containers: number;
  readonly at: number;
  readonly glance: ClusterGlance;
}

export function createGlancesFeed(
  clusters: Pick<ClusterRegistry, "list" | "get">,
  now: () => number,
): GlancesFeed {
  const members = new Set<GlancesMember>();
  const made = new Map<string, Made>();
  /** A cluster looks closer while somebody watches it. */
  const watched = new Map<string, { readonly cluster: object; readonly leave: () => void }>();
  let timer: NodeJS.Timeout | null = null;
  let told = "";

  function glanceOf(cluster: Cluster): ClusterGlance {
    const model = cluster.model();
    const known = made.get(model.info.id);
    // Only a single engine is told by its containers.
    const containers =
      model.info.phase === "not_swarm" ? Object.values(cluster.containers.picture().rows) : none;
    const same = known?.model === model && known.containers === containers.length;
    if (same && now() - known.at < renewMs) return known.glance;
    const glance = clusterGlance(model, containers, now());
    made.set(model.info.id, { model, containers: containers.length, at: now(), glance });
    return glance;
  }

  function read(): string {
    const ids = clusters.list().map(({ id }) => id);
    for (const id of made.keys()) if (!ids.includes(id)) made.delete(id);
    return JSON.stringify(ids.map((id) => glanceOf(clusters.get(id))));
  }

  function watchAll(): void {
    const ids = new Set(clusters.list().map(({ id }) => id));
    for (const id of ids) {
      const cluster = clusters.get(id);
      if (watched.get(id)?.cluster === cluster) continue;
      watched.get(id)?.leave();
      watched.set(id, { cluster, leave: cluster.subscribe(() => undefined) });
    }
    for (const [id, { leave }] of watched) {
      if (ids.has(id)) continue;
      leave();
      watched.delete(id);
    }
  }

  function look(): void {
    watchAll();
    const json = read();
    if (json === told) return;
    told = json;
    for (const member of members) member(json);
  }

  return {
    now: read,
    join(member) {
      members.add(member);
      if (timer !== null) return;
      watchAll();
      told = read();
      timer = setInterval(look, everyMs);
    },
    leave(member) {
      if (!members.delete(member) || members.size > 0) return;
      if (timer !== null) clearInterval(timer);
      timer = null;
      for (const { leave } of watched.values()) leave();
      watched.clear();
      made.clear();
    },
  };
}
