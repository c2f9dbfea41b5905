import * as schemas from "../../stacks/schemas.ts";
import type { Operation } from "../operation.ts";

const stack = "/clusters/{cluster}/stacks/{id}";

/** Deploying stacks. `id` is the stack's name; it need not exist yet. */
export const stackOperations = {
  checkStack: {
    method: "POST",
    path: `${stack}/check`,
    permission: "stack.deploy",
    summary: "What is wrong with these compose files by themselves, by line; the cluster is not asked",
    body: schemas.stackCheckBody,
  },
  planStack: {
    method: "POST",
    path: `${stack}/plan`,
    permission: "stack.deploy",
    summary: "What deploying these files would create, change, remove and leave alone; nothing is changed",
    body: schemas.stackPlanBody,
  },
  deployStack: {
    method: "POST",
    path: `${stack}/deploy`,
    permission: "stack.deploy",
    summary:
      "Deploy these files with the docker command; answers 202 with the version that follows it to its end",
    body: schemas.stackDeployBody,
    audit: "stack.deploy",
  },
  listStackVersions: {
    method: "GET",
    path: `${stack}/versions`,
    permission: "stack.read",
    summary: "Deploys of a stack, newest first: who, when, why, and how each ended",
    query: schemas.stackVersionsQuery,
  },
  getStackVersion: {
    method: "GET",
    path: `${stack}/versions/{version}`,
    permission: "stack.deploy",
    summary: "One deploy with what the docker command said, and the operations of its services",
  },
  getStackVersionFiles: {
    method: "GET",
    path: `${stack}/versions/{version}/files`,
    permission: "stack.deploy",
    summary: "The files and variables of a version (audited); `latest` is the newest that was written",
    audit: "stack.files",
  },
  getStackDrift: {
    method: "GET",
    path: `${stack}/drift`,
    permission: "stack.read",
    summary: "Services that are not as the last deploy left them",
  },
  stopStack: {
    method: "POST",
    path: `${stack}/stop`,
    permission: "stack.deploy",
    summary: "Scale the services of a stack to 0, remembering how many replicas each had",
    body: schemas.stackConfirmBody,
    audit: "stack.stop",
  },
  startStack: {
    method: "POST",
    path: `${stack}/start`,
    permission: "stack.deploy",
    summary: "Give the stopped services of a stack their replicas again",
    audit: "stack.start",
  },
  removeStack: {
    method: "POST",
    path: `${stack}/remove`,
    permission: "stack.remove",
    summary: "Remove a stack: without its name as `confirm`, only says what would go",
    body: schemas.stackConfirmBody,
    audit: "stack.remove",
  },
} as const satisfies Record<string, Operation>;
