import type { ClusterEvent } from "#lib/shared/events/types.ts";
import type { ClusterModel, ServiceView } from "#lib/shared/model/types.ts";

type Href = (path: string) => string;

/** The service an event tells of, if it is still there: by id, else by the name it may have again. */
export function serviceOf(model: ClusterModel, event: ClusterEvent): ServiceView | undefined {
  if (event.serviceId === null) return undefined;
  return (
    model.services[event.serviceId] ??
    Object.values(model.services).find(({ name }) => name === event.serviceName)
  );
}

/** Addresses of the objects that events name, by the name as sentences say it. Of what is gone there is none. */
export function linksOf(
  events: readonly ClusterEvent[],
  model: ClusterModel,
  href: Href,
): ReadonlyMap<string, string> {
  const links = new Map<string, string>();
  // Engines do not use a name twice at the same time: the newest one of a name is meant.
  const removed = new Set(
    events.filter(({ action }) => action === "destroy").map(({ objectId }) => objectId),
  );
  for (const event of events) {
    const { kind, nodeId, nodeName, taskId, objectId, objectName, serviceName, stack } = event;
    if (kind === "container" && !removed.has(objectId))
      links.set(objectName, href(`/containers/${encodeURIComponent(objectId)}`));
    const service = serviceOf(model, event);
    if (service && serviceName !== null) {
      const address = href(`/services/${encodeURIComponent(service.id)}`);
      links.set(serviceName, address);
      const prefix = `${stack}_`;
      if (stack !== null && serviceName.startsWith(prefix))
        links.set(serviceName.slice(prefix.length), address);
    }
    if (taskId !== null && model.tasks[taskId])
      links.set(objectName, href(`/map?task=${encodeURIComponent(taskId)}`));
    if (nodeId !== null && nodeName !== null && model.nodes[nodeId])
      links.set(nodeName, href(`/nodes/${encodeURIComponent(nodeId)}`));
  }
  return links;
}
