import { formatBytes, formatCpu } from "../format.ts";
import { type Phrase, phrase } from "../i18n/phrase.ts";
import type { ServiceView } from "../model/types.ts";
import type { Obstacle } from "./node-verdict.ts";
import { platformOfNode } from "./platform.ts";

type Services = Readonly<Record<string, Pick<ServiceView, "name">>>;

/** An obstacle in words, with its arithmetic. `services` give the name of who holds a port. */
export function obstacleInWords(obstacle: Obstacle, services: Services): Phrase {
  switch (obstacle.kind) {
    case "state":
      return phrase(obstacle.state === "down" ? "placement.down" : "placement.silent");
    case "availability":
      return phrase(`placement.${obstacle.availability}`);
    case "cpu":
      return phrase("placement.cpu", amounts(obstacle, formatCpu));
    case "memory":
      return phrase("placement.memory", amounts(obstacle, formatBytes));
    case "generic": {
      const { resource, needed, free, capacity } = obstacle;
      if (capacity === 0) return phrase("placement.genericNone", { resource, needed });
      return phrase("placement.generic", { resource, needed, free, capacity });
    }
    case "constraint":
      return constraintInWords(obstacle.constraint, obstacle.actual);
    case "platform": {
      const wanted = [...new Set(obstacle.wanted.map(platformWord))].join(", ");
      return phrase("placement.platform", { wanted, actual: obstacle.actual });
    }
    case "host_port": {
      const { port, holderId } = obstacle;
      return phrase("placement.hostPort", {
        port,
        holder: services[holderId]?.name ?? holderId.slice(0, 12),
      });
    }
    case "max_replicas":
      return phrase("placement.maxReplicas", { there: obstacle.there, n: obstacle.limit });
  }
}

function platformWord(platform: string): string {
  const [os = "", arch = ""] = platform.split("/");
  return platformOfNode({ os: os || "*", arch: arch || "*" });
}

type Amounts = { readonly needed: number; readonly free: number; readonly capacity: number };

function amounts({ needed, free, capacity }: Amounts, format: (amount: number) => string): Phrase["params"] {
  // Rounded, 3.98 GB and 4 GB are the same: then the part that is missing tells more.
  const isSame = format(needed) === format(free);
  const left = isSame
    ? phrase("placement.short", { missing: format(needed - free) })
    : phrase("placement.free", { free: format(free) });
  return { needed: format(needed), left, capacity: format(capacity) };
}

function constraintInWords(constraint: string, actual: string | null): Phrase {
  if (actual === null) return phrase("placement.constraintUnknown", { constraint });
  if (actual === "") return phrase("placement.constraintUnset", { constraint });
  return phrase("placement.constraint", { constraint, actual });
}
