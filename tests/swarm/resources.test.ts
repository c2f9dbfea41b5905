import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type {
  ConfigData, ConfigItem, NetworkItem, SecretItem, StackDetail, StackItem,
} from "#lib/shared/api/resource-types.ts"; // biome-ignore format: one block
import type { ListAnswer } from "#lib/shared/api/types.ts";
import type { TaskView } from "#lib/shared/model/types.ts";
import { auditRows } from "../lab/data-dir.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { deploySampleStacks } from "../lab/sample-stacks.ts";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { waitFor } from "../lab/wait.ts";
import { ask, createService, list, refusal, untilRunning } from "./server-on-lab.ts";

/** Stacks, networks, secrets, configs and earlier tasks as the API lists them, on a real swarm. */
let lab: Lab;
let shoal: Shoal;

const secretText = "correct horse battery staple";
const configText = "listen = 8080\n";

beforeAll(async () => {
  lab = await startLab({ name: "resources", nodes: 2, managers: 1 });
  shoal = await startShoal({ engines: [lab.host("node1")] });
  await lab.exec(
    "node1",
    "sh",
    "-c",
    `printf '%s' '${secretText}' > /tmp/secret; printf 'listen = 8080\\n' > /tmp/config`,
  );
  const docker = (...args: string[]) => lab.docker("node1", ...args);
  await docker(
    "network",
    "create",
    "--driver",
    "overlay",
    "--attachable",
    "--internal",
    "--opt",
    "encrypted",
    "backend",
  );
  await docker("secret", "create", "--label", "team=blue", "key", "/tmp/secret");
  await docker("config", "create", "settings", "/tmp/config");
  await createService(
    lab,
    "user",
    "--network",
    "backend",
    "--secret",
    "key",
    "--config",
    "source=settings,target=/etc/app.conf",
  );
  await deploySampleStacks(lab);
  await untilRunning(shoal, "user", 1);
}, 120_000);
afterAll(async () => {
  await shoal?.stop();
  await lab?.down();
});

const named = async <T extends { name: string }>(path: string, name: string) =>
  (await list<T>(shoal, path)).find((item) => item.name === name);
const users = (item: { usedBy: readonly { name: string }[] } | undefined) =>
  item?.usedBy.map((service) => service.name);

describe("lists", () => {
  test("networks of the swarm, with what is special about them and who is on them", async () => {
    const backend = await named<NetworkItem>("/networks", "backend");
    expect(backend).toMatchObject({
      driver: "overlay",
      scope: "swarm",
      attachable: true,
      internal: true,
      encrypted: true,
      ingress: false,
      stack: null,
    });
    expect(backend?.subnets[0]).toMatch(/^10\.\d+\.\d+\.0\/24$/);
    expect(users(backend)).toEqual(["user"]);
    const names = (await list<NetworkItem>(shoal, "/networks?scope=swarm")).map(({ name }) => name);
    expect(names).toContain("ingress");
    expect(names).not.toContain("bridge");
  });

  test("secrets and configs, and what they hold in no answer", async () => {
    const secret = await named<SecretItem>("/secrets", "key");
    expect(secret).toMatchObject({ labels: { team: "blue" }, driver: null });
    expect(users(secret)).toEqual(["user"]);
    expect(users(await named<ConfigItem>("/configs", "settings"))).toEqual(["user"]);
    for (const path of ["/secrets", "/configs", "/services/user", "/stacks"]) {
      const text = JSON.stringify(await ask(shoal, "GET", path));
      for (const held of [secretText, configText.trim()]) {
        expect(text).not.toContain(held);
        expect(text).not.toContain(Buffer.from(held).toString("base64").slice(0, 16));
      }
    }
  });

  test("stacks are what carries their label, and another name is not one", async () => {
    const shop = await named<StackItem>("/stacks", "shop");
    const { stack, services, networks } = await ask<StackDetail>(shoal, "GET", "/stacks/shop");
    expect(stack.services).toBe(services.length);
    expect(shop?.networks).toBe(networks.length);
    expect(services.every((service) => service.stack === "shop")).toBe(true);
    expect(await named("/stacks", "user")).toBeUndefined();
    expect((await refusal(shoal, "GET", "/stacks/user")).code).toBe("not_found");
  });

  test("show at once what the swarm says has changed", async () => {
    expect(await named("/secrets", "later")).toBeUndefined();
    await lab.docker("node1", "secret", "create", "later", "/tmp/secret");
    const fresh = await waitFor("the new secret", () => named<SecretItem>("/secrets", "later"), {
      timeoutMs: 5_000,
    });
    expect(users(fresh)).toEqual([]);
    await lab.docker("node1", "service", "update", "--detach", "--quiet", "--secret-add", "later", "user");
    await waitFor(
      "its user",
      async () => users(await named<SecretItem>("/secrets", "later"))?.[0] === "user",
      { timeoutMs: 5_000 },
    );
    const before = (await ask<{ resourceChanges: number }>(shoal, "GET", "")).resourceChanges;
    await lab.docker("node1", "config", "create", "more", "/tmp/config");
    await waitFor(
      "a word to pages",
      async () => (await ask<{ resourceChanges: number }>(shoal, "GET", "")).resourceChanges > before,
    );
    await lab.docker("node1", "config", "rm", "more");
    await waitFor("it to be gone", async () => (await named("/configs", "more")) === undefined, {
      timeoutMs: 5_000,
    });
  });
});

