import { createHash } from "node:crypto";
import type { World } from "../world/world.ts";
import type { Route } from "./route.ts";

const MB = 1_000_000;
/** A quarter of an image is a base that others have, too. */
const sharedPart = 4;

/** The id that an image has on every node, as the digest of its name. */
export function imageId(image: string): string {
  return `sha256:${createHash("sha256").update(image).digest("hex")}`;
}

/** Between 20 and 420 MB, always the same for a name. */
function sizeOf(image: string): number {
  return (20 + (Number.parseInt(imageId(image).slice(7, 13), 16) % 400)) * MB;
}

/** Every image that a task on this engine was made from; nothing is ever removed. */
function imagesOn(world: World, nodeId: string): readonly object[] {
  const tasks = world.tasksOn(nodeId).filter((task) => task.container !== null);
  const byImage = Map.groupBy(tasks, (task) => task.template.ContainerSpec?.Image ?? "");
  byImage.delete("");
  return [...byImage].map(([image, made]) => ({
    Id: imageId(image),
    ParentId: "",
    RepoTags: [image],
    RepoDigests: [],
    Created: Math.floor(Math.min(...made.map(({ createdAt }) => createdAt)) / 1000),
    Size: sizeOf(image),
    SharedSize: Math.floor(sizeOf(image) / sharedPart),
    Containers: made.length,
    Labels: null,
  }));
}

function diskUse(world: World, nodeId: string): object {
  const images = imagesOn(world, nodeId) as { readonly Size: number }[];
  return {
    LayersSize: images.reduce((sum, { Size }) => sum + Size, 0),
    Images: images,
    Containers: world
      .tasksOn(nodeId)
      .filter((task) => task.container !== null)
      .map((task) => ({ Id: task.container?.id, SizeRw: 8_192 })),
    Volumes: [],
    BuildCache: [],
  };
}

export const imageRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/images/json",
    handle: ({ cluster: { swarm }, own }) => ({ json: imagesOn(swarm.world, own) }),
  },
  {
    method: "GET",
    path: "/system/df",
    handle: ({ cluster: { swarm }, own }) => ({ json: diskUse(swarm.world, own) }),
  },
];
