import type { EngineState } from "../world/engine-state.ts";
import type { SimContainer } from "../world/objects.ts";

/** How many containers have a volume. */
export function usersOf(engine: EngineState, name: string): number {
  return [...engine.containers.values()].filter((each) => volumesOf(each).includes(name)).length;
}

/** Names of the volumes that a container was made with. */
export function volumesOf(container: SimContainer): readonly string[] {
  return mountsOf(container)
    .filter(({ type }) => type === "volume")
    .map(({ source }) => source);
}

/** What is mounted in a container, and where. */
export function mountsOf({
  body,
  task,
}: SimContainer): readonly { type: string; source: string; target: string }[] {
  const binds = (body?.HostConfig?.Binds ?? []).map((bind) => {
    const [source = "", target = ""] = bind.split(":");
    return { type: source.startsWith("/") ? "bind" : "volume", source, target };
  });
  const mounts = task?.template.ContainerSpec?.Mounts ?? body?.HostConfig?.Mounts ?? [];
  return [
    ...binds,
    ...mounts.map(({ Type = "volume", Source = "", Target = "" }) => ({
      type: Type,
      source: Source,
      target: Target,
    })),
  ];
}
