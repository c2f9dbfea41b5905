import { z } from "zod";
import { readSince } from "../../logs/since.ts";
import type { Operation } from "../operation.ts";

const yesNo = z.enum(["0", "1"]);

export const logQuery = z.strictObject({
  /** Lines of each task. */
  tail: z
    .string()
    .regex(/^\d{1,6}$/, "a whole number")
    .transform(Number)
    .refine((value) => value >= 1 && value <= 100_000, "from 1 to 100000")
    .optional(),
  since: z
    .string()
    .max(64)
    .refine((text) => readSince(text, 0) !== null, "15m, 2h, 3d or a time like 2026-11-24T12:00:00Z")
    .optional(),
  stdout: yesNo.optional(),
  stderr: yesNo.optional(),
  /** `text`: a line each; `json`: an object for each line. */
  format: z.enum(["text", "json"]).optional(),
  /** text: time, task and node before each line. */
  names: yesNo.optional(),
  /** Offered as a file. */
  download: yesNo.optional(),
});

const about = "merged by time. Text, or an object for each line (NDJSON) with format=json";

/** Logs. */
export const logOperations = {
  getServiceLogs: {
    method: "GET",
    path: "/clusters/{cluster}/services/{id}/logs",
    permission: "log.read",
    summary: `Log of a service's tasks, ${about}`,
    query: logQuery,
    media: ["text/plain", "application/x-ndjson"],
  },
  getTaskLogs: {
    method: "GET",
    path: "/clusters/{cluster}/tasks/{id}/logs",
    permission: "log.read",
    summary: `Log of one task, ${about}`,
    query: logQuery,
    media: ["text/plain", "application/x-ndjson"],
  },
  getContainerLogs: {
    method: "GET",
    path: "/clusters/{cluster}/containers/{id}/logs",
    permission: "log.read",
    summary: `Log of one container of any node, ${about}`,
    query: logQuery.extend({ node: z.string().min(1).max(255).optional() }),
    media: ["text/plain", "application/x-ndjson"],
  },
  getTaskLastLines: {
    method: "GET",
    path: "/clusters/{cluster}/tasks/{id}/last-lines",
    permission: "log.read",
    summary:
      "What a task wrote last before it failed, with exit code and out-of-memory flag; kept also when swarm has removed it",
  },
  getStackLogs: {
    method: "GET",
    path: "/clusters/{cluster}/stacks/{id}/logs",
    permission: "log.read",
    summary: `Logs of a stack's services, ${about}`,
    query: logQuery,
    media: ["text/plain", "application/x-ndjson"],
  },
} as const satisfies Record<string, Operation>;
