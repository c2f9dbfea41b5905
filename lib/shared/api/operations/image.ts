import * as schemas from "../../images/schemas.ts";
import type { Operation } from "../operation.ts";

const cluster = "/clusters/{cluster}";
const images = `${cluster}/images` as const;

/** Images of all nodes. `id` is `sha256:…`. */
export const imageOperations = {
  listImages: {
    method: "GET",
    path: images,
    permission: "image.read",
    summary: "Images of every node: where they are and who needs them",
  },
  tagImage: {
    method: "POST",
    path: `${images}/{id}/tag`,
    permission: "image.tag",
    summary: "Give an image another name, on every node that has it or on some",
    body: schemas.imageTagBody,
    audit: "image.tag",
  },
  removeImage: {
    method: "DELETE",
    path: `${images}/{id}`,
    permission: "image.remove",
    summary: "Remove an image, or one of its tags, from one node or all",
    query: schemas.imageRemoveQuery,
    audit: "image.remove",
  },
  listPulls: {
    method: "GET",
    path: `${images}/pulls`,
    permission: "image.read",
    summary: "Pulls under way and those that ended in the last half hour, with their progress",
  },
  pullImage: {
    method: "POST",
    path: `${images}/pulls`,
    permission: "image.pull",
    summary: "Pull an image on some nodes; answers at once with the pull to follow",
    body: schemas.imagePullBody,
    audit: "image.pull",
  },
  cancelPull: {
    method: "POST",
    path: `${images}/pulls/{id}/cancel`,
    permission: "image.pull",
    summary: "Give a pull up on all nodes that are still at it; answers when they have ended",
    audit: "image.pull.cancel",
  },
  previewImagePrune: {
    method: "POST",
    path: `${images}/prune/preview`,
    permission: "image.prune",
    summary: "What a prune would remove, and what it would free on each node",
    body: schemas.imagePrunePreviewBody,
  },
  pruneImages: {
    method: "POST",
    path: `${images}/prune`,
    permission: "image.prune",
    summary: "Remove exactly the images that a preview listed, unless something needs them by now",
    body: schemas.imagePruneBody,
    audit: "image.prune",
  },
  listNewerImages: {
    method: "GET",
    path: `${cluster}/newer-images`,
    permission: "service.read",
    summary:
      "Services whose tag names another digest in its registry than the one they are pinned to; asks nobody",
  },
  checkNewerImages: {
    method: "POST",
    path: `${cluster}/newer-images/check`,
    permission: "image.pull",
    summary: "Ask the registries of all services now; answers at once with what was known before",
    audit: "image.check",
  },
  updateNewerImages: {
    method: "POST",
    path: `${cluster}/newer-images/update`,
    permission: "service.image",
    summary: "Pin services to the newest digest of their tag, each in one rolling update",
    body: schemas.newerUpdateBody,
    audit: "service.image",
  },
  listDiskUsage: {
    method: "GET",
    path: `${cluster}/disk`,
    permission: "image.read",
    summary: "Disk use of images, containers, volumes and build cache of every node, at most a minute old",
  },
} as const satisfies Record<string, Operation>;
