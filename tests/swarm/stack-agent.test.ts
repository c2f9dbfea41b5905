import { afterAll, expect, test } from "vitest";
import { startAgentsOnLab } from "../lab/agents-on-lab.ts";
import { startLab } from "../lab/lab.ts";
import { startShoal } from "../lab/shoal.ts";
import { createStacksOnLab, inline } from "./stacks-on-lab.ts";

/** Deploying where the server has no socket of a manager, and where it has no docker command. */
const lab = await startLab({ name: "stack agent", nodes: 2, managers: 1 });
const here = await startAgentsOnLab(lab);
afterAll(async () => {
  await here.stop();
  await lab.down();
});

const files = [inline('version: "3.8"\nservices:\n  a: {image: lab/web:1, deploy: {replicas: 2}}\n')];

test("a stack is planned, deployed and removed through the agent of a manager", async () => {
  const on = createStacksOnLab(lab, here.shoal);
  expect((await on.plan("far", { files })).services).toMatchObject([
    { name: "far_a", action: "create", tasks: 2 },
  ]);
  const begun = await on.begin("far", { files });
  expect(await on.settled("far", begun.id)).toMatchObject({
    state: "completed",
    services: [{ written: true }],
  });
  expect((await on.plan("far", { files })).isEmpty).toBe(true);
  await on.remove("far");
  expect(await lab.docker("node1", "stack", "ls", "--format", "{{.Name}}")).toBe("");
});

test("through an agent, too, a secret is known to be the same or another one, and is replaced", async () => {
  const on = createStacksOnLab(lab, here.shoal);
  const of = (text: string) => ({
    files: [
      inline(
        'version: "3.8"\nservices:\n  a: {image: lab/web:1, secrets: [s]}\nsecrets: {s: {file: ./s.txt}}\n',
      ),
      { name: "s.txt", text, kind: "file" as const },
    ],
  });
  const first = await on.begin("kept", of("one"));
  expect((await on.settled("kept", first.id)).state).toBe("completed");
  expect((await on.plan("kept", of("one"))).isEmpty).toBe(true);
  const second = await on.begin("kept", of("two"));
  expect(await on.settled("kept", second.id)).toMatchObject({
    state: "completed",
    replaced: [{ name: "kept_s", old: [{ name: "kept_s", state: "removed" }] }],
  });
  expect((await on.plan("kept", of("two"))).isEmpty).toBe(true);
  await on.remove("kept");
});

test("without a docker command it says so, and what to do", async () => {
  const shoal = await startShoal({
    engines: [lab.host("node1")],
    env: { SHOAL_DOCKER_CLI: "/nowhere/docker" },
  });
  try {
    const answer = await createStacksOnLab(lab, shoal).call("POST", "far/plan", { files });
    expect(answer).toMatchObject({
      status: 422,
      body: {
        code: "no_docker_cli",
        detail: "SHOAL_DOCKER_CLI names /nowhere/docker, which is no program that Shoal may run.",
      },
    });
  } finally {
    await shoal.stop();
  }
});