describe("what a config holds", () => {
  test("is for admins, and the audit log says who looked", async () => {
    const path = "/api/v1/clusters/local/configs/settings/data";
    for (const role of ["viewer", "operator"]) {
      const answer = await shoal.api("GET", path, undefined, { token: await shoal.token(role) });
      expect(answer.status).toBe(403);
      expect(JSON.stringify(answer.body)).not.toContain("8080");
    }
    const data = await ask<ConfigData>(shoal, "GET", "/configs/settings/data");
    expect(data).toMatchObject({ name: "settings", size: configText.length, text: configText });
    const rows = auditRows(shoal.dataDir).filter((row) => row.action === "config.reveal");
    expect(rows.map((row) => `${row.result} ${row.object}`)).toEqual([
      "ok config settings",
      "denied config settings",
      "denied config settings",
    ]);
    expect(JSON.stringify(rows)).not.toContain("8080");
    expect(shoal.log()).not.toContain("listen = 8080");
  });

  test("is base64 where it is not text", async () => {
    await lab.exec("node1", "sh", "-c", "printf '\\377\\000\\001' > /tmp/bytes");
    await lab.docker("node1", "config", "create", "bytes", "/tmp/bytes");
    const data = await ask<ConfigData>(shoal, "GET", "/configs/bytes/data");
    expect(data).toMatchObject({ size: 3, text: null, base64: "/wAB" });
    // Not by the start of an id, as Docker would take it.
    expect((await refusal(shoal, "GET", `/configs/${data.id.slice(0, 10)}/data`)).code).toBe("not_found");
  });
});

test("earlier tasks come with history=1 only, and failures say so", async () => {
  await createService(lab, "crasher", "--env", "CRASH_AFTER=0", "--restart-delay", "500ms");
  const found = await waitFor("three attempts", async () => {
    const tasks = await list<TaskView>(shoal, "/tasks?service=crasher&history=1");
    return tasks.filter((task) => task.state === "failed").length >= 3 && tasks;
  });
  expect(found.filter((task) => task.state === "failed").every((task) => task.exitCode === 1)).toBe(true);
  expect(new Set(found.map((task) => task.id)).size).toBe(found.length);
  const now = await ask<ListAnswer<TaskView>>(shoal, "GET", "/tasks?service=crasher");
  expect(now.items.length).toBeLessThanOrEqual(2);
  expect((await refusal(shoal, "GET", "/tasks?history=2")).code).toBe("invalid_input");
});
