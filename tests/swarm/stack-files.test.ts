import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { StackDrift, StackFiles, StackPlan, StackVersion } from "#lib/shared/stacks/types.ts";
import { auditRows } from "../lab/data-dir.ts";
import { startLab } from "../lab/lab.ts";
import { startShoal } from "../lab/shoal.ts";
import { waitFor } from "../lab/wait.ts";
import { list } from "./server-on-lab.ts";
import { body, createFilesOnLab } from "./stack-files-on-lab.ts";
import { createStacksOnLab, type DeployBody, inline } from "./stacks-on-lab.ts";

/** Another content of a secret or config in a stack: a new one under a name made from it, in the deploy's own rolling update. */
const lab = await startLab({ name: "stack files", nodes: 1, managers: 1 });
const shoal = await startShoal({ engines: [lab.host("node1")] });
afterAll(async () => {
  await shoal.stop();
  await lab.down();
});
const on = createStacksOnLab(lab, shoal);
const docker = (...args: readonly string[]) => lab.docker("node1", ...args);
const { byHand, deploy, names, reads, tasksOf } = createFilesOnLab(lab, on);

const hashed = (name: string) => new RegExp(`^${name}_[0-9a-f]{12}$`);
const replacements = ({ parts }: StackPlan) => parts.filter(({ action }) => action === "replace");
const drops = ({ parts }: StackPlan) => parts.filter(({ action }) => action === "drop");

test("what the command has deployed by hand is known to be the same, secrets included", async () => {
  byHand("shop", body());
  await waitFor("it in the picture", async () => (await list(shoal, "/services")).length === 3 || null);
  const { isEmpty, parts, problems } = await on.plan("shop", body());
  expect(problems).toEqual([]);
  expect(parts.map(({ name, action }) => [name, action])).toContainEqual(["shop_pass", "unchanged"]);
  expect(isEmpty).toBe(true);
  const versions = await docker("secret", "inspect", "--format", "{{.Version.Index}}", "shop_pass");
  await on.plan("shop", body({ pass: "a guess" }));
  // Asking does not change it.
  expect(await docker("secret", "inspect", "--format", "{{.Version.Index}}", "shop_pass")).toBe(versions);
});

test("a config that no deploy here has brought is shown to those who may read configs, and that is audited", async () => {
  const operator = await shoal.token("operator");
  const changed = body({ conf: "level=2\nname=a\n" });
  const asked = await on.call("POST", "shop/plan", changed, operator);
  expect(replacements(asked.body as StackPlan)).toMatchObject([{ replacement: { texts: null } }]);
  const before = auditRows(shoal.dataDir).filter(({ action }) => action === "config.reveal").length;
  expect(replacements(await on.plan("shop", changed))).toMatchObject([
    { replacement: { texts: { before: "level=1\nname=a\n", after: "level=2\nname=a\n" } } },
  ]);
  const rows = auditRows(shoal.dataDir).filter(({ action }) => action === "config.reveal");
  expect(rows.length).toBe(before + 1);
  expect(rows[0]).toMatchObject({ object: "config shop_conf", result: "ok" });
});

const second = body({ conf: "level=2\nname=a\n", pass: "secret-value-number-two" });

test("another content is planned in words, reaches the containers in one rolling update, and the old one goes", async () => {
  await deploy("shop", body());
  const before = await on.specs("shop");
  const tasks = await Promise.all(["shop_web", "shop_user", "shop_none"].map(tasksOf));
  const plan = await on.plan("shop", second);
  expect(plan.problems).toEqual([]);
  const [secret, config] = replacements(plan);
  expect(secret).toMatchObject({
    kind: "secret",
    name: "shop_pass",
    replacement: { becomes: expect.stringMatching(hashed("shop_pass")), isKnown: true, texts: null },
  });
  expect(config).toMatchObject({
    kind: "config",
    name: "shop_conf",
    replacement: {
      becomes: expect.stringMatching(hashed("shop_conf")),
      old: [{ name: "shop_conf", usedBy: [] }],
      texts: { before: "level=1\nname=a\n", after: "level=2\nname=a\n" },
    },
  });
  expect(plan.services.map(({ name, action, tasks: n, because }) => [name, action, n, because])).toEqual([
    ["shop_none", "unchanged", 0, []],
    ["shop_user", "change", 1, ["Secrets"]],
    ["shop_web", "change", 2, ["Secrets", "Configs"]],
  ]);
  const done = await deploy("shop", { ...second, plan: plan.fingerprint });
  expect(done.replaced).toEqual([
    {
      kind: "secret",
      name: "shop_pass",
      now: secret?.replacement?.becomes,
      old: [{ name: "shop_pass", state: "removed", why: null }],
    },
    {
      kind: "config",
      name: "shop_conf",
      now: config?.replacement?.becomes,
      old: [{ name: "shop_conf", state: "removed", why: null }],
    },
  ]);
  expect(await names("shop")).toEqual(
    [secret?.replacement?.becomes, config?.replacement?.becomes, "shop_short"].sort(),
  );
  expect(await reads("shop_web", "/etc/app.conf")).toBe("level=2\nname=a");
  expect(await reads("shop_web", "/short")).toBe("never changes");
  for (const path of ["/run/secrets/pass", "/run/secrets/other"])
    expect(await reads("shop_web", path)).toBe("secret-value-number-two");
  expect(await reads("shop_user", "/run/secrets/pass")).toBe("secret-value-number-two");

  // Each task was replaced once, and nothing else of a service is different.
  const after = await Promise.all(["shop_web", "shop_user", "shop_none"].map(tasksOf));
  expect(after.map((ids, i) => ids.length - (tasks[i]?.length ?? 0))).toEqual([2, 1, 0]);
  const text = JSON.stringify(await on.specs("shop")).replaceAll(/(shop_(?:pass|conf))_[0-9a-f]{12}/g, "$1");
  expect(JSON.parse(text)).toEqual(before);
});

