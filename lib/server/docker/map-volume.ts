import type { VolumeItem, VolumeUser } from "#lib/shared/volumes/types.ts";
import { labelsOf, listOf, textOf, timeOf } from "./hostile.ts";
import { stackLabel } from "./map-service.ts";
import type { WireContainer, WireLabels } from "./wire.ts";

/** A volume as its engine tells it, before anybody looked who uses it. */
export type EngineVolume = Pick<
  VolumeItem,
  "name" | "driver" | "stack" | "labels" | "createdAt" | "size" | "isAnonymous"
> & { readonly mountpoint: string; readonly options: Readonly<Record<string, string>> };

export interface WireVolume {
  readonly Name?: string;
  readonly Driver?: string;
  readonly Mountpoint?: string;
  readonly CreatedAt?: string;
  readonly Labels?: WireLabels;
  readonly Options?: Readonly<Record<string, string>> | null;
  readonly UsageData?: { readonly Size?: number } | null;
}

/** One mount of a container of a list. */
interface WireMountPoint {
  readonly Type?: string;
  readonly Name?: string;
  readonly Destination?: string;
  readonly RW?: boolean;
}

/** A container that mounts a volume, and the service it belongs to. */
export interface VolumeMount extends VolumeUser {
  readonly volume: string;
  readonly service: { readonly id: string; readonly name: string } | null;
}

/** Null where the engine says no name. */
export function mapVolume(wire: WireVolume): EngineVolume | null {
  const name = textOf(wire?.Name);
  if (name === "") return null;
  const labels = labelsOf(wire.Labels);
  const size = wire.UsageData?.Size;
  return {
    name,
    driver: textOf(wire.Driver),
    stack: labels[stackLabel] || null,
    labels,
    createdAt: timeOf(wire.CreatedAt),
    size: typeof size === "number" && size >= 0 ? size : null,
    isAnonymous: "com.docker.volume.anonymous" in labels || /^[0-9a-f]{64}$/.test(name),
    mountpoint: textOf(wire.Mountpoint, 4096),
    options: labelsOf(wire.Options),
  };
}

/** The volumes that containers of a list mount. */
export function volumeMountsOf(rows: readonly WireContainer[]): readonly VolumeMount[] {
  return rows.flatMap((row) => {
    const serviceId = textOf(row.Labels?.["com.docker.swarm.service.id"]);
    const service =
      serviceId === ""
        ? null
        : { id: serviceId, name: textOf(row.Labels?.["com.docker.swarm.service.name"]) };
    const id = textOf(row.Id);
    return listOf(row.Mounts as readonly WireMountPoint[] | null)
      .filter(({ Type, Name }) => Type === "volume" && typeof Name === "string")
      .map(({ Name, Destination, RW }) => ({
        volume: textOf(Name),
        id,
        name: textOf(row.Names?.[0]).replace(/^\//, "") || id.slice(0, 12),
        target: textOf(Destination, 4096),
        readOnly: RW === false,
        service,
      }));
  });
}
