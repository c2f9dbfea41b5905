import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { StackFile, StackPlan, StackVersionDetail } from "#lib/shared/stacks/types.ts";
import type { Lab } from "../lab/lab.ts";
import type { Shoal } from "../lab/shoal.ts";
import { waitFor } from "../lab/wait.ts";

const folder = join(import.meta.dirname, "compose");
const local = "/api/v1/clusters/local/stacks";

/** What is sent to plan and deploy. */
export interface DeployBody {
  readonly files: readonly StackFile[];
  readonly env?: string;
  readonly prune?: boolean;
  readonly resolveImage?: "always" | "changed" | "never";
  readonly message?: string;
  readonly plan?: string;
  readonly confirm?: string;
}

/** A file of tests/swarm/compose. */
export function composeFile(name: string, kind: StackFile["kind"] = "compose"): StackFile {
  return { name, text: readFileSync(join(folder, name), "utf8"), kind };
}

/** A file made here. */
export const inline = (text: string, name = "stack.yml"): StackFile => ({ name, text, kind: "compose" });

export function createStacksOnLab(lab: Lab, shoal: Shoal) {
  const call = (method: string, path: string, body?: unknown, token?: string) =>
    shoal.api(method, `${local}/${path}`, body, token === undefined ? {} : { token });
  return {
    folder,
    call,
    async plan(stack: string, body: DeployBody): Promise<StackPlan> {
      const answer = await call("POST", `${stack}/plan`, body);
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      return answer.body as StackPlan;
    },
    /** Begins a deploy. */
    async begin(stack: string, body: DeployBody): Promise<StackVersionDetail> {
      const answer = await call("POST", `${stack}/deploy`, body);
      expect(answer.status, JSON.stringify(answer.body)).toBe(202);
      return answer.body as StackVersionDetail;
    },
    /** Waits until a deploy has ended, or is stuck. */
    settled(stack: string, version: number, timeoutMs = 60_000): Promise<StackVersionDetail> {
      return waitFor(
        `the end of deploy ${version}`,
        async () => {
          const { body } = await call("GET", `${stack}/versions/${version}`);
          const detail = body as StackVersionDetail;
          if (detail.state === "writing" || detail.state === "converging")
            throw new Error(`${detail.state}: ${JSON.stringify(detail.words)}\n${detail.output}`);
          return detail;
        },
        { timeoutMs },
      );
    },
    /** Removes a stack with all that is its own. */
    async remove(stack: string): Promise<void> {
      const answer = await call("POST", `${stack}/remove`, { confirm: stack });
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    },
    /** The specifications of a stack by service, with ids replaced by the names they stand for. */
    async specs(stack: string): Promise<Record<string, unknown>> {
      const ids = (await lab.docker("node1", "stack", "services", "--quiet", stack))
        .split("\n")
        .filter(Boolean);
      const services = JSON.parse(await lab.docker("node1", "service", "inspect", ...ids)) as {
        Spec: { Name: string };
      }[];
      const networks = await lab.docker(
        "node1",
        "network",
        "ls",
        "--no-trunc",
        "--format",
        "{{.ID}} {{.Name}}",
      );
      const secrets = await lab.docker("node1", "secret", "ls", "--format", "{{.ID}} {{.Name}}");
      const configs = await lab.docker("node1", "config", "ls", "--format", "{{.ID}} {{.Name}}");
      let text = JSON.stringify(Object.fromEntries(services.map(({ Spec }) => [Spec.Name, Spec])));
      for (const line of [networks, secrets, configs].join("\n").split("\n").filter(Boolean)) {
        const [id = "", name = ""] = line.split(" ");
        text = text.replaceAll(`"${id}"`, `"<${name}>"`);
      }
      return JSON.parse(text) as Record<string, unknown>;
    },
  };
}
