import * as edit from "../../services/edit-schemas.ts";
import { redeployBody } from "../../webhooks/schemas.ts";
import type { Operation } from "../operation.ts";
import * as schemas from "../schemas.ts";

const service = "/clusters/{cluster}/services/{id}";

/** Services. */
export const serviceOperations = {
  listServices: {
    method: "GET",
    path: "/clusters/{cluster}/services",
    permission: "service.read",
    summary: "Services with their health",
    query: schemas.listQuery,
  },
  getService: {
    method: "GET",
    path: service,
    permission: "service.read",
    summary: "One service: specification in readable form, tasks now and earlier",
  },
  getServiceEnv: {
    method: "GET",
    path: `${service}/env`,
    permission: "service.env",
    summary: "Values of the environment and of log options of a service (audited)",
    audit: "service.env",
  },
  getServiceRaw: {
    method: "GET",
    path: `${service}/raw`,
    permission: "service.raw",
    summary: "The engine's own object (audited)",
    audit: "service.raw",
  },
  createService: {
    method: "POST",
    path: "/clusters/{cluster}/services",
    permission: "service.create",
    summary: "Make a service from fields, or from another service with fields changed",
    body: edit.serviceCreateBody,
    audit: "service.create",
  },
  previewCreateService: {
    method: "POST",
    path: "/clusters/{cluster}/create-service/preview",
    permission: "service.create",
    summary: "What making a service would do: its command, what starts, what is in the way; nothing is made",
    body: edit.serviceCreateBody,
    audit: "service.preview",
  },
  exportService: {
    method: "GET",
    path: `${service}/export`,
    permission: "service.raw",
    summary:
      "The service as a docker command or as a compose file, with the values of its environment (audited)",
    query: edit.serviceExportQuery,
    media: ["text/plain", "application/yaml"],
    audit: "service.export",
  },
  getServiceForm: {
    method: "GET",
    path: `${service}/form`,
    permission: "service.edit",
    summary: "What a form of the service begins with: its fields in Docker's shapes, without secret values",
  },
  previewService: {
    method: "POST",
    path: `${service}/preview`,
    permission: "service.edit",
    summary: "What an edit would change and which tasks it replaces; nothing is changed",
    body: edit.servicePreviewBody,
    audit: "service.preview",
  },
  editService: {
    method: "PATCH",
    path: service,
    permission: "service.edit",
    summary:
      "Change fields of a service, and nothing else. A field somebody else changed is a conflict with both values",
    body: edit.serviceEditBody,
    audit: "service.edit",
  },
  scaleService: {
    method: "POST",
    path: `${service}/scale`,
    permission: "service.scale",
    summary: "Set the number of replicas",
    body: schemas.scaleBody,
    audit: "service.scale",
  },
  restartService: {
    method: "POST",
    path: `${service}/restart`,
    permission: "service.restart",
    summary: "Replace all tasks, as the service's update settings say",
    body: schemas.restartBody,
    audit: "service.restart",
  },
  redeployService: {
    method: "POST",
    path: `${service}/redeploy`,
    permission: "service.edit",
    summary: "Replace all tasks with what the image's tag, or another one, stands for now",
    body: redeployBody,
    audit: "service.redeploy",
  },
  removeService: {
    method: "DELETE",
    path: service,
    permission: "service.remove",
    summary: "Remove a service",
    query: schemas.removeQuery,
    audit: "service.remove",
  },
} as const satisfies Record<string, Operation>;
