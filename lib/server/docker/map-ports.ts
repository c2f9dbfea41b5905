import type { PortView } from "#lib/shared/model/types.ts";
import { listOf, oneOf } from "./hostile.ts";
import type { WireContainerPort, WirePort } from "./wire.ts";

/** Published ports of a service or task. Host-mode ports come twice from some managers, so equal ones are one. */
export function mapPorts(ports: readonly WirePort[] | null | undefined): readonly PortView[] {
  return unique(
    listOf(ports).map((port) => ({
      protocol: oneOf(port?.Protocol, ["tcp", "udp", "sctp"], "tcp"),
      target: portNumber(port?.TargetPort) ?? 0,
      published: portNumber(port?.PublishedPort),
      mode: oneOf(port?.PublishMode, ["ingress", "host"], "ingress"),
    })),
  );
}

/** Ports of a plain container. Each is listed once per address family, so equal ones are one. */
export function mapContainerPorts(
  ports: readonly WireContainerPort[] | null | undefined,
): readonly PortView[] {
  return unique(
    listOf(ports).map((port) => ({
      protocol: oneOf(port?.Type, ["tcp", "udp", "sctp"], "tcp"),
      target: portNumber(port?.PrivatePort) ?? 0,
      published: portNumber(port?.PublicPort),
      mode: "host",
    })),
  );
}

function portNumber(value: unknown): number | null {
  return typeof value === "number" && Number.isInteger(value) && value > 0 && value < 65_536 ? value : null;
}

function unique(ports: readonly PortView[]): readonly PortView[] {
  const seen = new Map(
    ports.filter((port) => port.target > 0).map((port) => [JSON.stringify(Object.values(port)), port]),
  );
  return [...seen.values()];
}
