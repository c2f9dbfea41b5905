import { expect } from "vitest";
import type { ListAnswer } from "#lib/shared/api/types.ts";
import type { Problem } from "#lib/shared/errors.ts";
import type { TaskView } from "#lib/shared/model/types.ts";
import type { Lab } from "../lab/lab.ts";
import type { Shoal } from "../lab/shoal.ts";
import { type WaitOptions, waitFor } from "../lab/wait.ts";

const local = "/api/v1/clusters/local";

/** Calls the API of a cluster as an admin and answers the body; any status but 200 and 204 fails. */
export async function ask<T>(shoal: Shoal, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await shoal.api(method, local + path, body);
  expect([200, 204], JSON.stringify(answer.body)).toContain(answer.status);
  return answer.body as T;
}

/** Calls the API as an admin and answers the problem; a call that works fails. */
export async function refusal(shoal: Shoal, method: string, path: string, body?: unknown): Promise<Problem> {
  const answer = await shoal.api(method, local + path, body);
  expect(answer.status, JSON.stringify(answer.body)).toBeGreaterThanOrEqual(400);
  return answer.body as Problem;
}

/** Items of a list. */
export async function list<T>(shoal: Shoal, path: string): Promise<readonly T[]> {
  return (await ask<ListAnswer<T>>(shoal, "GET", path)).items;
}

/** The tasks of a service that run and are to run. */
export async function runningTasks(shoal: Shoal, service: string): Promise<readonly TaskView[]> {
  const tasks = await list<TaskView>(shoal, `/tasks?service=${service}&state=running`);
  return tasks.filter((task) => task.desired === "running");
}

/** Waits until exactly so many tasks of a service run. */
export function untilRunning(shoal: Shoal, service: string, count: number, options?: WaitOptions) {
  return waitFor(
    `${count} running tasks of ${service}`,
    async () => {
      const tasks = await runningTasks(shoal, service);
      if (tasks.length !== count) throw new Error(`${tasks.length} tasks run`);
      return tasks;
    },
    options,
  );
}

/** Waits for a phase of the cluster and answers its info. */
export function untilPhase(shoal: Shoal, phase: string, options?: WaitOptions) {
  return waitFor(
    `the phase ${phase}`,
    async () => {
      const info = await ask<{ phase: string; message: string | null; staleSince: number | null }>(
        shoal,
        "GET",
        "",
      );
      if (info.phase !== phase) throw new Error(`phase ${info.phase}: ${info.message}`);
      return info;
    },
    options,
  );
}

/** What the engine itself says about a service. */
export async function inspectService(lab: Lab, service: string, manager = "node1") {
  return JSON.parse(await lab.docker(manager, "service", "inspect", service))[0] as {
    ID: string;
    Spec: { Mode: { Replicated: { Replicas: number } }; TaskTemplate: { ForceUpdate: number } };
  };
}

/** Makes a service; `lab/web:1` unless the options end with an image. */
export async function createService(lab: Lab, name: string, ...options: string[]): Promise<void> {
  const image = options.some((option) => option.startsWith("lab/")) ? [] : ["lab/web:1"];
  await lab.docker("node1", "service", "create", "--detach", "--quiet", "--name", name, ...options, ...image);
}
