import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OperationDetail, RevisionList } from "#lib/shared/api/history.ts";
import type { ConfigData } from "#lib/shared/api/resource-types.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { FileKind } from "#lib/shared/swarm-files/limits.ts";
import type { FileDetail, RotationPlan, RotationView } from "#lib/shared/swarm-files/types.ts";
import { auditRows, serviceRevisions } from "../lab/data-dir.ts";
import { followHealthyTasks } from "../lab/healthy-tasks.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { waitFor } from "../lab/wait.ts";
import { ask, createService, inspectService, list, refusal, untilRunning } from "./server-on-lab.ts";

/** Secrets and configs get new values in one rolling update of each service, on a real swarm of three nodes. */
let lab: Lab;
let shoal: Shoal;
beforeAll(async () => {
  lab = await startLab({ name: "rotate", nodes: 3, managers: 1 });
  shoal = await startShoal({ engines: [lab.host("node1")] });
}, 120_000);
afterAll(async () => {
  await shoal?.stop();
  await lab?.down();
});

const docker = (...args: string[]) => lab.docker("node1", ...args);
const base64 = (text: string) => Buffer.from(text).toString("base64");
const make = (kind: FileKind, name: string, text: string, labels = {}) =>
  ask(shoal, "POST", `/${kind}s`, { name, data: base64(text), labels });
const rotation = (id: string) => ask<RotationView>(shoal, "GET", `/rotations/${id}`);
const words = (view: RotationView) => say(t, view.words);