test("the same again is nothing: the new name is known again, and is no drift", async () => {
  const plan = await on.plan("shop", second);
  expect(plan.parts.map(({ action }) => action)).toEqual([
    "unchanged",
    "unchanged",
    "unchanged",
    "unchanged",
  ]);
  // The command gives references to one secret at two paths another order each time.
  for (let i = 0; i < 5; i += 1) expect((await on.plan("shop", second)).isEmpty).toBe(true);
  expect(((await on.call("GET", "shop/drift")).body as StackDrift).services).toEqual([]);
  const tasks = await tasksOf("shop_web");
  await deploy("shop", second);
  expect(await tasksOf("shop_web")).toEqual(tasks);
  // Rebuilt from what runs, it names them as external ones.
  const rebuilt = await shoal.api("GET", "/api/v1/clusters/local/stacks/shop/compose");
  const adopted = inline((rebuilt.body as { text: string }).text);
  expect(
    (await on.plan("shop", { files: [adopted] })).services.every(({ action }) => action === "unchanged"),
  ).toBe(true);
});

test("an earlier version makes the earlier contents current again", async () => {
  const { items } = (await on.call("GET", "shop/versions")).body as { items: readonly StackVersion[] };
  const first = items.at(-1)?.id;
  const { files, env } = (await on.call("GET", `shop/versions/${first}/files`)).body as StackFiles;
  const plan = await on.plan("shop", { files, env });
  expect(replacements(plan).map(({ name }) => name)).toEqual(["shop_pass", "shop_conf"]);
  const old = await names("shop");
  const done = await deploy("shop", { files, env });
  expect(done.replaced.flatMap(({ old: gone }) => gone.map(({ state }) => state))).toEqual([
    "removed",
    "removed",
  ]);
  expect(await reads("shop_web", "/etc/app.conf")).toBe("level=1\nname=a");
  expect(await reads("shop_user", "/run/secrets/pass")).toBe("secret-value-number-one");
  const now = await names("shop");
  expect(now).toHaveLength(3);
  expect(now.filter((name) => old.includes(name))).toEqual(["shop_short"]);
  expect((await on.plan("shop", { files, env })).isEmpty).toBe(true);
});

test("a deploy that fails leaves the old ones, says so, and the next that succeeds clears up", async () => {
  const before = await names("shop");
  const bad = body({
    conf: "level=3\n",
    web: "    environment: {CRASH_AFTER: '1'}\n",
  });
  const files = bad.files.map((file) =>
    file.name === "stack.yml"
      ? {
          ...file,
          text: file.text.replace("start-first}", "start-first, failure_action: rollback, monitor: 5s}"),
        }
      : file,
  );
  const failed = await deploy("shop", { files }, "failed");
  const [replaced] = failed.replaced;
  expect(failed.replaced).toMatchObject([
    { name: "shop_conf", old: [{ state: "stays", why: { key: "deploy.old.failed" } }] },
  ]);
  const left = await names("shop");
  expect(left).toEqual([...before, replaced?.now].sort());
  // The engine went back by itself: what is left is named, and goes with a deploy that succeeds.
  const plan = await on.plan("shop", body());
  expect(drops(plan)).toEqual([{ kind: "config", name: replaced?.now, action: "drop", usedBy: [] }]);
  expect(plan.isEmpty).toBe(false);
  const done = await deploy("shop", body());
  expect(done.replaced).toMatchObject([
    { name: "shop_conf", old: [{ name: replaced?.now, state: "removed" }] },
  ]);
  expect(await names("shop")).toEqual(before);
  expect((await on.plan("shop", body())).isEmpty).toBe(true);
});

