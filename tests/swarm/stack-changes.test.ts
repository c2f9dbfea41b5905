import { afterAll, expect, test } from "vitest";
import type { TaskView } from "#lib/shared/model/types.ts";
import type { StackDrift, StackFiles, StackVersion } from "#lib/shared/stacks/types.ts";
import { auditRows } from "../lab/data-dir.ts";
import { startLab } from "../lab/lab.ts";
import { startShoal } from "../lab/shoal.ts";
import { waitFor } from "../lab/wait.ts";
import { list, runningTasks } from "./server-on-lab.ts";
import { createStacksOnLab, inline } from "./stacks-on-lab.ts";

/** What changes when a file does, who may deploy what, and what is left when things go wrong. */
const lab = await startLab({ name: "stack changes", nodes: 3, managers: 1 });
const shoal = await startShoal({ engines: [lab.host("node1")] });
afterAll(async () => {
  await shoal.stop();
  await lab.down();
});
const on = createStacksOnLab(lab, shoal);

const shop = (web: string, more = "") =>
  inline(`version: "3.8"
services:
  web:
    image: lab/web:1
    deploy: { replicas: 2, update_config: { parallelism: 0 } }
${web}
  db:
    image: lab/web:1
    environment: { SECRET_OF_DB: "\${DB_PASSWORD:-none}" }
${more}`);
const third = "  extra:\n    image: lab/web:1\n";
const env = "DB_PASSWORD=hunter2-the-password";

async function deploy(text: ReturnType<typeof inline>, more: object = {}): Promise<StackVersion> {
  const begun = await on.begin("shop", { files: [text], env, ...more });
  const done = await on.settled("shop", begun.id);
  expect([done.state, done.words.key]).toEqual(["completed", expect.any(String)]);
  return done;
}

const idsOf = (tasks: readonly TaskView[]) => tasks.map(({ id }) => id).sort();

test("changing one thing shows exactly that, restarts what was said, and nothing else", async () => {
  await deploy(shop("", third), { message: "begins" });
  const [web, db] = await Promise.all(["shop_web", "shop_db"].map((name) => runningTasks(shoal, name)));

  const labelled = shop("    labels: { a: b }\n", third);
  const quiet = shop("", third.replace("image", "labels: { x: y }\n    image"));
  expect(
    (await on.plan("shop", { files: [quiet], env })).services.map(({ name, action }) => [name, action]),
  ).toEqual([
    ["shop_db", "unchanged"],
    ["shop_extra", "change"],
    ["shop_web", "unchanged"],
  ]);
  const plan = await on.plan("shop", { files: [labelled], env });
  expect(plan.services.filter(({ action }) => action !== "unchanged")).toMatchObject([
    { name: "shop_web", action: "change", replacesTasks: true, tasks: 2, because: ["Container labels"] },
  ]);
  expect(plan.services.find(({ name }) => name === "shop_web")?.changes).toEqual([
    { label: "Container labels", before: null, after: null, added: ["a=b"], removed: [] },
  ]);
  const done = await deploy(labelled, { plan: plan.fingerprint, message: "with a label" });
  expect(done.services.map(({ name, operation }) => [name, operation !== null])).toEqual([
    ["shop_db", false],
    ["shop_extra", false],
    ["shop_web", true],
  ]);
  const [webAfter, dbAfter] = await Promise.all(
    ["shop_web", "shop_db"].map((name) => runningTasks(shoal, name)),
  );
  expect(idsOf(dbAfter ?? [])).toEqual(idsOf(db ?? []));
  expect(idsOf(webAfter ?? []).filter((id) => idsOf(web ?? []).includes(id))).toEqual([]);
});

test("what is not in the files stays, and goes only where that was chosen", async () => {
  const files = [shop("    labels: { a: b }\n")];
  const kept = await on.plan("shop", { files, env });
  expect(kept.services.find(({ name }) => name === "shop_extra")).toMatchObject({ action: "left", tasks: 0 });
  expect(kept.isEmpty).toBe(true);
  const pruned = await on.plan("shop", { files, env, prune: true });
  expect(pruned.services.find(({ name }) => name === "shop_extra")).toMatchObject({
    action: "remove",
    tasks: 1,
  });
  const answer = await on.call("POST", "shop/deploy", { files, env, prune: true, plan: kept.fingerprint });
  expect(answer).toMatchObject({ status: 409, body: { code: "conflict" } });
  await deploy(files[0] ?? shop(""), { prune: true, plan: pruned.fingerprint });
  expect(await lab.docker("node1", "service", "ls", "--format", "{{.Name}}")).not.toContain("shop_extra");
});

