import type { IconName } from "#components/ui/icon-paths.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { type AccessRole, mayDo, type Permission } from "#lib/shared/roles.ts";

interface Place {
  readonly id: string;
  readonly label: string;
  readonly icon: IconName;
  /** The letter after G. */
  readonly key: string;
  /** Below the address of the cluster. */
  readonly path: string;
  /** Further addresses that belong to it, below the address of the cluster. */
  readonly also?: readonly string[];
  /** A page of the whole server: the path is its address. */
  readonly isServers?: true;
  /** What lies under the line: who may do what, and how the cluster is set. */
  readonly isBelowLine?: true;
  /** Stands in the bottom bar of phones itself; the others are behind "More". Four fit. */
  readonly isInBar?: true;
  /** Only where there is a swarm, or only where there is none. */
  readonly where?: "swarm" | "engine";
  /** Only for those who may do this. */
  readonly needs?: Permission;
}

/** Every page of a cluster that has a place in the navigation, in its order. A new page adds one line. */
const places = [
  { id: "map", label: t("common.navMap"), icon: "map", key: "m", path: "/map", isInBar: true },
  { id: "services", label: t("common.navServices"), icon: "services", key: "s", path: "/services", isInBar: true },
  { id: "tasks", label: t("common.navTasks"), icon: "tasks", key: "t", path: "/tasks", isInBar: true },
  { id: "nodes", label: t("common.navNodes"), icon: "nodes", key: "n", path: "/nodes", isInBar: true },
  { id: "containers", label: t("common.navContainers"), icon: "containers", key: "c", path: "/containers" },
  { id: "stacks", label: t("common.navStacks"), icon: "stacks", key: "k", path: "/stacks", where: "swarm" },
  { id: "projects", label: t("common.navProjects"), icon: "stacks", key: "p", path: "/projects", where: "engine" },
  { id: "resources", label: t("common.navResources"), icon: "resources", key: "r", path: "/networks", also: ["/images", "/volumes", "/secrets", "/configs"] },
  { id: "logs", label: t("common.navLogs"), icon: "logs", key: "l", path: "/logs" },
  { id: "events", label: t("common.navEvents"), icon: "events", key: "e", path: "/events" },
  { id: "operations", label: t("common.navOperations"), icon: "activity", key: "o", path: "/operations" },
  { id: "agents", label: t("common.navAgents"), icon: "plug", key: "g", path: "/agents", isBelowLine: true },
  { id: "users", label: t("common.navUsers"), icon: "users", key: "u", path: "/users", isServers: true, isBelowLine: true, needs: "user.manage" },
  { id: "registries", label: t("common.navRegistries"), icon: "download", key: "y", path: "/registries", isServers: true, isBelowLine: true, needs: "registry.manage" },
  { id: "audit", label: t("common.navAudit"), icon: "audit", key: "a", path: "/audit", isServers: true, isBelowLine: true, needs: "audit.read" },
  { id: "swarm", label: t("common.navSwarm"), icon: "settings", key: "w", path: "/swarm", isBelowLine: true },
] as const satisfies readonly Place[]; // biome-ignore format: one line per place

export interface NavPlace extends Omit<Place, "path" | "also" | "needs" | "isServers" | "where"> {
  readonly id: (typeof places)[number]["id"];
  readonly href: string;
  readonly otherHrefs: readonly string[];
}

/**
 * The places that somebody with this role on the server may go to; without a cluster those of the whole server.
 * `isEngine`: the cluster is a single engine.
 */
export function navPlaces(clusterId: string | null, role: AccessRole, isEngine = false): readonly NavPlace[] {
  const base = `/c/${encodeURIComponent(clusterId ?? "")}`;
  return (places as readonly (Place & { readonly id: NavPlace["id"] })[])
    .filter(({ needs }) => needs === undefined || mayDo(role, needs))
    .filter(({ where }) => where === undefined || (where === "engine") === isEngine)
    .filter(({ isServers }) => clusterId !== null || isServers)
    .map(({ path, also = [], needs: _, where: __, isServers = false, ...place }) => ({
      ...place,
      href: isServers ? path : `${base}${path}`,
      otherHrefs: also.map((each) => `${base}${each}`),
    }));
}

/** Whether a path is a place or below it. */
export function isAt(place: NavPlace, path: string): boolean {
  return [place.href, ...place.otherHrefs].some((href) => path === href || path.startsWith(`${href}/`));
}
