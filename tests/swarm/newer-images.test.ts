import { afterAll, beforeAll, expect, test } from "vitest";
import type { OperationDetail, RevisionList } from "#lib/shared/api/history.ts";
import type { NewerImages, NewerUpdate } from "#lib/shared/images/newer.ts";
import { auditRows } from "../lab/data-dir.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { type LabRegistry, startRegistry } from "../lab/registry.ts";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { waitFor } from "../lab/wait.ts";
import { ask, inspectService, refusal, untilRunning } from "./server-on-lab.ts";

/** Tags that moved in a real registry that wants a password, and services that follow. */
let lab: Lab;
let registry: LabRegistry;
let shoal: Shoal;
const password = "Right-One-4711";
let image = "";
let first = "";

beforeAll(async () => {
  lab = await startLab({ name: "newer images", nodes: 2, managers: 1 });
  registry = await startRegistry(lab, { auth: { username: "ann", password } });
  image = `${registry.address}/team/web:1`;
  first = await pushWeb("lab/web:1");
  shoal = await startShoal({ engines: [lab.host("node1")] });
}, 120_000);
afterAll(async () => {
  await shoal?.stop();
  await registry?.stop();
  await lab?.down();
});

const docker = (...args: string[]) => lab.docker("node1", ...args);

/** Gives the tag an image of the lab, and leaves neither the image nor the login on the node. Answers its digest. */
async function pushWeb(from: string): Promise<string> {
  await docker("login", "--username", "ann", "--password", password, registry.address);
  await docker("tag", from, image);
  const told = await docker("push", image);
  await docker("image", "rm", image);
  await docker("logout", registry.address);
  return /digest: (sha256:[0-9a-f]{64})/.exec(told)?.[1] ?? "";
}
const imageOf = async (name: string) => {
  const { Spec } = (await inspectService(lab, name)) as unknown as {
    Spec: { TaskTemplate: { ContainerSpec: { Image: string } } };
  };
  return Spec.TaskTemplate.ContainerSpec.Image;
};
const known = () => ask<NewerImages>(shoal, "GET", "/newer-images");
async function check(): Promise<NewerImages> {
  await waitFor(
    "to be allowed to ask again",
    async () => (await shoal.api("POST", "/api/v1/clusters/local/newer-images/check")).status === 202,
  );
  return waitFor("the answers", async () => {
    const now = await known();
    return !now.isChecking && now.checkedAt !== null && now;
  });
}

test("a tag that moved is marked, and its services follow with one call, pulled with the kept login", async () => {
  const create = (name: string, ...more: string[]) =>
    docker(
      "service",
      "create",
      "--detach",
      "--quiet",
      "--no-resolve-image",
      "--name",
      name,
      "--stop-grace-period",
      "1s",
      ...more,
    );
  for (const name of ["a", "b"]) {
    await docker("login", "--username", "ann", "--password", password, registry.address);
    await create(name, "--with-registry-auth", `${image}@${first}`);
    await docker("logout", registry.address);
    await untilRunning(shoal, name, 1);
  }
  await create("local", "lab/web:1");
  expect(await known()).toMatchObject({ checkedAt: null, items: [], compared: 2 });
  // Nobody may ask without a login.
  const closed = await check();
  expect(closed.items).toEqual([]);
  expect(closed.failed).toMatchObject([{ image, why: expect.stringMatching(/no basic auth|unauthorized/i) }]);
  expect((await refusal(shoal, "POST", "/newer-images/check")).code).toBe("slow_down");

  const login = { name: "ours", kind: "generic", address: registry.address, user: "ann", password };
  expect((await shoal.api("POST", "/api/v1/registries", login)).status).toBe(200);
  expect(await check()).toMatchObject({ items: [], failed: [] });
  const second = await pushWeb("lab/web:2");
  expect(second).not.toBe(first);
  const { items } = await check();
  expect(items).toMatchObject([
    { service: { name: "a" }, image, digest: first, newest: second },
    { service: { name: "b" }, image, digest: first, newest: second },
  ]);

  const wanted = items.map(({ service, newest }) => ({ service: service.id, digest: newest }));
  const stale = [{ service: "a", digest: first }];
  expect((await refusal(shoal, "POST", "/newer-images/update", { services: stale })).code).toBe("conflict");
  const { items: updates } = await ask<{ items: readonly NewerUpdate[] }>(
    shoal,
    "POST",
    "/newer-images/update",
    { services: wanted },
  );
  expect(updates.map(({ service, error }) => [service.name, error])).toEqual([
    ["a", null],
    ["b", null],
  ]);
  for (const { service, operation } of updates) {
    const done = await waitFor("the update to be over", async () => {
      const now = await ask<OperationDetail>(shoal, "GET", `/operations/${operation}`);
      if (now.state !== "completed") throw new Error(`${now.state} ${JSON.stringify(now.words)}`);
      return now;
    });
    expect(done.change.replacesTasks).toBe(true);
    expect(await imageOf(service.name)).toBe(`${image}@${second}`);
    const { Spec } = (await inspectService(lab, service.name)) as unknown as {
      Spec: { TaskTemplate: { Placement: { Platforms: { OS: string }[] } } };
    };
    expect(Spec.TaskTemplate.Placement.Platforms).toMatchObject([{ OS: "linux" }]);
    const { items: revisions } = await ask<RevisionList>(shoal, "GET", `/services/${service.name}/revisions`);
    expect(revisions[0]?.action).toBe("service.image");
  }
  expect((await known()).items).toEqual([]);
  expect(JSON.stringify([auditRows(shoal.dataDir), shoal.log()])).not.toContain(password);
});

test("pages that look ask no registry", async () => {
  await registry.stop();
  for (let look = 0; look < 5; look += 1) expect((await known()).failed).toEqual([]);
  expect((await check()).failed).toMatchObject([{ image, why: expect.stringMatching(/refused/) }]);
});