test("what somebody else changes is drift; deploying again puts it back", async () => {
  const drift = async () => (await on.call("GET", "shop/drift")).body as StackDrift;
  expect((await drift()).services).toEqual([]);
  await lab.docker(
    "node1",
    "service",
    "update",
    "--detach",
    "--quiet",
    "--env-add",
    "OUTSIDE=1",
    "--replicas",
    "3",
    "shop_web",
  );
  const { services, version } = await drift();
  expect(services).toMatchObject([
    {
      name: "shop_web",
      kind: "changed",
      changes: [
        { label: "Variables", added: ["OUTSIDE"] },
        { label: "Replicas", before: "2", after: "3" },
      ],
    },
  ]);
  const files = (await on.call("GET", `shop/versions/${version}/files`)).body as StackFiles;
  expect(files.env).toBe(env);
  const again = await on.begin("shop", { files: files.files, env: files.env });
  expect((await on.settled("shop", again.id)).state).toBe("completed");
  expect((await drift()).services).toEqual([]);
  await lab.docker("node1", "service", "update", "--detach", "--quiet", "--force", "shop_web");
  expect((await drift()).services).toEqual([]);
});

test("versions say who and why; values of variables are nowhere but in their files", async () => {
  const { items } = (await on.call("GET", "shop/versions")).body as { items: readonly StackVersion[] };
  expect(items.map(({ message, state, userName }) => [message, state, userName !== ""])).toEqual([
    ["", "completed", true],
    ["", "completed", true],
    ["with a label", "completed", true],
    ["begins", "completed", true],
  ]);
  const told = JSON.stringify([items, await auditRows(shoal.dataDir)]) + shoal.log();
  expect(told).not.toContain("hunter2");
  expect(told).toContain("stack.deploy");
  const viewer = await shoal.token("viewer");
  const operator = await shoal.token("operator");
  const path = `shop/versions/${items[0]?.id}`;
  expect((await on.call("GET", `${path}/files`, undefined, viewer)).status).toBe(403);
  expect((await on.call("GET", path, undefined, viewer)).status).toBe(403);
  expect((await on.call("GET", "shop/versions", undefined, viewer)).status).toBe(200);
  expect((await on.call("GET", `${path}/files`, undefined, operator)).status).toBe(200);
});

test("an operator deploys, but no way to the host", async () => {
  const operator = await shoal.token("operator");
  const bind = inline(
    'version: "3.8"\nservices:\n  a:\n    image: lab/web:1\n  b:\n    image: lab/web:1\n    volumes: ["/etc:/host"]\n',
  );
  const plan = await on.call("POST", "way/plan", { files: [bind] }, operator);
  expect(plan).toMatchObject({
    status: 200,
    body: { problems: [{ severity: "error", message: expect.stringContaining("/etc") }] },
  });
  const refused = await on.call("POST", "way/deploy", { files: [bind] }, operator);
  expect(refused).toMatchObject({ status: 400, body: { detail: expect.stringContaining("Only admins") } });
  expect(await lab.docker("node1", "service", "ls", "--format", "{{.Name}}")).not.toContain("way_");
  const macvlan = inline(
    'version: "3.8"\nservices:\n  a: {image: lab/web:1, networks: [n]}\nnetworks:\n  n: {driver: macvlan}\n',
  );
  const begun = await on.call("POST", "way/deploy", { files: [macvlan] }, operator);
  const version = (begun.body as StackVersion).id;
  expect(await on.settled("way", version)).toMatchObject({
    state: "refused",
    output: expect.stringContaining("Only admins"),
  });
  expect((await on.call("POST", "way/remove", {}, operator)).status).toBe(403);
});

