import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { WriteAnswer } from "#lib/shared/api/types.ts";
import type { PullView } from "#lib/shared/images/types.ts";
import type { RegistryItem, RegistryTest } from "#lib/shared/registries/types.ts";
import { auditRows } from "../lab/data-dir.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { type LabRegistry, startRegistry } from "../lab/registry.ts";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { waitFor } from "../lab/wait.ts";
import { ask, list, refusal } from "./server-on-lab.ts";

/** Kept logins against a real registry that wants a name and a password. */
let lab: Lab;
let registry: LabRegistry;
let shoal: Shoal;
const [right, wrong] = ["Right-One-4711", "Wrong-One-0815"];

beforeAll(async () => {
  lab = await startLab({ name: "registries", nodes: 2, managers: 2 });
  registry = await startRegistry(lab, { auth: { username: "ann", password: right } });
  await registry.push("node1", "team/app:1", 10_000);
  shoal = await startShoal({ engines: lab.managers.map(lab.host) });
}, 120_000);
afterAll(async () => {
  await shoal?.stop();
  await registry?.stop();
  await lab?.down();
});

const call = async <T>(method: string, path: string, body?: object, token?: string) => {
  const answer = await shoal.api(
    method,
    `/api/v1/registries${path}`,
    body,
    token === undefined ? {} : { token },
  );
  return { status: answer.status, body: answer.body as T };
};
const keep = (name: string, more: object = {}) =>
  call<WriteAnswer<RegistryItem>>("POST", "", {
    name,
    kind: "generic",
    address: `http://${registry.address}/`,
    user: "ann",
    password: right,
    ...more,
  });

/** How a pull with the kept login ended on each node. */
async function pull(body: object = { login: "stored" }) {
  const image = `${registry.address}/team/app:1`;
  const started = await ask<PullView>(shoal, "POST", "/images/pulls", {
    image,
    nodes: ["node1", "node2"],
    ...body,
  }).catch(
    async () =>
      (
        await shoal.api("POST", "/api/v1/clusters/local/images/pulls", {
          image,
          nodes: ["node1", "node2"],
          ...body,
        })
      ).body as PullView,
  );
  const ended = await waitFor("the end of the pull", async () => {
    const found = (await list<PullView>(shoal, "/images/pulls")).find(({ id }) => id === started.id);
    return found?.endedAt && found;
  });
  return ended.nodes.map(({ state, error }) => error ?? state);
}

test("the right login is let in and pulls on every node; a wrong one is told why", async () => {
  expect(
    (
      await refusal(shoal, "POST", "/images/pulls", {
        image: `${registry.address}/team/app:1`,
        nodes: ["node1"],
        login: "stored",
      })
    ).code,
  ).toBe("conflict");
  const { body: made } = await keep("ours");
  expect(made.item).toMatchObject({ name: "ours", address: registry.address, user: "ann", clusters: null });
  const good = (await call<RegistryTest>("POST", "/ours/test", {})).body;
  expect(good).toEqual({
    ok: true,
    words: `${registry.address} lets ann in. Asked by the engine of node1.`,
    engineText: null,
  });
  expect(await pull()).toEqual(["done", "done"]);
  for (const node of lab.nodes) await lab.docker(node, "image", "rm", `${registry.address}/team/app:1`);
  // Without it nobody is let in.
  for (const error of await pull({})) expect(error).toMatch(/no basic auth/);

  await call("PATCH", "/ours", { password: wrong });
  const bad = (await call<RegistryTest>("POST", "/ours/test", {})).body;
  expect(bad.ok).toBe(false);
  expect(bad.words).toContain("does not accept this name and password");
  expect(bad.engineText).toMatch(/unauthorized|401/i);
  for (const error of await pull()) expect(error).toMatch(/unauthorized|denied/i);

  await call("PATCH", "/ours", { password: right, clusters: ["local"] });
  expect(await pull()).toEqual(["done", "done"]);
});

test("a login is used in its clusters only, and survives a restart", async () => {
  await call("POST", "", { name: "none", kind: "hub", address: "docker.io", user: "u", password: "p" });
  await shoal.api("POST", "/api/v1/clusters", { name: "elsewhere" });
  const clusters = (await shoal.api("GET", "/api/v1/clusters")).body as {
    items: { id: string; name: string }[];
  };
  const other = clusters.items.find(({ name }) => name === "elsewhere")?.id ?? "";
  expect((await call("PATCH", "/ours", { clusters: ["nowhere"] })).status).toBe(404);
  await call("PATCH", "/ours", { clusters: [other] });
  const shown = await list<RegistryItem>(shoal, "/registries");
  expect(shown.map(({ name }) => name)).toEqual(["none"]);
  await call("PATCH", "/ours", { clusters: [other, "local"] });
  const token = await shoal.token("operator");
  const answer = await shoal.api("GET", "/api/v1/clusters/local/registries", undefined, { token });
  expect(JSON.stringify(answer.body)).not.toContain(other);
  expect((await call("GET", "", undefined, token)).status).toBe(403);
  await shoal.restart();
  await waitFor(
    "an engine",
    async () => (await call<RegistryTest>("POST", "/ours/test", { cluster: "local" })).body.ok,
  );
});

test("another address needs the password again; one nobody is at is said to be out of reach", async () => {
  const refused = await call<{ code: string; detail: string }>("PATCH", "/ours", { address: "127.0.0.1:9" });
  expect(refused).toMatchObject({ status: 400, body: { code: "invalid_input" } });
  await keep("away", { address: "127.0.0.1:9" });
  const { body } = await call<RegistryTest>("POST", "/away/test", { cluster: "local" });
  expect(body).toMatchObject({ ok: false, words: "The engine of node1 does not reach 127.0.0.1:9." });
  for (const [more, text] of [
    [{ name: "OURS" }, "already is a registry"],
    [{ name: "x", address: "ours" }, "a dot or a port"],
    [{ name: "x", address: "a b.c" }, "a host"],
    [{ name: "x", user: "" }, "user"],
  ] as const) {
    const { status, body: problem } = await keep("x", more);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(JSON.stringify(problem)).toContain(text);
  }
  expect((await call("DELETE", "/away")).status).toBe(204);
  expect((await call("DELETE", "/away")).status).toBe(404);
});

test("no password is in a file, a log, an audit row or an answer; the key has a file of its own", async () => {
  const answers = [await call("GET", ""), await shoal.api("GET", "/api/v1/clusters/local/registries")];
  const kept = readdirSync(shoal.dataDir).map((name) => readFileSync(join(shoal.dataDir, name), "latin1"));
  const auth = Buffer.from(JSON.stringify({ username: "ann", password: right })).toString("base64");
  for (const text of [
    ...kept,
    shoal.log(),
    JSON.stringify(answers),
    JSON.stringify(auditRows(shoal.dataDir)),
  ]) {
    for (const secret of [right, wrong, auth.slice(0, 30)]) expect(text).not.toContain(secret);
  }
  expect(statSync(join(shoal.dataDir, "registries.key")).mode & 0o777).toBe(0o600);
  const rows = auditRows(shoal.dataDir).filter(({ action }) => action.startsWith("registry."));
  expect(new Set(rows.map(({ action }) => action))).toEqual(
    new Set(["registry.create", "registry.update", "registry.test", "registry.remove"]),
  );
  expect(rows.find(({ facts }) => facts?.includes('"login":"changed"'))).toBeDefined();
});
