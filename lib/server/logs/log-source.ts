import type { FoundContainer } from "#lib/server/cluster/containers/find-container.ts";
import type { ContainerRef } from "#lib/server/container-types.ts";
import type { Engine } from "#lib/server/docker/engine.ts";
import type { LogTarget } from "#lib/shared/logs/log-line.ts";

/** Who is asked for a log: a manager for services and tasks, the container's own node else. */
export interface LogSources {
  /** Throws what finding it throws, and AppError where no engine answers. */
  engineOf(target: LogTarget): Promise<Engine>;
  container(target: LogTarget): Promise<FoundContainer>;
}

export interface LogSourcesOptions {
  /** A manager that answers now. Throws AppError. */
  readonly manager: () => Engine;
  readonly findContainer: (ref: ContainerRef) => Promise<FoundContainer>;
}

export function createLogSources({ manager, findContainer }: LogSourcesOptions): LogSources {
  const container = (target: LogTarget) => findContainer({ ref: target.id, node: target.node });
  return {
    engineOf: async (target) =>
      target.kind === "container" ? (await container(target)).node.engine : manager(),
    container,
  };
}
