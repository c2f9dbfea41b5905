import * as schemas from "../../projects/schemas.ts";
import type { Operation } from "../operation.ts";
import { logQuery } from "./log.ts";

const projects = "/clusters/{cluster}/projects";
const project = `${projects}/{id}` as const;
const one = { query: schemas.projectQuery } as const;
const operate = { method: "POST", permission: "stack.deploy", ...one } as const;

/**
 * Compose projects of engines, in a swarm or not. `id` is the project's name; it need not exist yet. Where several
 * engines are linked `?node=` says which one.
 */
export const projectOperations = {
  listProjects: {
    method: "GET",
    path: projects,
    permission: "stack.read",
    summary: "Compose projects of every linked engine, and whether this server has docker compose",
    ...one,
  },
  getProject: {
    method: "GET",
    path: project,
    permission: "stack.read",
    summary: "One project: how it stands, where it was made, and what is being done to it",
    ...one,
  },
  getProjectLogs: {
    method: "GET",
    path: `${project}/logs`,
    permission: "log.read",
    summary:
      "Logs of a project's containers, merged by time. Text, or an object for each line (NDJSON) with format=json",
    query: logQuery.extend(schemas.projectQuery.shape),
    media: ["text/plain", "application/x-ndjson"],
  },
  checkProject: {
    ...operate,
    path: `${project}/check`,
    summary: "What is wrong with these compose files by themselves, by line; no engine is asked",
    body: schemas.projectCheckBody,
  },
  planProject: {
    ...operate,
    path: `${project}/plan`,
    summary:
      "What docker compose up would make, replace, start, remove and pull with these files; nothing is changed",
    body: schemas.projectPlanBody,
  },
  deployProject: {
    ...operate,
    path: `${project}/deploy`,
    summary:
      "Run docker compose up with these files; answers 202 with the run that follows it. When it fails, what ran before runs again",
    body: schemas.projectDeployBody,
    audit: "project.deploy",
  },
  pullProject: {
    ...operate,
    path: `${project}/pull`,
    summary: "Pull the images of the newest version's files; no container is touched",
    audit: "project.pull",
  },
  stopProject: {
    ...operate,
    path: `${project}/stop`,
    summary: "Stop the containers of a project",
    audit: "project.stop",
  },
  startProject: {
    ...operate,
    path: `${project}/start`,
    summary: "Start the stopped containers of a project",
    audit: "project.start",
  },
  restartProject: {
    ...operate,
    path: `${project}/restart`,
    summary: "Restart the containers of a project",
    audit: "project.restart",
  },
  removeProject: {
    method: "POST",
    path: `${project}/remove`,
    permission: "stack.remove",
    summary:
      "Take a project down: without its name as `confirm`, only says what would go. Volumes stay unless chosen",
    ...one,
    body: schemas.projectRemoveBody,
    audit: "project.remove",
  },
  getProjectRun: {
    method: "GET",
    path: `${project}/runs/{run}`,
    permission: "stack.deploy",
    summary: "One thing that was done to a project, with what compose said",
    ...one,
  },
  listProjectVersions: {
    method: "GET",
    path: `${project}/versions`,
    permission: "stack.read",
    summary: "Deploys of a project, newest first: who, when, why, and how each ended",
    query: schemas.projectVersionsQuery,
  },
  getProjectVersionFiles: {
    method: "GET",
    path: `${project}/versions/{version}/files`,
    permission: "stack.deploy",
    summary: "The files and variables of a version (audited); `latest` is the newest that stayed",
    ...one,
    audit: "project.files",
  },
} as const satisfies Record<string, Operation>;
