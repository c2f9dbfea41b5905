import type { Cluster, ClusterRegistry } from "#lib/server/runtime-types.ts";
import { clusterGlance } from "#lib/shared/model/cluster-glance.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";

/** One cluster at a glance, as JSON text. */
export interface GlanceText {
  readonly id: string;
  readonly json: string;
}

/** Told the whole list whenever it has changed. */
export type GlancesMember = (list: readonly GlanceText[]) => void;

/** All clusters at a glance, for everybody who looks: looked at once a second, made anew only where a model changed. */
export interface GlancesFeed {
  /** The list as it is now: of all clusters, whoever looks. */
  now(): readonly GlanceText[];
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
  readonly text: GlanceText;
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

  function glanceOf(cluster: Cluster): GlanceText {
    const model = cluster.model();
    const known = made.get(model.info.id);
    // Only a single engine is told by its containers.
    const containers =
      model.info.phase === "not_swarm" ? Object.values(cluster.containers.picture().rows) : none;
    const same = known?.model === model && known.containers === containers.length;
    if (same && now() - known.at < renewMs) return known.text;
    const { id } = model.info;
    const text = { id, json: JSON.stringify(clusterGlance(model, containers, now())) };
    made.set(id, { model, containers: containers.length, at: now(), text });
    return text;
  }

  function read(): readonly GlanceText[] {
    const ids = clusters.list().map(({ id }) => id);
    for (const id of made.keys()) if (!ids.includes(id)) made.delete(id);
    return ids.map((id) => glanceOf(clusters.get(id)));
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
    const list = read();
    const json = listJson(list);
    if (json === told) return;
    told = json;
    for (const member of members) member(list);
  }

  return {
    now: read,
    join(member) {
      members.add(member);
      if (timer !== null) return;
      watchAll();
      told = listJson(read());
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

/** A list of glances as JSON text. */
export function listJson(list: readonly GlanceText[]): string {
  return `[${list.map(({ json }) => json).join(",")}]`;
}
