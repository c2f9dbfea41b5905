import * as schemas from "../../swarm-files/schemas.ts";
import type { Operation } from "../operation.ts";

const cluster = "/clusters/{cluster}";
/** A config of the largest size as base64, with its labels. */
const bodyBytes = 2 << 20;

/** Stacks, secrets and configs: who uses what. */
export const resourceOperations = {
  listStacks: {
    method: "GET",
    path: `${cluster}/stacks`,
    permission: "stack.read",
    summary: "Stacks with the health of their services",
  },
  getStack: {
    method: "GET",
    path: `${cluster}/stacks/{id}`,
    permission: "stack.read",
    summary: "One stack: its services, networks, secrets and configs",
  },
  getStackCompose: {
    method: "GET",
    path: `${cluster}/stacks/{id}/compose`,
    permission: "stack.deploy",
    summary: "A compose file of what runs as this stack: deployed, it changes nothing (audited)",
    audit: "stack.compose",
  },
  listSecrets: {
    method: "GET",
    path: `${cluster}/secrets`,
    permission: "secret.read",
    summary: "Secrets and the services that use them; never their data",
  },
  createSecret: {
    method: "POST",
    path: `${cluster}/secrets`,
    permission: "secret.write",
    summary: "Make a secret of bytes given as base64",
    body: schemas.fileCreateBody,
    bodyBytes,
    audit: "secret.create",
  },
  getSecret: {
    method: "GET",
    path: `${cluster}/secrets/{id}`,
    permission: "secret.read",
    summary: "One secret: where every service gets it; never what is in it",
  },
  patchSecret: {
    method: "PATCH",
    path: `${cluster}/secrets/{id}`,
    permission: "secret.write",
    summary: "Change the labels of a secret",
    body: schemas.fileLabelsBody,
    audit: "secret.labels",
  },
  removeSecret: {
    method: "DELETE",
    path: `${cluster}/secrets/{id}`,
    permission: "secret.write",
    summary: "Remove a secret that no service uses",
    audit: "secret.remove",
  },
  planSecretRotation: {
    method: "GET",
    path: `${cluster}/secrets/{id}/rotation`,
    permission: "secret.write",
    summary: "What a rotation of a secret would do: the services it touches, and the name of the new one",
  },
  rotateSecret: {
    method: "POST",
    path: `${cluster}/secrets/{id}/rotate`,
    permission: "secret.write",
    summary: "Make a new secret and update every service that uses the old one, one after another",
    body: schemas.fileRotateBody,
    bodyBytes,
    audit: "secret.rotate",
  },
  listConfigs: {
    method: "GET",
    path: `${cluster}/configs`,
    permission: "config.read",
    summary: "Configs and the services that use them, without their content",
  },
  createConfig: {
    method: "POST",
    path: `${cluster}/configs`,
    permission: "config.write",
    summary: "Make a config of bytes given as base64",
    body: schemas.fileCreateBody,
    bodyBytes,
    audit: "config.create",
  },
  getConfig: {
    method: "GET",
    path: `${cluster}/configs/{id}`,
    permission: "config.read",
    summary: "One config: where every service gets it; never what is in it",
  },
  patchConfig: {
    method: "PATCH",
    path: `${cluster}/configs/{id}`,
    permission: "config.write",
    summary: "Change the labels of a config",
    body: schemas.fileLabelsBody,
    audit: "config.labels",
  },
  removeConfig: {
    method: "DELETE",
    path: `${cluster}/configs/{id}`,
    permission: "config.write",
    summary: "Remove a config that no service uses",
    audit: "config.remove",
  },
  planConfigRotation: {
    method: "GET",
    path: `${cluster}/configs/{id}/rotation`,
    permission: "config.write",
    summary: "What a rotation of a config would do: the services it touches, and the name of the new one",
  },
  rotateConfig: {
    method: "POST",
    path: `${cluster}/configs/{id}/rotate`,
    permission: "config.write",
    summary: "Make a new config and update every service that uses the old one, one after another",
    body: schemas.fileRotateBody,
    bodyBytes,
    audit: "config.rotate",
  },
  getConfigData: {
    method: "GET",
    path: `${cluster}/configs/{id}/data`,
    permission: "config.reveal",
    summary: "Content of a config (audited)",
    audit: "config.reveal",
  },
  getRotation: {
    method: "GET",
    path: `${cluster}/rotations/{id}`,
    permission: "secret.read",
    summary: "One rotation of a secret or config: which service has which",
  },
  continueRotation: {
    method: "POST",
    path: `${cluster}/rotations/{id}/continue`,
    permission: "secret.write",
    summary: "Go on with a rotation that failed or was interrupted",
    audit: "rotation.continue",
  },
} as const satisfies Record<string, Operation>;
