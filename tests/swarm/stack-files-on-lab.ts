import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import type { StackVersionDetail } from "#lib/shared/stacks/types.ts";
import type { Lab } from "../lab/lab.ts";
import { waitFor } from "../lab/wait.ts";
import { type createStacksOnLab, type DeployBody, inline } from "./stacks-on-lab.ts";

/** Two ways to name a file, two services with it, and one without. `web` and `more`: lines of the service web, and of the end. */
const compose = (web = "", more = "") => `version: "3.8"
services:
  web:
    image: lab/web:1
    configs:
      - short
      - {source: conf, target: /etc/app.conf, mode: 0440}
    secrets:
      - pass
      - {source: pass, target: other, uid: "7"}
    deploy:
      replicas: 2
      update_config: {order: start-first}
${web}
  user:
    image: lab/web:1
    secrets: [pass]
  none:
    image: lab/web:1
configs:
  short: {file: ./short.txt}
  conf: {file: ./app.conf}
secrets:
  pass: {file: ./pass.txt}
${more}`;

interface Contents {
  readonly conf?: string;
  readonly pass?: string;
  readonly web?: string;
  readonly more?: string;
}

/** Its files with these contents. */
export const body = ({
  conf = "level=1\nname=a\n",
  pass = "secret-value-number-one",
  web,
  more,
}: Contents = {}) => ({
  files: [
    inline(compose(web, more)),
    { name: "short.txt", text: "never changes", kind: "file" as const },
    { name: "app.conf", text: conf, kind: "file" as const },
    { name: "pass.txt", text: pass, kind: "file" as const },
  ],
});

/** Deploys stacks with secrets and configs, and looks at what became of them, on a lab of one node. */
export function createFilesOnLab(lab: Lab, on: ReturnType<typeof createStacksOnLab>) {
  const docker = (...args: readonly string[]) => lab.docker("node1", ...args);

  /** As somebody would in a shell. */
  function byHand(stack: string, { files }: DeployBody): void {
    const folder = mkdtempSync(join(tmpdir(), "shoal-by-hand-"));
    for (const { name, text } of files) writeFileSync(join(folder, name), text);
    execFileSync("docker", ["stack", "deploy", "--compose-file", "stack.yml", stack], {
      cwd: folder,
      env: { PATH: process.env.PATH ?? "", HOME: lab.dir, DOCKER_HOST: lab.host("node1"), NODE_ENV: "test" },
      stdio: "pipe",
    });
    rmSync(folder, { recursive: true });
  }

  /** Deploys, and waits for this end. */
  async function deploy(stack: string, files: DeployBody, state = "completed"): Promise<StackVersionDetail> {
    const begun = await on.begin(stack, files);
    const done = await on.settled(stack, begun.id, 90_000);
    expect([done.state, done.words, done.output]).toEqual([state, expect.anything(), expect.anything()]);
    return done;
  }

  /** Names of the secrets and configs of a stack. */
  async function names(stack: string): Promise<readonly string[]> {
    const filter = ["--filter", `label=com.docker.stack.namespace=${stack}`, "--format", "{{.Name}}"];
    const all = await Promise.all(["secret", "config"].map((kind) => docker(kind, "ls", ...filter)));
    return all.join("\n").split("\n").filter(Boolean).sort();
  }

  /** What the newest container of a service reads. */
  async function reads(service: string, path: string): Promise<string> {
    return waitFor(`${path} of ${service}`, async () => {
      const label = `label=com.docker.swarm.service.name=${service}`;
      const ids = await docker("ps", "--quiet", "--filter", label, "--filter", "status=running");
      const [id = ""] = ids.split("\n");
      return docker("exec", id, "cat", path);
    });
  }

  /** Ids of all tasks of a service that swarm remembers. */
  async function tasksOf(service: string): Promise<readonly string[]> {
    return (await docker("service", "ps", "--quiet", "--no-trunc", service))
      .split("\n")
      .filter(Boolean)
      .sort();
  }

  return { byHand, deploy, names, reads, tasksOf };
}
