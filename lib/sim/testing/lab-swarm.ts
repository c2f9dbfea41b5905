import { noRegistry } from "../world/registry.ts";
import { Swarm } from "../world/swarm.ts";
import { calm, type Workload } from "../world/workload.ts";
import { World } from "../world/world.ts";

/** How containers of the lab's image do: quick, with a line each second. */
const web: Workload = {
  ...calm,
  pull: [5, 20],
  start: [20, 60],
  stop: [10, 40],
  logs: ["tick {n}"],
  everyMs: 1_000,
  program: "/bin/app",
  checked: true,
};

/** A swarm as the lab starts it: one manager, two workers, two images on each, and no network to anywhere. */
export function labSwarm(now: number): Swarm {
  const world = new World({
    seed: 7,
    now: now - 60_000,
    workloadOf: () => web,
    registry: noRegistry,
    preloaded: ["lab/web:1", "lab/web:2"],
  });
  const swarm = new Swarm(world);
  for (let n = 1; n <= 3; n += 1) {
    swarm.addNode({
      name: `node${n}`,
      address: `10.97.0.${n}`,
      nanoCpus: 2e9,
      memoryBytes: 24 * 1024 ** 3,
      leader: n === 1,
      spec: { Labels: {}, Role: n === 1 ? "manager" : "worker", Availability: "active" },
    });
  }
  world.addNetwork({
    name: "ingress",
    driver: "overlay",
    nodeId: null,
    subnet: "10.0.0.0/24",
    ingress: true,
  });
  world.timeline.advance(now);
  return swarm;
}