test.each([
  [
    "a missing secret",
    "secrets: [s]",
    "secrets: {s: {external: true}}",
    "The external secret s does not exist.",
  ],
  [
    "a missing network",
    "networks: [n]",
    "networks: {n: {external: true}}",
    "The external network n does not exist in the swarm.",
  ],
  ["a wrong key", "imagee: x", "", "Additional property imagee is not allowed"],
  ["a missing variable", `environment: {A: "$\{NEEDED:?it is needed}"}`, "", "it is needed"],
  ["a file of the server", "env_file: /proc/self/environ", "", "which is not among the files"],
])("nothing is changed by a file with %s", async (_what, line, rest, sentence) => {
  const files = [
    inline(
      `version: "3.8"\nservices:\n  ok: {image: lab/web:1}\n  web:\n    image: lab/web:1\n    ${line}\n${rest}\n`,
    ),
  ];
  const answer = await on.call("POST", "wrong/deploy", { files });
  expect(answer).toMatchObject({ status: 400, body: { detail: expect.stringContaining(sentence) } });
  const { problems } = await on.plan("wrong", { files });
  expect(problems.map(({ message }) => message).join("\n")).toContain(sentence);
  expect(await lab.docker("node1", "stack", "ls", "--format", "{{.Name}}")).not.toContain("wrong");
});

test("hostile input ends with a sentence", async () => {
  const big = await on.call("POST", "big/plan", { files: [inline(`# ${"x".repeat(10_000_000)}`)] });
  expect(big).toMatchObject({ status: 413, body: { code: "too_large" } });
  const files = [inline("services: {}")];
  for (const name of ["..%2Fx", "a%20b", "$(reboot)", "-x", "a;b"]) {
    expect((await on.call("POST", `${name}/plan`, { files })).status).toBe(400);
  }
  for (const name of ["../x.yml", "/etc/passwd", "a b.yml", "-c", "$(x).yml"]) {
    expect((await on.call("POST", "x/plan", { files: [inline("services: {}", name)] })).status).toBe(400);
  }
  // Words of a shell are words.
  const shell = inline(
    'version: "3.8"\nservices:\n  web: {image: "lab/web:1", environment: {A: "$$(touch /tmp/shoal-was-here); `id`"}}\n',
    "a.yml",
  );
  expect((await on.plan("shell", { files: [shell] })).services).toMatchObject([{ action: "create" }]);
});

test("paths and images that are missing on a node are said before", async () => {
  const text = inline(`version: "3.8"
services:
  web: {image: lab/web:1, volumes: ["/no/such:/x", "/tmp:/y", "kept:/z"]}
  own: {image: "nowhere/own:3"}
volumes: {kept: {}}
`);
  const { problems } = await on.plan("paths", { files: [text] });
  expect(problems.map(({ severity, message }) => `${severity}: ${message}`).sort()).toEqual([
    "warning: No registry has told of nowhere/own:3, the image of paths_own, and node1 has no copy of it: its tasks will not start there.",
    expect.stringMatching(/^warning: paths_web mounts \/no\/such, which is not there on node1\./),
  ]);
});

test("taken ports, and nodes that do not fit, are said before", async () => {
  await lab.docker(
    "node1",
    "service",
    "create",
    "--detach",
    "--quiet",
    "--name",
    "holder",
    "--publish",
    "18300:8080",
    "lab/web:1",
  );
  await waitFor(
    "the holder in the picture",
    async () =>
      (await list<{ name: string }>(shoal, "/services")).some(({ name }) => name === "holder") || null,
  );
  const text = inline(`version: "3.8"
services:
  port: {image: lab/web:1, ports: ["18300:8080"]}
  label: {image: lab/web:1, deploy: {placement: {constraints: [node.labels.zone == moon]}}}
  big: {image: lab/web:1, deploy: {resources: {reservations: {memory: 4000G}}}}
`);
  const { problems } = await on.plan("tight", { files: [text] });
  const told = problems.map(({ severity, message }) => `${severity}: ${message}`);
  expect(told).toContain("error: tight_port publishes port 18300/tcp, which holder has already.");
  expect(told.find((each) => each.startsWith("warning: tight_label"))).toContain("node.labels.zone == moon");
  expect(told.find((each) => each.startsWith("warning: tight_big"))).toContain("TB");
  await lab.docker("node1", "service", "rm", "holder");
});

