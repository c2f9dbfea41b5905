import { afterAll, expect, test } from "vitest";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import "#lib/shared/i18n/pages/all.ts";
import type { ProjectDetail, ProjectItem, ProjectRun } from "#lib/shared/projects/types.ts";
import type { StackFiles } from "#lib/shared/stacks/types.ts";
import { composePlugin } from "../lab/compose-plugin.ts";
import { startLab } from "../lab/lab.ts";
import { startRegistry } from "../lab/registry.ts";
import { startShoal } from "../lab/shoal.ts";
import { waitFor } from "../lab/wait.ts";
import { createProjectsOnLab, oneFile } from "./projects-on-lab.ts";

/** Compose projects on an engine without swarm: the real docker command with the real plugin. */
const plugin = await composePlugin();
const [isHere, why] = "missing" in plugin ? [false, ` (${plugin.missing})`] : [true, ""];
const lab = await startLab({ name: "projects", nodes: 1, managers: 1 });
await lab.docker("node1", "swarm", "leave", "--force");
const shoal = await startShoal({
  engines: [lab.host("node1")],
  env: "missing" in plugin ? {} : { SHOAL_DOCKER_CLI: plugin.dockerCli },
});
afterAll(async () => {
  await shoal.stop();
  await lab.down();
});
const on = createProjectsOnLab(lab, shoal, "missing" in plugin ? "" : plugin.dockerCli);

const shop = (web: string, more = "") => `
services:
  web:
    image: lab/web:1
    init: true
    stop_grace_period: 1s
    environment: {PORT: "8080"}
${web}
    configs: [{source: greeting, target: /etc/greeting}]
    volumes: ["data:/data"]
  db:
    image: lab/web:1
    stop_grace_period: 1s
    environment: {PORT: "8081"}
${more}
configs: {greeting: {content: "hello \${NAME:-you}"}}
volumes: {data: {}}
`;

test.runIf(isHere)(
  `a project is planned, deployed, listed, changed and taken down${why}`,
  { timeout: 60_000 },
  async () => {
    const body = { ...oneFile(shop("")), env: "NAME=shoal" };
    const plan = await on.plan("shop", body);
    expect(plan.problems).toEqual([]);
    expect(plan.services.map(({ name, action }) => [name, action])).toEqual([
      ["db", "create"],
      ["web", "create"],
    ]);
    expect([plan.networks, plan.volumes, plan.pulls, plan.isEmpty]).toEqual([
      ["shop_default"],
      ["shop_data"],
      [],
      false,
    ]);
    expect(await on.onEngine("shop")).toEqual({});

    const run = await on.deploy("shop", { ...body, plan: plan.fingerprint, message: "first" });
    expect([run.state, say(t, run.words)]).toEqual(["completed", "2 containers were made and run."]);
    expect(run.output).toContain("Container shop-web-1  Started");
    expect(await lab.docker("node1", "exec", "shop-web-1", "/bin/sh", "-c", "cat /etc/greeting")).toBe(
      "hello shoal",
    );
    const item = await waitFor("the project in the list", async () => {
      const { body: listed } = await shoal.api("GET", "/api/v1/clusters/local/projects");
      const [found] = (listed as { items: ProjectItem[] }).items;
      if (found?.state !== "running") throw new Error(JSON.stringify(listed));
      return found;
    });
    expect(item).toMatchObject({
      name: "shop",
      running: 2,
      total: 2,
      services: ["db", "web"],
      isKnown: true,
    });

    // The same again is nothing to do; one thing changed is that thing.
    expect((await on.plan("shop", body)).isEmpty).toBe(true);
    const changed = { ...oneFile(shop('    labels: {x: "1"}\n    hostname: other')), env: "NAME=shoal" };
    const second = await on.plan("shop", changed);
    expect(second.services.map(({ name, action }) => [name, action])).toEqual([
      ["db", "unchanged"],
      ["web", "change"],
    ]);
    const before = await on.onEngine("shop");
    expect((await on.deploy("shop", { ...changed, message: "second" })).state).toBe("completed");
    const after = await on.onEngine("shop");
    expect(Object.keys(after).sort()).toEqual(["shop-db-1", "shop-web-1"]);
    expect(after["shop-db-1"]?.id).toBe(before["shop-db-1"]?.id);
    expect(after["shop-web-1"]?.id).not.toBe(before["shop-web-1"]?.id);
    expect((await on.plan("shop", changed)).isEmpty).toBe(true);

    const { body: versions } = await on.call("GET", "shop/versions");
    expect(
      (versions as { items: ProjectRun[] }).items.map(({ message, userName }) => [message, userName]),
    ).toEqual([
      ["second", "token test"],
      ["first", "token test"],
    ]);
    const { body: files } = await on.call("GET", `shop/versions/${run.id}/files`);
    expect(files as StackFiles).toMatchObject({ version: run.id, env: "NAME=shoal", files: body.files });

    expect((await on.act("shop", "stop")).state).toBe("completed");
    expect(Object.values(await on.onEngine("shop")).map(({ running }) => running)).toEqual([false, false]);
    expect((await on.act("shop", "start")).state).toBe("completed");
    expect((await on.act("shop", "restart")).state).toBe("completed");
    expect(Object.values(await on.onEngine("shop")).map(({ running }) => running)).toEqual([true, true]);

    const asked = await on.call("POST", "shop/remove", {});
    expect([asked.status, asked.body]).toEqual([
      409,
      expect.objectContaining({
        code: "confirmation_needed",
        details: expect.objectContaining({ networks: ["shop_default"], volumes: ["shop_data"] }),
      }),
    ]);
    expect((await on.act("shop", "remove", { confirm: "shop" })).state).toBe("completed");
    expect(await on.onEngine("shop")).toEqual({});
    expect(await lab.docker("node1", "volume", "ls", "-q")).toContain("shop_data");
  },
);

