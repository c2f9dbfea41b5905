import { mapConfig, mapNetwork, mapSecret } from "#lib/server/docker/map-resource.ts";
import type { WireService, WireTask } from "#lib/server/docker/wire.ts";
import type { ConfigItem, NetworkItem, SecretItem } from "#lib/shared/api/resource-types.ts";
import type { TaskView } from "#lib/shared/model/types.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import type { SwarmReads } from "../reads.ts";
import type { SharedReads } from "./shared-reads.ts";
import { earlierTasks } from "./task-history.ts";
import { type ImageUse, type Usage, usageOf, usersOf, usersOfNetwork } from "./usage.ts";

/** What is read on demand of a swarm, shared by everybody who looks. Every method may throw AppError. */
export interface Resources {
  networks(): Promise<readonly NetworkItem[]>;
  secrets(): Promise<readonly SecretItem[]>;
  configs(): Promise<readonly ConfigItem[]>;
  /** Which services name which image, now or to go back to. */
  imageUses(): Promise<readonly ImageUse[]>;
  /** Services by the names of volumes in their specifications. */
  volumeUsers(): Promise<Usage["volumes"]>;
  /** Every task that is over, newest first. */
  earlierTasks(): Promise<readonly TaskView[]>;
}

export interface ResourcesOptions {
  readonly reads: Pick<SwarmReads, "get" | "getLong">;
  readonly shared: SharedReads;
}

type Named = { readonly name: string };

/** Lists are mapped before they are kept: what configs hold stays on the engine. */
export function createResources({ reads, shared }: ResourcesOptions): Resources {
  const usage = () =>
    shared.read("services", async (): Promise<Usage> => usageOf(await reads.get<WireService[]>("/services")));
  const list = <Wire, Item extends Named>(
    kind: "networks" | "secrets" | "configs",
    map: (wire: Wire) => Item | null,
  ) =>
    shared.read(kind, async () => {
      const read = await reads.get<readonly Wire[]>(`/${kind}`);
      return read
        .map(map)
        .filter((item) => item !== null)
        .sort((a, b) => compareNatural(a.name, b.name));
    });
  return {
    async networks() {
      const [items, used] = await Promise.all([list("networks", mapNetwork), usage()]);
      return items.map((item) => ({ ...item, usedBy: usersOfNetwork(used, item) }));
    },
    async secrets() {
      const [items, used] = await Promise.all([list("secrets", mapSecret), usage()]);
      return items.map((item) => ({ ...item, usedBy: usersOf(used.secrets, item) }));
    },
    async configs() {
      const [items, used] = await Promise.all([list("configs", mapConfig), usage()]);
      return items.map((item) => ({ ...item, usedBy: usersOf(used.configs, item) }));
    },
    imageUses: async () => (await usage()).images,
    volumeUsers: async () => (await usage()).volumes,
    earlierTasks: () =>
      shared.read("tasks", async () => earlierTasks(await reads.getLong<readonly WireTask[]>("/tasks"))),
  };
}
