import * as schemas from "../../volumes/schemas.ts";
import type { Operation } from "../operation.ts";

const volumes = "/clusters/{cluster}/volumes";
const volume = `${volumes}/{id}` as const;
const unused = "/clusters/{cluster}/unused-volumes";
const files = { permission: "volume.files", query: schemas.volumeQuery } as const;

/** Volumes of all nodes. `id` is a name, which is unique on its `?node=` only. */
export const volumeOperations = {
  listVolumes: {
    method: "GET",
    path: volumes,
    permission: "volume.read",
    summary: "Volumes of every node, who uses them, and the nodes that do not answer",
    query: schemas.volumeListQuery,
  },
  createVolume: {
    method: "POST",
    path: volumes,
    permission: "volume.create",
    summary: "Make a volume on one node",
    body: schemas.volumeCreateBody,
    audit: "volume.create",
  },
  getVolume: {
    method: "GET",
    path: volume,
    permission: "volume.read",
    summary: "One volume: where it lies and who uses it; options of its driver for admins",
    query: schemas.volumeQuery,
  },
  removeVolume: {
    method: "DELETE",
    path: volume,
    permission: "volume.remove",
    summary: "Remove a volume that no container uses, with all its data",
    query: schemas.volumeQuery,
    audit: "volume.remove",
  },
  listUnusedVolumes: {
    method: "GET",
    path: unused,
    permission: "volume.read",
    summary: "What nobody uses, read anew and measured: a preview of removing it",
  },
  removeUnusedVolumes: {
    method: "POST",
    path: unused,
    permission: "volume.remove",
    summary: "Remove exactly these volumes, each only if nobody uses it now",
    body: schemas.unusedVolumesBody,
    audit: "volume.prune",
  },
  listVolumeFiles: {
    ...files,
    method: "GET",
    path: `${volume}/files`,
    summary: "Entries of a folder in a volume (audited)",
    query: schemas.fileListQuery,
    audit: "volume.list",
  },
  downloadVolumeFile: {
    ...files,
    method: "GET",
    path: `${volume}/file`,
    summary: "A file of a volume (audited)",
    query: schemas.fileQuery,
    media: ["application/octet-stream"],
    audit: "volume.download",
  },
  uploadVolumeFile: {
    ...files,
    method: "POST",
    path: `${volume}/file`,
    summary: "Put a file into a volume; the request's body is its content",
    query: schemas.fileUploadQuery,
    audit: "volume.upload",
  },
  removeVolumeFile: {
    ...files,
    method: "DELETE",
    path: `${volume}/file`,
    summary: "Remove a file or folder of a volume",
    query: schemas.fileRemoveQuery,
    audit: "volume.delete",
  },
  makeVolumeFolder: {
    ...files,
    method: "POST",
    path: `${volume}/folder`,
    summary: "Make a folder in a volume",
    body: schemas.folderBody,
    audit: "volume.folder",
  },
  renameVolumeFile: {
    ...files,
    method: "POST",
    path: `${volume}/rename`,
    summary: "Give a file or folder of a volume another name",
    body: schemas.fileRenameBody,
    audit: "volume.rename",
  },
} as const satisfies Record<string, Operation>;
