import type { Operation } from "../operation.ts";

const cluster = "/clusters/{cluster}";

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
  listSecrets: {
    method: "GET",
    path: `${cluster}/secrets`,
    permission: "secret.read",
    summary: "Secrets and the services that use them; never their data",
  },
  listConfigs: {
    method: "GET",
    path: `${cluster}/configs`,
    permission: "config.read",
    summary: "Configs and the services that use them, without their content",
  },
  getConfigData: {
    method: "GET",
    path: `${cluster}/configs/{id}/data`,
    permission: "config.reveal",
    summary: "Content of a config (audited)",
    audit: "config.reveal",
  },
} as const satisfies Record<string, Operation>;
