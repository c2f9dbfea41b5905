import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import type { ProjectPlan, ProjectRunDetail } from "#lib/shared/projects/types.ts";
import type { StackFile } from "#lib/shared/stacks/types.ts";
import { command } from "../lab/command.ts";
import type { Lab } from "../lab/lab.ts";
import type { Shoal } from "../lab/shoal.ts";
import { waitFor } from "../lab/wait.ts";

const local = "/api/v1/clusters/local/projects";

/** What is sent to plan and deploy. */
export interface ProjectBody {
  readonly files: readonly StackFile[];
  readonly env?: string;
  readonly prune?: boolean;
  readonly recreate?: boolean;
  readonly message?: string;
  readonly plan?: string;
  readonly fromVersion?: number;
}

/** One compose file. */
export const oneFile = (text: string, name = "compose.yml"): ProjectBody => ({
  files: [{ name, text, kind: "compose" }],
});

/** A container as its engine tells. */
export interface OnEngine {
  readonly id: string;
  readonly image: string;
  readonly running: boolean;
  readonly env: readonly string[];
}

/** `dockerCli`: of composePlugin. */
export function createProjectsOnLab(lab: Lab, shoal: Shoal, dockerCli: string) {
  const call = (method: string, path: string, body?: unknown, token?: string) =>
    shoal.api(method, `${local}/${path}`, body, token === undefined ? {} : { token });
  async function begin(path: string, body: unknown = undefined): Promise<ProjectRunDetail> {
    const answer = await call("POST", path, body);
    expect(answer.status, JSON.stringify(answer.body)).toBe(202);
    return answer.body as ProjectRunDetail;
  }
  const ended = (project: string, id: number) =>
    waitFor(`the end of run ${id}`, async () => {
      const { body } = await call("GET", `${project}/runs/${id}`);
      const run = body as ProjectRunDetail;
      if (run.endedAt === null) throw new Error(`${run.state}\n${run.output}`);
      return run;
    });
  return {
    call,
    begin,
    ended,
    async plan(project: string, body: ProjectBody, token?: string): Promise<ProjectPlan> {
      const answer = await call("POST", `${project}/plan`, body, token);
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      return answer.body as ProjectPlan;
    },
    /** Deploys and waits for the end. */
    async deploy(project: string, body: ProjectBody): Promise<ProjectRunDetail> {
      return ended(project, (await begin(`${project}/deploy`, body)).id);
    },
    /** Does something and waits for its end. */
    async act(project: string, action: string, body?: unknown): Promise<ProjectRunDetail> {
      return ended(project, (await begin(`${project}/${action}`, body)).id);
    },
    /** As somebody would in a shell, without Shoal. */
    async byHand(project: string, { files }: ProjectBody): Promise<void> {
      const folder = mkdtempSync(join(tmpdir(), "shoal-by-hand-"));
      try {
        for (const { name, text } of files) writeFileSync(join(folder, name), text);
        const env = { DOCKER_HOST: lab.host("node1"), DOCKER_CONFIG: folder };
        symlinkSync(join(dirname(dockerCli), "cli-plugins"), join(folder, "cli-plugins"));
        const [file = ""] = files.map(({ name }) => join(folder, name));
        await command(dockerCli, ["compose", "--project-name", project, "--file", file, "up", "--detach"], {
          env,
        });
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
    /** Every container of a project by name, also what is kept of before. */
    async onEngine(project: string): Promise<Readonly<Record<string, OnEngine>>> {
      const filter = `label=com.docker.compose.project=${project}`;
      const ids = (await lab.docker("node1", "ps", "-aq", "--no-trunc", "--filter", filter))
        .split("\n")
        .filter(Boolean);
      if (ids.length === 0) return {};
      const found = JSON.parse(await lab.docker("node1", "inspect", ...ids)) as {
        Id: string;
        Name: string;
        Config: { Image: string; Env: string[] };
        State: { Running: boolean };
      }[];
      return Object.fromEntries(
        found.map(({ Id, Name, Config, State }) => [
          Name.slice(1),
          { id: Id, image: Config.Image, running: State.Running, env: Config.Env },
        ]),
      );
    },
  };
}