/** Three ways for an update to fail, at three different moments. */
const broken = [
  {
    what: "an image that does not exist",
    from: "image: lab/web:1",
    to: "image: 127.0.0.1:1/not/there:1",
    state: "refused",
  },
  {
    what: "a port that is taken",
    from: '{PORT: "8080"}',
    to: '{PORT: "8080"}\n    ports: ["18099:8080"]',
    state: "restored",
  },
  {
    what: "an entrypoint that is not there",
    from: "init: true",
    to: "entrypoint: [/not/there]",
    state: "restored",
  },
  {
    what: "a program that ends at once",
    from: '{PORT: "8080"}',
    to: '{PORT: "8080", CRASH_AFTER: "1"}',
    state: "restored",
  },
] as const;

test.runIf(isHere)(
  `a failed update never tears down what was running${why}`,
  { timeout: 90_000 },
  async () => {
    const text = shop("");
    expect((await on.deploy("firm", { ...oneFile(text), message: "good" })).state).toBe("completed");
    expect(
      (await on.deploy("blocker", oneFile('services: {b: {image: "lab/web:1", ports: ["18099:8080"]}}')))
        .state,
    ).toBe("completed");
    const before = await on.onEngine("firm");
    await lab.docker("node1", "exec", "firm-web-1", "/bin/sh", "-c", "echo mine > /note");

    for (const { what, from, to, state } of broken) {
      const run = await on.deploy("firm", { ...oneFile(text.replace(from, to)), message: what, prune: true });
      const words = say(t, run.words);
      expect([what, run.state, words], run.output).toEqual([what, state, expect.anything()]);
      expect(words).toMatch(
        state === "refused"
          ? /^Nothing was touched: /
          : /^It failed: .* What ran before runs again: firm-web-1\.$/s,
      );
      // The very containers of before, with all that is in them.
      expect(await on.onEngine("firm"), what).toEqual(before);
      expect(await lab.docker("node1", "exec", "firm-web-1", "/bin/sh", "-c", "cat /note")).toBe("mine");
    }
    // What runs is what the files say that stayed.
    const latest = (await on.call("GET", "firm/versions/latest/files")).body as StackFiles;
    expect(latest.files[0]?.text).toBe(text);
    expect((await on.plan("firm", oneFile(text))).isEmpty).toBe(true);
  },
);

