import { afterAll, beforeAll, expect, test } from "vitest";
import type { ServiceView } from "#lib/shared/model/types.ts";
import { type NewWebhook, type WebhookItem, webhookPath } from "#lib/shared/webhooks/types.ts";
import { auditRows, serviceRevisions } from "../lab/data-dir.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { startRegistry } from "../lab/registry.ts";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { waitFor } from "../lab/wait.ts";
import { ask, createService, list, refusal, runningTasks, untilRunning } from "./server-on-lab.ts";
import { createStacksOnLab, inline } from "./stacks-on-lab.ts";

/** Inbound webhooks on a real swarm: called as other programs call them, without a session. */
let lab: Lab;
let shoal: Shoal;

beforeAll(async () => {
  lab = await startLab({ name: "webhooks", nodes: 1, managers: 1 });
  shoal = await startShoal({ engines: [lab.host("node1")] });
  await createService(lab, "web", "--update-delay", "0s");
  await untilRunning(shoal, "web", 1);
});
afterAll(async () => {
  await shoal?.stop();
  await lab?.down();
});

const make = (object: string) =>
  ask<NewWebhook>(shoal, "POST", "/webhooks", { kind: "service", object, name: "CI of the shop" });
const imageOf = (name: string) =>
  lab.docker("node1", "service", "inspect", "--format", "{{.Spec.TaskTemplate.ContainerSpec.Image}}", name);

/** As a program elsewhere calls it: no cookie, and a page's origin if it is one. */
async function call(address: string, headers: Record<string, string> = {}) {
  const answer = await fetch(new URL(webhookPath + address, shoal.url), { method: "POST", headers });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

test("replaces the tasks, by address or by header, with another tag where one is said", async () => {
  const [before] = await runningTasks(shoal, "web");
  const { item, token } = await make("web");
  const first = await call(`/${token}`, { origin: "https://ci.example", "sec-fetch-site": "cross-site" });
  expect(first).toMatchObject({
    status: 202,
    body: { name: "web", operation: expect.anything(), version: null },
  });
  await waitFor("another task", async () => {
    const [now, ...more] = await runningTasks(shoal, "web");
    return now !== undefined && more.length === 0 && now.id !== before?.id;
  });
  const second = await call("?tag=2", { authorization: `Bearer ${token}` });
  // No registry is reachable: the tag is deployed, and that is said.
  expect(second).toMatchObject({ status: 202, body: { warnings: [expect.stringContaining("lab/web:2")] } });
  expect((await imageOf("web")).trim()).toBe("lab/web:2");
  const { id } = (await list<ServiceView>(shoal, "/services")).find(({ name }) => name === "web") ?? {
    id: "",
  };
  expect(
    serviceRevisions(shoal.dataDir, id).map(({ userName, via, action }) => [userName, via, action]),
  ).toEqual([
    ["webhook CI of the shop", "webhook", "service.redeploy"],
    ["webhook CI of the shop", "webhook", "service.redeploy"],
  ]);
  const rows = auditRows(shoal.dataDir).filter(({ action }) => action === "webhook.call");
  expect(
    rows.map(({ userName, object, cluster, result, facts }) => ({
      userName,
      object,
      cluster,
      result,
      facts,
    })),
  ).toMatchObject([
    { userName: "webhook CI of the shop", object: "service web", cluster: "local", result: "ok" },
    { userName: "webhook CI of the shop", object: "service web", cluster: "local", result: "ok" },
  ]);
  expect(JSON.stringify(rows)).toContain("tag");
  const secret = token.slice(-32);
  expect(JSON.stringify(auditRows(shoal.dataDir))).not.toContain(secret);
  expect(shoal.log()).not.toContain(secret);
  expect((await list<WebhookItem>(shoal, "/webhooks")).map(({ id: each }) => each)).toEqual([item.id]);
});

test("a tag that moved in its registry is deployed by its new digest", async () => {
  const registry = await startRegistry(lab);
  const image = `${registry.address}/team/app`;
  const old = await registry.push("node1", "team/app:1", 1_000);
  await createService(lab, "app", "--replicas", "0", `${image}:1@${old}`);
  await waitFor("the service in the picture", async () =>
    (await list<ServiceView>(shoal, "/services")).some(({ name }) => name === "app"),
  );
  const moved = await registry.push("node1", "team/app:1", 1_000);
  expect(moved).not.toBe(old);
  const { token } = await make("app");
  expect((await call(`/${token}`)).body).toMatchObject({ warnings: [] });
  expect((await imageOf("app")).trim()).toBe(`${image}:1@${moved}`);
  await registry.stop();
});

const stackText = `version: "3.8"
services:
  web:
    image: lab/web:\${TAG:-1}
    deploy: { replicas: 0 }
`;

test("a stack is deployed once more from its newest files, with another tag as a variable", async () => {
  const on = createStacksOnLab(lab, shoal);
  expect((await refusal(shoal, "POST", "/webhooks", { kind: "stack", object: "blog", name: "x" })).code).toBe(
    "not_found",
  );
  const first = await on.begin("blog", { files: [inline(stackText)], env: "OTHER=1", resolveImage: "never" });
  await on.settled("blog", first.id);
  const { token } = await ask<NewWebhook>(shoal, "POST", "/webhooks", {
    kind: "stack",
    object: "blog",
    name: "CI of the blog",
  });
  const answer = await call(`/${token}?tag=2`);
  expect(answer).toMatchObject({ status: 202, body: { name: "blog", operation: null } });
  const detail = await on.settled("blog", Number(answer.body.version));
  expect(detail).toMatchObject({ state: "completed", userName: "webhook CI of the blog" });
  expect((await imageOf("blog_web")).trim()).toBe("lab/web:2");
});

test("what is refused: guesses, tags that are none, revoked ones, and a session's cookie", async () => {
  const { item, token } = await make("web");
  const problems = [
    await call("/shoalhook_000000000000_00000000000000000000000000000000"),
    await call(""),
    await call(`/${token}?tag=a/b`),
    await call(`/${token}?x=1`),
  ];
  expect(problems.map(({ status, body }) => [status, body.code])).toEqual([
    [401, "unauthenticated"],
    [401, "unauthenticated"],
    [400, "invalid_input"],
    [400, "invalid_input"],
  ]);
  await ask(shoal, "DELETE", `/webhooks/${item.id}`);
  expect((await call(`/${token}`)).status).toBe(401);
  expect((await refusal(shoal, "DELETE", `/webhooks/${item.id}`)).code).toBe("not_found");
  expect((await refusal(shoal, "POST", "/webhooks", { kind: "service", object: "no", name: "x" })).code).toBe(
    "not_found",
  );
});

test("a service that is gone: the call fails, and the list says why", async () => {
  await createService(lab, "short", "--replicas", "0");
  await waitFor("the service in the picture", async () =>
    (await list<ServiceView>(shoal, "/services")).some(({ name }) => name === "short"),
  );
  const { item, token } = await make("short");
  await lab.docker("node1", "service", "rm", "short");
  await waitFor("the service to be gone", async () =>
    (await list<ServiceView>(shoal, "/services")).every(({ name }) => name !== "short"),
  );
  expect((await call(`/${token}`)).body.code).toBe("not_found");
  const found = (await list<WebhookItem>(shoal, "/webhooks")).find(({ id }) => id === item.id);
  expect(found?.lastError).toContain("no service");
});