test("what somebody else uses stays, and the plan and the version say who", async () => {
  const current = (await names("shop")).find((name) => name.startsWith("shop_pass")) ?? "";
  await docker(
    "service",
    "create",
    "--detach",
    "--quiet",
    "--name",
    "elsewhere",
    "--secret",
    current,
    "lab/web:1",
  );
  const changed = body({ pass: "secret-value-number-three" });
  await waitFor("the plan that knows of it", async () => {
    const [planned] = replacements(await on.plan("shop", changed));
    expect(planned?.replacement?.old).toEqual([{ name: current, usedBy: ["elsewhere"] }]);
    return true;
  });
  const done = await deploy("shop", { ...changed, prune: true });
  expect(done.replaced).toMatchObject([
    {
      old: [
        { name: current, state: "stays", why: { key: "deploy.old.used", params: { services: "elsewhere" } } },
      ],
    },
  ]);
  expect(await names("shop")).toContain(current);
  expect(drops(await on.plan("shop", changed))).toMatchObject([{ name: current, usedBy: ["elsewhere"] }]);
  await docker("service", "rm", "elsewhere");
  await waitFor("the plan that drops it", async () => {
    expect(drops(await on.plan("shop", changed))).toMatchObject([{ name: current, usedBy: [] }]);
    return true;
  });
  await deploy("shop", changed);
  expect(await names("shop")).not.toContain(current);
});

test("a server that is killed while services converge removes the old ones after its next start", async () => {
  const slow = body({ conf: "level=4\n", pass: "secret-value-number-four", web: "" });
  const files = slow.files.map((file) => ({
    ...file,
    text: file.text.replace("start-first}", "start-first, delay: 8s}"),
  }));
  const before = await names("shop");
  const begun = await on.begin("shop", { files });
  await waitFor("converging", async () => {
    const { state } = (await on.call("GET", `shop/versions/${begun.id}`)).body as StackVersion;
    if (state !== "converging") throw new Error(state);
    return state;
  });
  await shoal.kill9();
  expect((await names("shop")).filter((name) => before.includes(name))).toEqual([...before]);
  await shoal.restart();
  const done = await on.settled("shop", begun.id, 90_000);
  expect(done).toMatchObject({
    state: "completed",
    replaced: [{ old: [{ state: "removed" }] }, { old: [{ state: "removed" }] }],
  });
  expect((await names("shop")).filter((name) => before.includes(name))).toEqual(["shop_short"]);
});

test("names that the file gives stay, and several files are read as the command reads them", async () => {
  const text = (name: string) =>
    `version: "3.8"\nservices:\n  web: {image: "lab/web:1", secrets: [s], configs: [c]}\nsecrets: {s: {file: ./s.txt${name && `, name: ${name}_s`}}}\nconfigs: {c: {file: ./c.txt${name && `, name: ${name}_c`}}}\n`;
  const of = (name: string, secret: string, config: string): DeployBody => ({
    files: [
      inline(text(name)),
      { name: "s.txt", text: secret, kind: "file" },
      { name: "c.txt", text: config, kind: "file" },
    ],
  });
  await deploy("named", of("mine", "one of the secrets", "two"));
  const { problems, parts } = await on.plan("named", of("mine", "another of the secrets", "other"));
  expect(problems.map(({ severity, message }) => [severity, message.slice(0, 47)])).toEqual([
    ["error", "The secret mine_s exists with another content, "],
    ["error", "The config mine_c exists with another content, "],
  ]);
  expect(parts.some(({ action }) => action === "replace")).toBe(false);
  await on.remove("named");

  const base = of("", "one of the secrets", "two");
  await deploy("named", base);
  const override: DeployBody = {
    files: [
      ...base.files,
      { name: "other.yml", text: 'version: "3.8"\nconfigs: {c: {file: ./d.txt}}\n', kind: "compose" },
      { name: "d.txt", text: "three", kind: "file" },
    ],
  };
  expect(replacements(await on.plan("named", override))).toMatchObject([
    { name: "named_c", replacement: { texts: { before: "two", after: "three" } } },
  ]);
  await deploy("named", override);
  expect(await reads("named_web", "/c")).toBe("three");
  // All of it carries the label of the stack, and goes with it.
  await on.remove("named");
  expect(await names("named")).toEqual([]);
});

test("values are nowhere but in the swarm: not in the database, in logs or in the audit log", async () => {
  const rows = auditRows(shoal.dataDir);
  expect(rows.filter(({ action }) => action === "secret.remove").length).toBeGreaterThanOrEqual(3);
  expect(rows.find(({ action }) => action === "secret.remove")).toMatchObject({
    object: expect.stringContaining("secret shop_pass"),
    userName: expect.stringMatching(/./),
    facts: expect.stringContaining('"stack":"shop"'),
  });
  const files = readdirSync(shoal.dataDir, { recursive: true, withFileTypes: true }).filter((each) =>
    each.isFile(),
  );
  const bytes = files
    .map((each) => readFileSync(join(each.parentPath, each.name)).toString("latin1"))
    .join("\n");
  const told = [bytes, shoal.log(), JSON.stringify(rows)].join("\n");
  expect(bytes).toContain("shop_pass");
  for (const value of ["secret-value-number", "of the secrets"]) {
    expect(told).not.toContain(value);
    for (const whole of ["secret-value-number-one", "secret-value-number-four", "one of the secrets"])
      expect(told).not.toContain(Buffer.from(whole).toString("base64").slice(0, 20));
  }
});
