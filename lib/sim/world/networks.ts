import type { SimContainer, SimNetwork } from "./objects.ts";
import type { World } from "./world.ts";

/** The networks that a container is on. */
export function networksOf(world: World, container: SimContainer): readonly SimNetwork[] {
  const engine = world.engineOf(container.nodeId);
  const byId = (id: string) => world.networks.get(id) ?? engine.networks.get(id);
  const isThere = (network: SimNetwork | undefined): network is SimNetwork => network !== undefined;
  if (container.networks !== null) return [...container.networks].map(byId).filter(isThere);
  const byName = (name: string) =>
    byId(name) ??
    [...engine.networks.values()].find((each) => each.name === name) ??
    [...world.networks.values()].find((each) => each.name === name);
  if (container.task !== null) {
    const targets = container.task.template.Networks ?? [];
    return (targets.length === 0 ? ["bridge"] : targets.map(({ Target }) => Target ?? ""))
      .map(byName)
      .filter(isThere);
  }
  const mode = container.body?.HostConfig?.NetworkMode ?? "default";
  const first = mode === "default" || mode === "" ? "bridge" : mode;
  const more = Object.keys(container.body?.NetworkingConfig?.EndpointsConfig ?? {});
  return [...new Set([first, ...more])].map(byName).filter(isThere);
}
