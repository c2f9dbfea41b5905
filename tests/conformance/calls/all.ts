import type { Area } from "../subject.ts";
import { consoles } from "./consoles.ts";
import { containers } from "./containers.ts";
import { configs, secrets } from "./files.ts";
import { images } from "./images.ts";
import { networks } from "./networks.ts";
import { lostNode, nodes } from "./nodes.ts";
import { services } from "./services.ts";
import { swarm } from "./swarm.ts";
import { system } from "./system.ts";
import { tasks } from "./tasks.ts";
import { volumes } from "./volumes.ts";

/** All walks, in order: the last one leaves the swarm without a node. */
export const areas: Readonly<Record<string, Area>> = {
  system,
  swarm,
  images,
  volumes,
  secrets,
  configs,
  networks,
  containers,
  consoles,
  services,
  tasks,
  nodes,
  "lost node": lostNode,
};
