import type { Operation } from "../operation.ts";
import * as schemas from "../schemas.ts";

const service = "/clusters/{cluster}/services/{id}";
const operation = "/clusters/{cluster}/operations";

/** Revisions of services, and operations on them. */
export const historyOperations = {
  listRevisions: {
    method: "GET",
    path: `${service}/revisions`,
    permission: "service.read",
    summary: "Every specification a service had, newest first, and what the engine's own rollback would do",
  },
  compareRevisions: {
    method: "GET",
    path: `${service}/revisions/diff`,
    permission: "service.read",
    summary: "What is different between two revisions, in words; 0 is the oldest kept",
    query: schemas.revisionDiffQuery,
  },
  getRevision: {
    method: "GET",
    path: `${service}/revisions/{rev}`,
    permission: "service.read",
    summary: "One revision: its specification in words, and what it changed",
  },
  getRevisionRaw: {
    method: "GET",
    path: `${service}/revisions/{rev}/raw`,
    permission: "service.raw",
    summary: "The engine's own text of a revision's specification (audited)",
    audit: "service.revision.raw",
  },
  rollbackService: {
    method: "POST",
    path: `${service}/rollback`,
    permission: "service.rollback",
    summary: "Give a service the specification of a revision again",
    body: schemas.rollbackBody,
    audit: "service.rollback",
  },
  continueService: {
    method: "POST",
    path: `${service}/continue`,
    permission: "service.rollback",
    summary: "Go on with an update that swarm has paused",
    body: schemas.emptyBody,
    audit: "service.continue",
  },
  listOperations: {
    method: "GET",
    path: operation,
    permission: "service.read",
    summary: "Operations on services, newest first",
    query: schemas.operationsQuery,
  },
  getOperation: {
    method: "GET",
    path: `${operation}/{id}`,
    permission: "service.read",
    summary: "One operation: how it stands, and what every task did when",
  },
} as const satisfies Record<string, Operation>;
