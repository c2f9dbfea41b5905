import { execFileSync } from "node:child_process";
import { afterAll, expect, test } from "vitest";
import type { ServiceView } from "#lib/shared/model/types.ts";
import type { StackFile } from "#lib/shared/stacks/types.ts";
import { startLab } from "../lab/lab.ts";
import { startShoal } from "../lab/shoal.ts";
import { waitFor } from "../lab/wait.ts";
import { list } from "./server-on-lab.ts";
import { composeFile, createStacksOnLab, type DeployBody } from "./stacks-on-lab.ts";

/** Real-life compose files, deployed by Shoal and by the docker command by hand. */
const lab = await startLab({ name: "stack deploy", nodes: 3, managers: 1 });
const shoal = await startShoal({ engines: [lab.host("node1")] });
afterAll(async () => {
  await shoal.stop();
  await lab.down();
});
const on = createStacksOnLab(lab, shoal);
await lab.docker("node1", "network", "create", "--driver", "overlay", "already-there");

interface Case {
  readonly name: string;
  readonly files: readonly string[];
  readonly beside?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const cases: readonly Case[] = [
  {
    name: "web-db-cache",
    files: ["web-db-cache.yml"],
    beside: ["db_password.txt", "api_key.txt", "app.conf"],
  },
  { name: "traefik", files: ["traefik.yml"] },
  { name: "agents", files: ["agents.yml"] },
  { name: "jobs", files: ["jobs.yml"] },
  { name: "networks", files: ["networks.yml"] },
  { name: "anchors", files: ["anchors.yml"] },
  {
    name: "variables",
    files: ["variables.yml"],
    env: { TOKEN: "t=o'k\"en $x", GREETING: "hi there", EMPTY: "" },
  },
  { name: "env-file", files: ["env-file.yml"], beside: ["common.env", "web.env"] },
  { name: "health", files: ["health.yml"] },
  { name: "placement", files: ["placement.yml"] },
  { name: "ports", files: ["ports.yml"] },
  { name: "binds", files: ["binds.yml"] },
  { name: "override", files: ["base.yml", "override.yml"] },
];

function bodyOf({ files, beside = [], env = {} }: Case): DeployBody {
  const sent: StackFile[] = [
    ...files.map((name) => composeFile(name)),
    ...beside.map((name) => composeFile(name, "file")),
  ];
  const lines = Object.entries(env).map(([name, value]) => `${name}="${value.replace(/["\\]/g, "\\$&")}"`);
  return { files: sent, env: lines.join("\n") };
}

/** As somebody would in a shell, in the folder of the files. */
function byHand(stack: string, { files, env = {} }: Case): void {
  const args = ["stack", "deploy", ...files.flatMap((file) => ["--compose-file", file]), stack];
  execFileSync("docker", args, {
    cwd: on.folder,
    env: {
      ...env,
      PATH: process.env.PATH ?? "",
      HOME: lab.dir,
      DOCKER_HOST: lab.host("node1"),
      NODE_ENV: "test",
    },
    stdio: "pipe",
  });
}

test.each(cases)(
  "$name: the same specifications as by hand, and then nothing to do",
  { timeout: 180_000 },
  async (each) => {
    const stack = `s-${each.name}`;
    const body = bodyOf(each);
    const first = await on.plan(stack, body);
    expect(first.problems.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(new Set(first.services.map(({ action }) => action))).toEqual(new Set(["create"]));

    const begun = await on.begin(stack, { ...body, plan: first.fingerprint, message: "for the first time" });
    const done = await on.settled(stack, begun.id);
    expect([done.state, done.words, done.output]).toEqual([
      "completed",
      expect.anything(),
      expect.anything(),
    ]);
    expect(done.services.map(({ name, written }) => [name, written])).toEqual(
      first.services.map(({ name }) => [name, true]),
    );
    const ours = await on.specs(stack);
    const again = await on.plan(stack, body);
    expect(again.services.filter(({ action }) => action !== "unchanged")).toEqual([]);
    expect(again.isEmpty).toBe(true);

    await on.remove(stack);
    byHand(stack, each);
    expect(ours).toEqual(await on.specs(stack));
    expect((await on.plan(stack, body)).isEmpty).toBe(true);
    await on.remove(stack);
    await waitFor("its absence in the picture", async () => {
      const left = (await list<ServiceView>(shoal, "/services")).filter((service) => service.stack === stack);
      if (left.length > 0) throw new Error(`${left.length} services`);
      return true;
    });
  },
);
