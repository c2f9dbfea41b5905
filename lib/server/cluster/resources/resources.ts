import { taskIntake } from "#lib/server/cluster/model/kept-tasks.ts";
import { type EngineNetwork, mapEngineNetwork, swarmNetworkItem } from "#lib/server/docker/map-network.ts";
import { mapConfig, mapSecret } from "#lib/server/docker/map-resource.ts";
import type { WireService, WireTask } from "#lib/server/docker/wire.ts";
import type { ConfigItem, NetworkItem, SecretItem, ServiceRef } from "#lib/shared/api/resource-types.ts";
import type { TaskView } from "#lib/shared/model/types.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import type { SwarmReads } from "../reads.ts";
import type { FileUses } from "./file-uses.ts";
import type { NetworkUses } from "./network-uses.ts";
import type { ReadKind, SharedReads } from "./shared-reads.ts";
import { earlierTasks } from "./task-history.ts";
import { type ImageUse, type Usage, usageOf, usersOf, usersOfNetwork } from "./usage.ts";

/** What is read on demand of a swarm, shared by everybody who looks. Every method may throw AppError. */
export interface Resources {
  networks(): Promise<readonly NetworkItem[]>;
  /** The same with their address plans, and what services say of them. */
  swarmNetworks(): Promise<SwarmNetworks>;
  /** Tasks of these services, and containers that were connected to a network of the swarm by hand. Not kept. */
  networkTasks(serviceIds: readonly string[]): Promise<readonly WireTask[]>;
  secrets(): Promise<readonly SecretItem[]>;
  configs(): Promise<readonly ConfigItem[]>;
  /** Where services get secrets and configs. */
  fileUses(): Promise<FileUses>;
  /** Which services name which image, now or to go back to. */
  imageUses(): Promise<readonly ImageUse[]>;
  /** Services by the names of volumes in their specifications. */
  volumeUsers(): Promise<Usage["volumes"]>;
  /** Every task that is over, newest first. */
  earlierTasks(): Promise<readonly TaskView[]>;
  /** What was read of these is not trusted any longer. */
  forget(...kinds: readonly ReadKind[]): void;
}

export interface SwarmNetworks {
  readonly networks: readonly EngineNetwork[];
  readonly usedBy: (network: EngineNetwork) => readonly ServiceRef[];
  readonly uses: NetworkUses;
}

/** Beyond so many the address of a read gets too long: then all tasks are asked for. */
const mostServicesAsked = 100;

export interface ResourcesOptions {
  readonly reads: Pick<SwarmReads, "get" | "listLong">;
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
      const [items, used] = await Promise.all([list("networks", mapEngineNetwork), usage()]);
      return items
        .map(swarmNetworkItem)
        .filter((item) => item !== null)
        .map((item) => ({ ...item, usedBy: usersOfNetwork(used, item) }));
    },
    async swarmNetworks() {
      const [items, used] = await Promise.all([list("networks", mapEngineNetwork), usage()]);
      return {
        networks: items.filter(({ scope }) => scope === "swarm"),
        usedBy: (network) => usersOfNetwork(used, network),
        uses: used.networkUses,
      };
    },
    async networkTasks(serviceIds) {
      const filters = serviceIds.length > mostServicesAsked ? {} : { service: serviceIds };
      const [tasks, attachments] = await Promise.all([
        serviceIds.length === 0 ? [] : reads.listLong("/tasks", (task: WireTask) => task, { filters }),
        reads.get<readonly WireTask[]>("/tasks", { filters: { runtime: ["attachment"] } }),
      ]);
      return [...tasks, ...attachments];
    },
    async secrets() {
      const [items, used] = await Promise.all([list("secrets", mapSecret), usage()]);
      return items.map((item) => ({ ...item, usedBy: usersOf(used.secrets, item) }));
    },
    async configs() {
      const [items, used] = await Promise.all([list("configs", mapConfig), usage()]);
      return items.map((item) => ({ ...item, usedBy: usersOf(used.configs, item) }));
    },
    fileUses: async () => (await usage()).fileUses,
    imageUses: async () => (await usage()).images,
    volumeUsers: async () => (await usage()).volumes,
    earlierTasks: () =>
      shared.read("tasks", async () => earlierTasks(await reads.listLong("/tasks", taskIntake()))),
    forget(...kinds) {
      for (const kind of kinds) shared.changed(kind);
    },
  };
}
