/** Roles in rising order: each may do everything the ones before it may. */
export const roles = ["viewer", "operator", "admin"] as const;
export type Role = (typeof roles)[number];

/** A role, or that there is none: what somebody has in a place. In rising order. */
export const accessRoles = ["none", ...roles] as const;
export type AccessRole = (typeof accessRoles)[number];

/**
 * What each permission needs at least (architecture §7). The single source for routes, topics and buttons;
 * a test walks all routes × roles over it. For a cluster the role there counts (access.ts); `none`: whoever is signed in.
 */
export const permissions = {
  "cluster.read": "viewer",
  "service.read": "viewer",
  "node.read": "viewer",
  "task.read": "viewer",
  "container.read": "viewer",
  "image.read": "viewer",
  "stack.read": "viewer",
  "network.read": "viewer",
  "secret.read": "viewer",
  "config.read": "viewer",
  "volume.read": "viewer",
  "event.read": "viewer",
  "agent.read": "viewer",
  "log.read": "viewer",
  "usage.read": "viewer",
  "account.own": "none",
  "cluster.list": "none",
  "service.env": "operator",
  "service.scale": "operator",
  "service.restart": "operator",
  "service.rollback": "operator",
  "service.edit": "operator",
  "service.create": "operator",
  "task.kill": "operator",
  "container.env": "operator",
  "container.operate": "operator",
  "network.connect": "operator",
  "image.pull": "operator",
  "image.tag": "operator",
  "node.availability": "operator",
  "stack.deploy": "operator",
  "container.exec": "admin",
  "service.raw": "admin",
  "container.raw": "admin",
  "container.rename": "admin",
  "container.remove": "admin",
  "container.create": "admin",
  "network.create": "admin",
  "network.remove": "admin",
  "volume.create": "admin",
  "volume.remove": "admin",
  "volume.files": "admin",
  "service.image": "admin",
  "service.remove": "admin",
  "webhook.manage": "admin",
  "stack.remove": "admin",
  "image.remove": "admin",
  "image.prune": "admin",
  "config.reveal": "admin",
  "config.write": "admin",
  "secret.write": "admin",
  "node.role": "admin",
  "node.labels": "admin",
  "node.remove": "admin",
  "swarm.read": "viewer",
  "swarm.settings": "admin",
  "swarm.tokens": "admin",
  "swarm.init": "admin",
  "swarm.leave": "admin",
  "swarm.unlock": "admin",
  "agent.manage": "admin",
  "cluster.manage": "admin",
  "registry.read": "operator",
  "registry.manage": "admin",
  "user.manage": "admin",
  "token.manage": "admin",
  "audit.read": "admin",
} as const satisfies Record<string, AccessRole>;

export type Permission = keyof typeof permissions;

/** Changes the server, although it names a cluster: there the role everywhere counts, not the one in the cluster. */
export const serverWide: ReadonlySet<Permission> = new Set(["cluster.manage"]);

/** May somebody with this role do this? */
export function mayDo(role: AccessRole, permission: Permission): boolean {
  return isAtLeast(role, permissions[permission]);
}

/** Does the first allow all that the second does? */
export function isAtLeast(role: AccessRole, other: AccessRole): boolean {
  return accessRoles.indexOf(role) >= accessRoles.indexOf(other);
}