async function rotate(kind: FileKind, name: string, text: string, more = {}): Promise<RotationView> {
  const body = { data: base64(text), ...more };
  const answer = await shoal.api("POST", `/api/v1/clusters/local/${kind}s/${name}/rotate`, body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(202);
  return answer.body as RotationView;
}
const until = (id: string, state: RotationView["state"]) =>
  waitFor(
    `the rotation ${state}`,
    async () => {
      const view = await rotation(id);
      if (view.state !== state) throw new Error(`${view.state}: ${words(view)}`);
      return view;
    },
    { timeoutMs: 90_000, intervalMs: 250 },
  );
const has = (view: RotationView) => view.services.map((each) => `${each.name} ${each.has} ${each.state}`);

/** Running containers of a service, with their nodes. */
async function containersOf(service: string): Promise<readonly { id: string; node: string }[]> {
  const found = await Promise.all(
    lab.nodes.map(async (node) => {
      const filter = `label=com.docker.swarm.service.name=${service}`;
      const told = await lab.docker(node, "ps", "--no-trunc", "--quiet", "--filter", filter);
      return told.split("\n").flatMap((line) => (line.trim() === "" ? [] : { id: line.trim(), node }));
    }),
  );
  return found.flat();
}
const contents = async (service: string, path: string) =>
  Promise.all(
    (await containersOf(service)).map(({ id, node }) =>
      lab.docker(node, "exec", id, "sh", "-c", `cat ${path}; stat -c ' %a %u:%g' ${path}`),
    ),
  );
const healthyOnes = (service: string, count: number) =>
  waitFor(`${count} healthy containers of ${service}`, async () => {
    const found = await containersOf(service);
    const told = await Promise.all(
      found.map(({ id, node }) => lab.docker(node, "inspect", "--format", "{{.State.Health.Status}}", id)),
    );
    return (
      told.length === count && told.every((text) => text.trim() === "healthy") && found.map(({ id }) => id)
    );
  });

/** Resolves the name for each request, as a good client does, and tries once more. The image's own wget crashes. */
const client = String.raw`
  ask() {
    ip=$(nslookup -type=a tasks.web 127.0.0.11 | sed -n 's/^Address: *\([0-9.]*\)$/\1/p' | head -n 1)
    printf 'GET /healthz HTTP/1.0\r\n\r\n' | nc -w 2 "$ip" 8080 | grep -q '200 OK'
  }
  n=0
  while :; do ask || ask || echo LOST; n=$((n + 1)); echo asked $n; sleep 0.1; done`;

const quick = ["--update-monitor", "2s", "--restart-delay", "1s", "--stop-grace-period", "2s"];

test("three tasks are healthy at every moment, by the engines' own events, and a client loses no request", async () => {
  await make("secret", "db-password", "first", { team: "blue" });
  await docker("network", "create", "--driver", "overlay", "--attachable", "front");
  await createService(
    lab, "web", "--replicas", "3", "--network", "front", "--update-order", "start-first", "--update-parallelism", "1",
    "--secret", "source=db-password,target=/etc/app/password,uid=7,gid=8,mode=0440", ...quick,
  ); // biome-ignore format: pairs
  const before = await healthyOnes("web", 3);
  const plan = await ask<RotationPlan>(shoal, "GET", "/secrets/db-password/rotation");
  expect(plan).toMatchObject({ name: "db-password_2", refusal: null, warnings: [] });
  expect(plan.uses).toMatchObject([{ service: { name: "web" }, target: "/etc/app/password" }]);
  await docker(
    "run", "--detach", "--name", "client", "--network", "front", "--no-healthcheck", "lab/web:1", "sh", "-c", client,
  ); // biome-ignore format: pairs
  await waitFor("the client's first answers", async () => {
    const log = await docker("logs", "client");
    if (log.includes("LOST")) throw new Error(log.slice(-500));
    return log.includes("asked 5\n");
  });

  const watch = await followHealthyTasks(lab, "web", before);
  const begun = await rotate("secret", "db-password", "second");
  expect(begun).toMatchObject({ state: "running", to: { name: "db-password_2" }, removeOld: true });
  expect((await refusal(shoal, "POST", "/secrets/db-password/rotate", { data: base64("x") })).code).toBe(
    "conflict",
  );
  const done = await until(begun.id, "done");
  expect(words(done)).toBe("The service runs with db-password_2, and db-password is removed.");
  expect(has(done)).toEqual(["web new completed"]);
  await healthyOnes("web", 3);
  const counts = watch.counts();
  watch.close();
  // Three came and three went: a start-first update has four for a moment each time.
  expect(counts.length).toBeGreaterThan(6);
  expect(Math.min(...counts), counts.join(" ")).toBeGreaterThanOrEqual(3);

  const log = await docker("logs", "client");
  await docker("rm", "--force", "client");
  expect(log.match(/asked/g)?.length).toBeGreaterThan(30);
  expect(log).not.toContain("LOST");

  // The path, the owner and the mode in the container stay.
  expect(await contents("web", "/etc/app/password")).toEqual(Array(3).fill("second 440 7:8"));
  const names = (await docker("secret", "ls", "--format", "{{.Name}}")).trim();
  expect(names).toBe("db-password_2");
  const next = await ask<FileDetail>(shoal, "GET", "/secrets/db-password_2");
  expect(next.item.labels).toEqual({ team: "blue" });
  expect(next.rotations[0]?.id).toBe(begun.id);

  // One operation and one revision, which a person made.
  const operation = await ask<OperationDetail>(shoal, "GET", `/operations/${done.services[0]?.operation}`);
  expect(operation).toMatchObject({
    kind: "update",
    state: "completed",
    userName: "token test",
    change: { replacesTasks: true },
  });
  const { items } = await ask<RevisionList>(shoal, "GET", "/services/web/revisions");
  expect(items.map(({ action }) => action)).toEqual(["secret.rotate", "first"]);
  const id = (await inspectService(lab, "web")).ID;
  const kept = JSON.stringify([serviceRevisions(shoal.dataDir, id), auditRows(shoal.dataDir), shoal.log()]);
  for (const value of ["first", "second"]) expect(kept).not.toContain(base64(value));
  const row = auditRows(shoal.dataDir).find(
    ({ action, result }) => action === "secret.rotate" && result === "ok",
  );
  expect(row?.object).toBe("secret db-password");
  expect(JSON.parse(row?.facts ?? "{}")).toMatchObject({
    to: "db-password_2",
    services: "web",
    removeOld: true,
  });
});

test("a config of two services follows in each, the old one is kept when asked to, and names count on", async () => {
  await make("config", "conf_v7", "a = 1\n");
  for (const name of ["one", "two"]) {
    await createService(lab, name, "--config", "source=conf_v7,target=/etc/conf", ...quick);
  }
  await untilRunning(shoal, "one", 1);
  await untilRunning(shoal, "two", 1);
  const { id } = await rotate("config", "conf_v7", "a = 2\n", { removeOld: false });
  const done = await until(id, "done");
  expect(words(done)).toBe("All 2 services run with conf_v8. conf_v7 is kept.");
  for (const name of ["one", "two"]) {
    expect((await contents(name, "/etc/conf"))[0]).toContain("a = 2");
  }
  expect(await ask<ConfigData>(shoal, "GET", "/configs/conf_v7/data")).toMatchObject({ text: "a = 1\n" });
  // Nobody uses it: nothing is updated, and it goes.
  const alone = await until((await rotate("config", "conf_v7", "a = 3\n", { name: "conf_last" })).id, "done");
  expect(alone.services).toEqual([]);
  expect(words(alone)).toBe("No service used conf_v7. It is removed, and conf_last takes its place.");
  expect((await list<{ name: string }>(shoal, "/configs")).map(({ name }) => name)).toEqual([
    "conf_last",
    "conf_v8",
  ]);
});

describe("a rotation that does not go well", () => {
  const picky = (service: string, action: string, ...more: string[]) =>
    createService(
      lab, service, "--secret", "token", "--update-failure-action", action, ...more, ...quick,
      "--entrypoint", `sh -c 'grep -q good /run/secrets/token && exec /bin/app'`,
    ); // biome-ignore format: pairs

  test("stops at the service that fails, leaves the old one, and says who has which; it can go on", async () => {
    await make("secret", "token", "good one");
    await createService(lab, "a-easy", "--secret", "token", ...quick);
    await picky("b-picky", "rollback", "--rollback-monitor", "1s");
    await createService(lab, "c-later", "--secret", "token", ...quick);
    for (const name of ["a-easy", "b-picky", "c-later"]) await untilRunning(shoal, name, 1);
    const { id } = await rotate("secret", "token", "bad one");
    const failed = await until(id, "failed");
    expect(has(failed)).toEqual(["a-easy new completed", "b-picky old rolled_back", "c-later old waiting"]);
    expect(words(failed)).toMatch(/^b-picky does not run with token_2: A new task failed: .* token stays\./);
    expect(words(failed)).toContain("With token_2: a-easy. With token: b-picky, c-later.");
    expect((await docker("secret", "ls", "--format", "{{.Name}}")).split("\n")).toContain("token");
    await untilRunning(shoal, "b-picky", 1);
    // Both are in use: neither can be removed.
    for (const name of ["token", "token_2"]) {
      expect((await refusal(shoal, "DELETE", `/secrets/${name}`)).code).toBe("conflict");
    }
    // Somebody makes the service take any value; the same rotation goes on where it was.
    await docker("service", "update", "--detach", "--quiet", "--entrypoint", "/bin/app", "b-picky");
    await waitFor("the change to be over", async () => {
      const [newest] = await list<OperationDetail>(shoal, "/operations?service=b-picky&limit=1");
      return newest?.kind === "update" && newest.state === "completed" && newest.via === "outside";
    });
    expect((await shoal.api("POST", `/api/v1/clusters/local/rotations/${id}/continue`, {})).status).toBe(202);
    const done = await until(id, "done");
    expect(words(done)).toBe("All 3 services run with token_2, and token is removed.");
    expect((await refusal(shoal, "POST", `/rotations/${id}/continue`)).code).toBe("conflict");
  });

  test("a server that is killed in the middle of it says so afterwards, and goes on", async () => {
    await make("secret", "half", "one");
    for (const name of ["h1", "h2"]) {
      await createService(lab, name, "--replicas", "2", "--secret", "half", "--update-delay", "2s", ...quick);
      await untilRunning(shoal, name, 2);
    }
    const { id } = await rotate("secret", "half", "two");
    await waitFor(
      "the first service to be at it",
      async () => (await rotation(id)).services[0]?.has === "new",
    );
    await shoal.kill9();
    await shoal.restart();
    const found = await until(id, "interrupted");
    expect(has(found)).toEqual(["h1 new running", "h2 old waiting"]);
    await waitFor(
      "an engine",
      async () => (await shoal.api("GET", "/api/v1/clusters/local/secrets")).status === 200,
    );
    expect((await shoal.api("POST", `/api/v1/clusters/local/rotations/${id}/continue`, {})).status).toBe(202);
    const done = await until(id, "done");
    expect(has(done)).toEqual(["h1 new completed", "h2 new completed"]);
    expect(await contents("h1", "/run/secrets/half")).toEqual(Array(2).fill(expect.stringContaining("two")));
  });
});