test.runIf(isHere)(
  `a server that is killed in the middle of an update brings back what ran${why}`,
  { timeout: 60_000 },
  async () => {
    const slow = shop('    command: ["sh", "-c", "trap : TERM; while :; do sleep 1; done"]');
    expect((await on.deploy("killed", oneFile(shop("")))).state).toBe("completed");
    const before = await on.onEngine("killed");
    const run = await on.begin("killed/deploy", oneFile(slow.replace("lab/web:1", "lab/web:2")));
    await waitFor("a container that is kept", async () => {
      const names = Object.keys(await on.onEngine("killed"));
      if (!names.some((name) => name.includes("_before_"))) throw new Error(names.join());
      return names;
    });
    await shoal.kill9();
    await shoal.restart();
    await waitFor("what ran before", async () => {
      const now = await on.onEngine("killed");
      expect(now).toEqual(before);
      return now;
    });
    const ended = await on.ended("killed", run.id);
    expect([ended.state, say(t, ended.words)]).toEqual([
      "restored",
      expect.stringContaining("Shoal was ended in the middle"),
    ]);
  },
);

test.runIf(isHere)(`what a file may not do, and who may do what${why}`, { timeout: 60_000 }, async () => {
  const operator = await shoal.token("operator");
  const viewer = await shoal.token("viewer");
  const problems = async (text: string, env = "") =>
    (await on.plan("bad", { ...oneFile(text), env }, operator)).problems.map(
      ({ message, line }) => `${line}: ${message}`,
    );
  const one = (line: string) => `services:\n  web:\n    image: lab/web:1\n    ${line}\n`;
  const cases: readonly (readonly [string, RegExp, string?])[] = [
    [one("build: ."), /^4: web: build is not possible here/],
    [one('volumes: ["./data:/data"]'), /^4: web mounts \.\/data, a path beside the file/],
    [one(`volumes: ["\${WHERE}:/data"]`), /web mounts data, a path beside the file/, "WHERE=./data"],
    [one("env_file: ../secret.env"), /^4: env_file names/],
    [one("extends: {file: other.yml, service: x}"), /^4: web: extends with a file/],
    ["include: [/etc/passwd]\nservices: {}", /^1: include reads other files/],
    [`${one("configs: [c]")}configs: {c: {file: ./c}}`, /^5: The config c is read from a file/],
    [one("privileged: true"), /^2: web opens a way from its containers to their host \(privileged\)/],
    [one("network_mode: host"), /\(host network host\)/],
    [one("pid: host"), /\(host namespace PidMode\)/],
    [one('volumes: ["/var/run/docker.sock:/s"]'), /\(docker socket /],
    [one("cap_add: [SYS_ADMIN]"), /\(capability SYS_ADMIN\)/],
    [one('devices: ["/dev/null:/dev/x"]'), /\(device \/dev\/null/],
    [
      `${one('volumes: ["vol:/v"]')}volumes: {vol: {driver_opts: {type: none, o: bind, device: /etc}}}`,
      /volume driver local/,
    ],
    [one("image: x"), /^5: image stands here for the second time|second time/],
    [one("ports: 5"), /^4: .*services\.web\.ports must be a/],
    [
      one("command: a"),
      /COMPOSE_FILE changes what the docker command itself does/,
      "COMPOSE_FILE=/etc/passwd",
    ],
  ];
  for (const [text, expected, env] of cases)
    expect((await problems(text, env)).join("\n"), text).toMatch(expected);
  const refused = await on.call("POST", "bad/deploy", oneFile(one("privileged: true")), operator);
  expect([refused.status, await on.onEngine("bad")]).toEqual([400, {}]);
  for (const [path, body, token, status] of [
    ["firm/deploy", oneFile(shop("")), viewer, 403],
    ["firm/stop", undefined, viewer, 403],
    ["firm/remove", { confirm: "firm" }, operator, 403],
    ["Bad!/plan", oneFile(shop("")), operator, 400],
    ["nothing/stop", undefined, operator, 404],
  ] as const)
    expect((await on.call("POST", path, body, token)).status, path).toBe(status);
});

test.runIf(isHere)(
  `a project of somebody else is shown, stopped and started, and taken over by its file${why}`,
  { timeout: 60_000 },
  async () => {
    const detail = async () => (await on.call("GET", "foreign")).body as ProjectDetail;
    await on.byHand("foreign", oneFile(shop("")));
    const found = await waitFor("the project", async () => {
      const now = await detail();
      if (now.running !== 2) throw new Error(JSON.stringify(now));
      return now;
    });
    expect(found).toMatchObject({
      isKnown: false,
      state: "running",
      source: { files: [expect.stringContaining("compose.yml")] },
    });
    expect((await on.act("foreign", "stop")).state).toBe("completed");
    expect((await on.act("foreign", "start")).state).toBe("completed");
    expect((await on.call("POST", "foreign/pull")).status).toBe(404);
    const plan = await on.plan("foreign", oneFile(shop("")));
    expect([plan.problems, plan.isEmpty]).toEqual([[], true]);
    expect((await on.deploy("foreign", oneFile(shop("")))).state).toBe("completed");
    expect((await detail()).isKnown).toBe(true);
    const logs = await on.call("GET", "foreign/logs?tail=20");
    expect(String(logs.body)).toContain("foreign-web-1");
    expect((await on.act("foreign", "remove", { confirm: "foreign", volumes: true })).state).toBe(
      "completed",
    );
    expect(await lab.docker("node1", "volume", "ls", "-q")).not.toContain("foreign_data");
  },
);

test.runIf(isHere)(
  `images are pulled with the login that is kept, before anything is touched${why}`,
  {
    timeout: 60_000,
  },
  async () => {
    const auth = { username: "ann", password: "not-for-everybody" };
    const registry = await startRegistry(lab, { auth });
    try {
      await registry.push("node1", "team/app:1", 200_000);
      const image = `${registry.address}/team/app:1`;
      const remove = () => lab.docker("node1", "image", "rm", "--force", image);
      // Noise does not run: none of it is started.
      const text = `services:\n  web: {image: "lab/web:1", pull_policy: never, stop_grace_period: 1s}\n  noise: {image: "${image}", command: [x], scale: 0}\n`;
      const plan = await on.plan("pulled", oneFile(text));
      expect([plan.problems, plan.pulls]).toEqual([[], [image]]);
      const refused = await on.deploy("pulled", oneFile(text));
      expect([refused.state, say(t, refused.words)]).toEqual([
        "refused",
        expect.stringMatching(/no basic auth|unauthorized|denied/i),
      ]);
      expect(await on.onEngine("pulled")).toEqual({});

      const login = {
        name: "ours",
        kind: "generic",
        address: registry.address,
        user: auth.username,
        password: auth.password,
      };
      const made = await shoal.api("POST", "/api/v1/registries", login);
      expect(made.status, JSON.stringify(made.body)).toBeLessThan(300);
      const run = await on.deploy("pulled", oneFile(text));
      expect([run.state, run.output.includes("Pulled")], run.output).toEqual(["completed", true]);
      await lab.docker("node1", "image", "inspect", image);
      await remove();
      const pulled = await on.act("pulled", "pull");
      expect([pulled.state, pulled.output], pulled.output).toEqual([
        "completed",
        expect.stringContaining("Pulled"),
      ]);
      await lab.docker("node1", "image", "inspect", image);
      // No password in what is shown, and none in what is logged.
      expect(`${run.output}${pulled.output}${shoal.log()}`).not.toContain(auth.password);
    } finally {
      await registry.stop();
    }
  },
);
