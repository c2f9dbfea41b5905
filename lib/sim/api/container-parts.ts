import type { Profile } from "../profiles/profile.ts";
import { networksOf } from "../world/networks.ts";
import { isUp, type SimContainer } from "../world/objects.ts";
import type { World } from "../world/world.ts";
import { addressOf } from "./swarm-json.ts";
import { mountsOf } from "./volume-users.ts";

export function mountsJson(container: SimContainer): object[] {
  return mountsOf(container).map(({ type, source, target }) =>
    type === "volume"
      ? {
          Type: type,
          Name: source,
          Source: `/var/lib/docker/volumes/${source}/_data`,
          Destination: target,
          Driver: "local",
          Mode: "z",
          RW: true,
          Propagation: "",
        }
      : { Type: type, Source: source, Destination: target, Mode: "", RW: true, Propagation: "rprivate" },
  );
}

/** `NetworkSettings.Networks`: addresses only while it runs. */
export function networksJson(
  world: World,
  container: SimContainer,
  { speaksAs26 }: Profile,
  isWhole: boolean,
): Record<string, object> {
  const networks: Record<string, object> = {};
  for (const network of networksOf(world, container)) {
    const [address = "", length = "0"] =
      isUp(container) && network.subnet !== null
        ? addressOf(network.subnet, container.id).split("/")
        : ["", "0"];
    networks[network.name] = {
      IPAMConfig: null,
      Links: null,
      Aliases: null,
      NetworkID: network.id,
      EndpointID: isUp(container) ? container.id.split("").reverse().join("") : "",
      Gateway: isUp(container) ? (network.gateway ?? "") : "",
      IPAddress: address,
      IPPrefixLen: Number(length),
      IPv6Gateway: "",
      GlobalIPv6Address: "",
      GlobalIPv6PrefixLen: 0,
      MacAddress: isUp(container) ? "02:42:0a:00:00:02" : "",
      DriverOpts: null,
      ...(speaksAs26 && { DNSNames: isWhole ? dnsNames(container) : null }),
    };
  }
  return networks;
}

/** Names for other containers of a network: on the bridge only after somebody has renamed it. */
function dnsNames({ id, name, isRenamed }: SimContainer): readonly string[] | null {
  return isRenamed ? [name ?? "", id.slice(0, 12)] : null;
}

/** Ports a row shows: what is published on the node, and what is only open inside. */
export function portsOf(world: World, container: SimContainer): object[] {
  const published = publishedBy(world, container);
  const inside = Object.keys({ "8080/tcp": {}, ...container.body?.ExposedPorts });
  const rows = published.map(({ port, hostPort, protocol }) => ({
    IP: "0.0.0.0",
    PrivatePort: port,
    PublicPort: hostPort,
    Type: protocol,
  }));
  const hidden = inside.filter(
    (each) => !published.some(({ port, protocol }) => each === `${port}/${protocol}`),
  );
  return [
    ...rows,
    ...hidden.map((each) => ({ PrivatePort: Number.parseInt(each, 10), Type: each.split("/")[1] ?? "tcp" })),
  ];
}

export function publishedBy(
  world: World,
  { body, task }: SimContainer,
): { port: number; hostPort: number; protocol: string }[] {
  if (task) {
    return world
      .hostPortsOf(task.serviceId)
      .map((each) => ({ port: each.TargetPort, hostPort: each.PublishedPort, protocol: each.Protocol }));
  }
  return Object.entries(body?.HostConfig?.PortBindings ?? {}).flatMap(([key, hosts]) =>
    (hosts ?? []).map(({ HostPort = "0" }) => ({
      port: Number.parseInt(key, 10),
      hostPort: Number(HostPort),
      protocol: key.split("/")[1] ?? "tcp",
    })),
  );
}
