import { type NetworkInterfaceInfo, networkInterfaces } from "node:os";
import type { EngineAddress } from "#lib/server/config/engine-address.ts";

type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>;

/** Interfaces that lead to containers or other machines inside this one, not to other hosts. */
const inner = /^(docker|br-|veth|virbr|cni|flannel|lxc|tun|wg)/;

/**
 * Addresses that `swarm init` on this engine may advertise: the address an engine is reached at, or this machine's own
 * when the engine runs on it. Empty when this process cannot know: inside a container it sees only its own network.
 */
export function hostAddresses(
  engine: EngineAddress,
  inContainer: boolean,
  interfaces: () => Interfaces = networkInterfaces,
): readonly string[] {
  if (engine.kind === "tcp" && engine.host !== "localhost") return [engine.host];
  if (inContainer) return [];
  const usable = Object.entries(interfaces()).flatMap(([name, list]) =>
    inner.test(name) ? [] : (list ?? []),
  );
  return usable
    .filter(({ internal, family, address }) => !internal && (family === "IPv4" || !/^fe80:/i.test(address)))
    .sort((a, b) => a.family.localeCompare(b.family))
    .map(({ address }) => address);
}
