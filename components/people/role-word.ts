import "#lib/shared/i18n/pages/people.ts";
import type { Access, ClusterRoles } from "#lib/shared/access.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import type { AccessRole } from "#lib/shared/roles.ts";

const words = {
  none: "common.roleNone",
  viewer: "common.roleViewer",
  operator: "common.roleOperator",
  admin: "common.roleAdmin",
} as const;
const may = {
  none: "people.noneMay",
  viewer: "people.viewerMay",
  operator: "people.operatorMay",
  admin: "people.adminMay",
} as const;

/** What a cluster is called, wherever people's roles name it. */
export interface ClusterName {
  readonly id: string;
  readonly name: string;
}

/** The role as a word. */
export function roleWord(role: AccessRole): string {
  return t(words[role]);
}

/** What the role allows, in one sentence. */
export function roleSentence(role: AccessRole): string {
  return t(may[role]);
}

/** `viewer · admin in lab2`: the role everywhere, then the clusters where another one holds. */
export function accessWords({ role, clusters }: Access, names: readonly ClusterName[]): string {
  const others = sortedRoles(clusters, names).map(([id, other]) =>
    t("people.roleIn", { role: roleWord(other), cluster: clusterName(id, names) }),
  );
  return [roleWord(role), others.join(", ")].filter((part) => part !== "").join(" · ");
}

/** Exceptions in the order of the clusters' names. */
export function sortedRoles(clusters: ClusterRoles, names: readonly ClusterName[]): [string, AccessRole][] {
  return Object.entries(clusters).toSorted(([a], [b]) =>
    compareNatural(clusterName(a, names), clusterName(b, names)),
  );
}

/** The id, where the cluster is away. */
export function clusterName(id: string, names: readonly ClusterName[]): string {
  return names.find((each) => each.id === id)?.name ?? id;
}
