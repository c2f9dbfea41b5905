import {
  type EngineVolume,
  mapVolume,
  type VolumeMount,
  volumeMountsOf,
  type WireVolume,
} from "#lib/server/docker/map-volume.ts";
import type { WireContainer } from "#lib/server/docker/wire.ts";
import type { LinkedNode, NodeEngines } from "../nodes/node-engines.ts";
import { createPerNodeRead, type PerNodeRead } from "../nodes/per-node-read.ts";

/** The volumes of one node and the containers that mount them. */
interface NodeVolumes {
  readonly volumes: readonly EngineVolume[];
  readonly mounts: readonly VolumeMount[];
}

/** What nodes say of their volumes, shared by everybody who looks. */
export interface VolumeReads {
  readonly plain: PerNodeRead<NodeVolumes>;
  /** Bytes by name. Engines look at every file for it: only on request. */
  readonly sizes: PerNodeRead<ReadonlyMap<string, number>>;
}

/** Events tell of changes; this is for those that nobody heard, ms. */
const longestAgeMs = { plain: 15_000, sizes: 60_000 };
/** Measuring large disks takes its time, ms. */
const measureTimeoutMs = 90_000;

export function createVolumeReads(engines: Pick<NodeEngines, "all">): VolumeReads {
  const now = Date.now;
  return {
    plain: createPerNodeRead({ engines, now, maxAgeMs: longestAgeMs.plain, read: readVolumes }),
    sizes: createPerNodeRead({ engines, now, maxAgeMs: longestAgeMs.sizes, read: readSizes }),
  };
}

async function readVolumes({ engine, signal }: LinkedNode): Promise<NodeVolumes> {
  const [volumes, containers] = await Promise.all([
    engine.get<{ readonly Volumes?: readonly WireVolume[] | null }>("/volumes", { signal }),
    engine.get<readonly WireContainer[]>("/containers/json", { query: { all: true }, signal }),
  ]);
  return { volumes: mapped(volumes.Volumes), mounts: volumeMountsOf(containers) };
}

async function readSizes({ engine, signal }: LinkedNode): Promise<ReadonlyMap<string, number>> {
  const usage = await engine.get<{ readonly Volumes?: readonly WireVolume[] | null }>("/system/df", {
    query: { type: "volume" },
    signal,
    timeoutMs: measureTimeoutMs,
  });
  return new Map(
    mapped(usage.Volumes).flatMap(({ name, size }) => (size === null ? [] : [[name, size] as const])),
  );
}

function mapped(volumes: readonly WireVolume[] | null | undefined): readonly EngineVolume[] {
  return (volumes ?? []).map(mapVolume).filter((volume) => volume !== null);
}
