import { textOf } from "#lib/server/docker/hostile.ts";
import type { WireService } from "#lib/server/docker/wire.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ClusterModel, NodeView, ServiceView } from "#lib/shared/model/types.ts";
import { eligibleNodes } from "#lib/shared/placement.ts";
import type { SelfIdentity } from "./context.ts";

type Picture = Pick<ClusterModel, "nodes" | "services">;

/** What stopping Shoal's own service does to this page; null for any other service. */
export function selfServiceWarning(
  service: Pick<ServiceView, "id" | "name">,
  self: SelfIdentity | null,
  action: "scale" | "scaleUp" | "restart" | "remove" | "kill",
): string | null {
  if (self?.serviceId !== service.id) return null;
  return t(`actions.self.${action}`, { name: service.name });
}

/** What removing the service of Shoal's agents does; null for any other. It is known by how it is started. */
export function agentsServiceWarning({ Spec }: WireService): string | null {
  const { Args, Env } = Spec?.TaskTemplate?.ContainerSpec ?? {};
  const startsAgent = Array.isArray(Args) && Args[0] === "agent";
  const dials = Array.isArray(Env) && Env.some((line) => String(line).startsWith("SHOAL_SERVER="));
  return startsAgent && dials ? t("actions.self.agents", { name: textOf(Spec?.Name) }) : null;
}

/** What happens to this page when a node stops running tasks, stops being a manager or goes; null when nothing does. */
export function selfNodeWarning(
  model: Picture,
  node: NodeView,
  self: SelfIdentity | null,
  action: "drain" | "demote" | "remove",
): string | null {
  const moving = action === "demote" ? null : selfMoves(model, node, self, action);
  if (moving !== null) return moving;
  if (action === "drain") return null;
  return node.role === "manager" && isOnlyLinkedManager(model, node)
    ? t("actions.self.blind", { name: node.name })
    : null;
}

/** True when Shoal reaches the swarm through this manager alone. */
export function isOnlyLinkedManager(model: Pick<ClusterModel, "nodes">, node: NodeView): boolean {
  const linked = Object.values(model.nodes).filter((each) => each.linked && each.role === "manager");
  return linked.length === 1 && linked[0]?.id === node.id;
}

function selfMoves(
  model: Picture,
  node: NodeView,
  self: SelfIdentity | null,
  action: "drain" | "remove",
): string | null {
  if (self === null || self.serviceId === null || self.nodeId !== node.id) return null;
  const service = model.services[self.serviceId];
  const elsewhere = service ? eligibleNodes(model, service).filter((each) => each.id !== node.id) : [];
  return elsewhere.length === 0 ? t(`actions.self.only_${action}`, { name: node.name }) : null;
}