test("a failure names the service, the task and its reason", async () => {
  const files = [
    inline(
      'version: "3.8"\nservices:\n  good: {image: lab/web:1}\n  bad: {image: lab/web:1, environment: {CRASH_AFTER: "1"}}\n',
    ),
  ];
  const begun = await on.begin("broken", { files });
  const done = await on.settled("broken", begun.id);
  expect(done).toMatchObject({ state: "stuck" });
  expect(JSON.stringify(done.words)).toMatch(/broken_bad.*/);
  await waitFor("the task in the words", async () => {
    const { words } = (await on.call("GET", `broken/versions/${begun.id}`)).body as StackVersion;
    const text = JSON.stringify(words);
    if (!text.includes("broken_bad.1")) throw new Error(text);
    return text;
  });
  await on.remove("broken");
});

test("two deploys of one stack: the second is told; those of others do not wait", async () => {
  const files = [inline('version: "3.8"\nservices:\n  a: {image: lab/web:1}\n  b: {image: lab/web:1}\n')];
  const answers = await Promise.all([
    on.call("POST", "twice/deploy", { files }),
    on.call("POST", "twice/deploy", { files }),
    on.call("POST", "other/deploy", { files }),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([202, 202, 409]);
  expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
    code: "conflict",
    detail: expect.stringContaining("is deploying"),
  });
  const begun = answers.filter(({ status }) => status === 202).map(({ body }) => body as StackVersion);
  for (const { stack, id } of begun) expect((await on.settled(stack, id)).state).toBe("completed");
  await Promise.all([on.remove("twice"), on.remove("other")]);
});

test("stop remembers replicas, start brings them back, remove takes all of it", async () => {
  const stopped = await on.call("POST", "shop/stop", {});
  expect(stopped.status, JSON.stringify(stopped.body)).toBe(200);
  await waitFor("no task", async () => (await runningTasks(shoal, "shop_web")).length === 0 || null);
  expect((await on.call("POST", "shop/start")).status).toBe(200);
  await waitFor("two tasks", async () => (await runningTasks(shoal, "shop_web")).length === 2 || null);
  const asked = await on.call("POST", "shop/remove", {});
  expect(asked).toMatchObject({
    status: 409,
    body: {
      code: "confirmation_needed",
      details: { name: "shop", services: ["shop_db", "shop_web"], networks: ["shop_default"] },
    },
  });
  await on.remove("shop");
  expect(await lab.docker("node1", "stack", "ls", "--format", "{{.Name}}")).not.toContain("shop");
});

test("a server that is killed in the middle leaves what is known, and it can be deployed again", async () => {
  const names = Array.from({ length: 12 }, (_, n) => `s${n}`);
  const files = [
    inline(`version: "3.8"\nservices:\n${names.map((name) => `  ${name}: {image: lab/web:1}`).join("\n")}\n`),
  ];
  const begun = await on.begin("killed", { files });
  await waitFor(
    "some of it written",
    async () => {
      const { services, state } = (await on.call("GET", `killed/versions/${begun.id}`)).body as StackVersion;
      const n = services.filter(({ written }) => written).length;
      if (n < 2) throw new Error(`${n} written, ${state}`);
      return n;
    },
    { intervalMs: 20 },
  );
  await shoal.kill9();
  await shoal.restart();
  const left = (await on.call("GET", `killed/versions/${begun.id}`)).body as StackVersion;
  expect(left).toMatchObject({ state: "interrupted", words: { key: "deploy.words.interrupted" } });
  const written = left.services.filter((service) => service.written).length;
  expect(written).toBeGreaterThanOrEqual(2);
  expect(left.words.params).toMatchObject({ written, n: 12 });
  await waitFor("a picture", async () => ((await list(shoal, "/nodes")).length === 3 ? true : null));
  const again = await on.begin("killed", { files });
  expect((await on.settled("killed", again.id, 120_000)).state).toBe("completed");
  expect((await on.plan("killed", { files })).isEmpty).toBe(true);
});
