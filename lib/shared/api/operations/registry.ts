import * as schemas from "../../registries/schemas.ts";
import type { Operation } from "../operation.ts";

/** Logins of image registries. `id` is an id, or a name. No answer has a password in it. */
export const registryOperations = {
  listRegistries: {
    method: "GET",
    path: "/registries",
    permission: "registry.manage",
    summary: "Kept logins of image registries",
  },
  createRegistry: {
    method: "POST",
    path: "/registries",
    permission: "registry.manage",
    summary: "Keep a login; its password is encrypted",
    body: schemas.registryCreateBody,
    audit: "registry.create",
  },
  patchRegistry: {
    method: "PATCH",
    path: "/registries/{id}",
    permission: "registry.manage",
    summary: "Change a login; another address needs the password again",
    body: schemas.registryPatchBody,
    audit: "registry.update",
  },
  removeRegistry: {
    method: "DELETE",
    path: "/registries/{id}",
    permission: "registry.manage",
    summary: "Forget a login",
    audit: "registry.remove",
  },
  testRegistry: {
    method: "POST",
    path: "/registries/{id}/test",
    permission: "registry.manage",
    summary: "Let an engine sign in, and say what it answered",
    body: schemas.registryTestBody,
    audit: "registry.test",
  },
  listClusterRegistries: {
    method: "GET",
    path: "/clusters/{cluster}/registries",
    permission: "registry.read",
    summary: "Logins that images of this cluster are pulled with: their names and addresses",
  },
} as const satisfies Record<string, Operation>;
