import * as schemas from "../../containers/schemas.ts";
import type { Operation } from "../operation.ts";

const containers = "/clusters/{cluster}/containers";
const container = `${containers}/{id}` as const;
const one = { query: schemas.containerQuery } as const;
const operate = { method: "POST", permission: "container.operate", ...one } as const;

/** Containers of all nodes. `id` is an id, its first 12 digits or more, or a name; a name may need `?node=`. */
export const containerOperations = {
  listContainers: {
    method: "GET",
    path: containers,
    permission: "container.read",
    summary: "Containers of every node, and the nodes that do not answer",
    query: schemas.containerListQuery,
  },
  createContainer: {
    method: "POST",
    path: containers,
    permission: "container.create",
    summary: "Make a container on one node, and start it; its image must be there",
    body: schemas.containerCreateBody,
    audit: "container.create",
  },
  getContainer: {
    method: "GET",
    path: container,
    permission: "container.read",
    summary: "One container: how it is and how it was made, in words",
    ...one,
  },
  getContainerProcesses: {
    method: "GET",
    path: `${container}/processes`,
    permission: "container.read",
    summary: "Processes that run in the container",
    ...one,
  },
  getContainerChanges: {
    method: "GET",
    path: `${container}/changes`,
    permission: "container.read",
    summary: "Files that differ from the image",
    ...one,
  },
  getContainerEnv: {
    method: "GET",
    path: `${container}/env`,
    permission: "container.env",
    summary: "Environment values of a container (audited)",
    ...one,
    audit: "container.env",
  },
  getContainerRaw: {
    method: "GET",
    path: `${container}/raw`,
    permission: "container.raw",
    summary: "The engine's own object (audited)",
    ...one,
    audit: "container.raw",
  },
  startContainer: {
    ...operate,
    path: `${container}/start`,
    summary: "Start a container",
    body: schemas.containerBody,
    audit: "container.start",
  },
  stopContainer: {
    ...operate,
    path: `${container}/stop`,
    summary: "Ask a container to end, and kill it when it does not within the timeout",
    body: schemas.containerStopBody,
    audit: "container.stop",
  },
  restartContainer: {
    ...operate,
    path: `${container}/restart`,
    summary: "Stop a container and start it again",
    body: schemas.containerStopBody,
    audit: "container.restart",
  },
  killContainer: {
    ...operate,
    path: `${container}/kill`,
    summary: "Send a signal to a container; SIGKILL unless said",
    body: schemas.containerKillBody,
    audit: "container.kill",
  },
  pauseContainer: {
    ...operate,
    path: `${container}/pause`,
    summary: "Freeze all processes of a container",
    body: schemas.containerBody,
    audit: "container.pause",
  },
  unpauseContainer: {
    ...operate,
    path: `${container}/unpause`,
    summary: "Let a paused container go on",
    body: schemas.containerBody,
    audit: "container.unpause",
  },
  renameContainer: {
    method: "POST",
    path: `${container}/rename`,
    permission: "container.rename",
    summary: "Give a container another name",
    ...one,
    body: schemas.containerRenameBody,
    audit: "container.rename",
  },
  removeContainer: {
    method: "DELETE",
    path: container,
    permission: "container.remove",
    summary: "Remove a container",
    query: schemas.containerRemoveQuery,
    audit: "container.remove",
  },
} as const satisfies Record<string, Operation>;
