import { homedir } from "node:os";
import { join } from "node:path";
import type { Config } from "#lib/server/config/config.ts";
import type { EngineAddress } from "#lib/server/config/engine-address.ts";

type Environment = Readonly<Record<string, string | undefined>>;

const standardSocket = "/var/run/docker.sock";

/**
 * The engines of the local cluster as configured, DOCKER_HOST first; one that is named twice counts once. Each inner
 * list is one engine: the addresses to try for it.
 */
export function configuredEngines(
  config: Pick<Config, "engine" | "engines">,
  env: Environment = process.env,
  home: string = homedir(),
): readonly [readonly EngineAddress[], ...(readonly EngineAddress[])[]] {
  const others = new Map(config.engines.map((address) => [address.name, address]));
  others.delete(config.engine.name);
  return [candidates(config.engine, env, home), ...[...others.values()].map((address) => [address])];
}

/**
 * For the standard socket also the places where Docker without root and Docker Desktop put theirs. An address somebody
 * has chosen is never replaced by another.
 */
function candidates(address: EngineAddress, env: Environment, home: string): readonly EngineAddress[] {
  if (address.kind !== "unix" || address.path !== standardSocket || env.DOCKER_HOST) return [address];
  const runtimeDir = env.XDG_RUNTIME_DIR;
  const paths = [
    ...(runtimeDir ? [join(runtimeDir, "docker.sock")] : []),
    join(home, ".docker/run/docker.sock"),
    join(home, ".docker/desktop/docker.sock"),
  ];
  return [address, ...paths.map((path) => ({ kind: "unix", path, name: `unix://${path}` }) as const)];
}
