import type { Operation } from "../operation.ts";
import * as schemas from "../schemas.ts";

/** Tasks. */
export const taskOperations = {
  listTasks: {
    method: "GET",
    path: "/clusters/{cluster}/tasks",
    permission: "task.read",
    summary:
      "Tasks of now; with history=1 also earlier ones, newest first, as far as the swarm remembers them",
    query: schemas.taskListQuery,
  },
  getTask: {
    method: "GET",
    path: "/clusters/{cluster}/tasks/{id}",
    permission: "task.read",
    summary: "One task with the earlier attempts of its slot",
  },
  killTask: {
    method: "POST",
    path: "/clusters/{cluster}/tasks/{id}/kill",
    permission: "task.kill",
    summary: "Kill the task's container on a linked node",
    body: schemas.restartBody,
    audit: "task.kill",
  },
} as const satisfies Record<string, Operation>;
