import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ConfigItem, SecretItem } from "#lib/shared/api/resource-types.ts";
import type { WriteAnswer } from "#lib/shared/api/types.ts";
import { type FileKind, sizeLimit } from "#lib/shared/swarm-files/limits.ts";
import type { FileDetail } from "#lib/shared/swarm-files/types.ts";
import { auditRows } from "../lab/data-dir.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { ask, createService, list, refusal, untilRunning } from "./server-on-lab.ts";

/** Secrets and configs: made, labelled, looked at and removed, on a real swarm. */
let lab: Lab;
let shoal: Shoal;
beforeAll(async () => {
  lab = await startLab({ name: "secrets", nodes: 1, managers: 1 });
  shoal = await startShoal({ engines: [lab.host("node1")] });
}, 120_000);
afterAll(async () => {
  await shoal?.stop();
  await lab?.down();
});

const kinds: readonly FileKind[] = ["secret", "config"];
const base64 = (text: string | Uint8Array) => Buffer.from(text).toString("base64");
const make = (kind: FileKind, body: object) =>
  ask<WriteAnswer<SecretItem | ConfigItem>>(shoal, "POST", `/${kind}s`, body);
const detail = (kind: FileKind, ref: string) => ask<FileDetail>(shoal, "GET", `/${kind}s/${ref}`);
/** What the engine has, as it says it. */
const inspected = async (kind: FileKind, name: string) =>
  JSON.parse(await lab.docker("node1", kind, "inspect", name))[0] as {
    Spec: { Labels: Record<string, string>; Data?: string };
  };

test.each(kinds)("a %s is made byte for byte, found by name, labelled and removed", async (kind) => {
  const bytes = Buffer.from([0, 255, 10, 13, 0, 1]);
  const { item } = await make(kind, { name: "my.file-1_a", data: base64(bytes), labels: { team: "blue" } });
  expect(item).toMatchObject({ name: "my.file-1_a", labels: { team: "blue" }, usedBy: [] });
  if (kind === "config") expect((await inspected(kind, "my.file-1_a")).Spec.Data).toBe(base64(bytes));
  const { id } = (await detail(kind, "my.file-1_a")).item;
  expect(id).toBe(item?.id);

  const body = { labels: { team: "red", area: "shop" }, labelsBefore: { team: "blue" } };
  const answer = await ask<WriteAnswer<SecretItem>>(shoal, "PATCH", `/${kind}s/my.file-1_a`, body);
  expect(answer.item?.labels).toEqual({ team: "red", area: "shop" });
  expect((await inspected(kind, "my.file-1_a")).Spec.Labels).toEqual({ team: "red", area: "shop" });
  const clash = { labels: { team: "green" }, labelsBefore: { team: "blue" } };
  expect((await refusal(shoal, "PATCH", `/${kind}s/my.file-1_a`, clash)).code).toBe("conflict");

  await ask(shoal, "DELETE", `/${kind}s/my.file-1_a`);
  expect(await list(shoal, `/${kind}s`)).toEqual([]);
  expect((await refusal(shoal, "GET", `/${kind}s/my.file-1_a`)).code).toBe("not_found");
});

test.each(kinds)(
  "the largest %s that swarm takes is taken, and the next byte refused before it is sent",
  async (kind) => {
    const most = sizeLimit[kind] - 1;
    await make(kind, { name: "large", data: base64(Buffer.alloc(most, 65)) });
    const over = await refusal(shoal, "POST", `/${kind}s`, {
      name: "over",
      data: base64(Buffer.alloc(most + 1, 65)),
    });
    expect(over).toMatchObject({
      code: "invalid_input",
      details: { fields: { data: expect.stringContaining("at most") } },
    });
    // The engine itself says no to it, so the limit is its own.
    const path = "/tmp/over";
    await lab.exec("node1", "sh", "-c", `head -c ${most + 1} /dev/zero > ${path}`);
    await expect(lab.docker("node1", kind, "create", "over", path)).rejects.toThrow(/less than|too large/);
    for (const [body, text] of [
      [{ name: "large", data: base64("x") }, "already is a"],
      [{ name: "empty", data: "" }, "empty"],
      [{ name: "x".repeat(65), data: base64("x") }, "64"],
      [{ name: "-x", data: base64("x") }, "both ends"],
      [{ name: "../x", data: base64("x") }, "both ends"],
      [{ name: "ok", data: "not base64!" }, "base64"],
    ] as const) {
      expect(JSON.stringify(await refusal(shoal, "POST", `/${kind}s`, body))).toContain(text);
    }
    await ask(shoal, "DELETE", `/${kind}s/large`);
  },
);

test("who uses one is told with the path in the container, and keeps it from being removed", async () => {
  await make("secret", { name: "key", data: base64("one") });
  await make("config", { name: "conf", data: base64("two") });
  await createService(
    lab, "user", "--secret", "source=key,target=/run/x/key,uid=1,gid=2,mode=0400", "--config", "source=conf,target=/etc/app.conf",
  ); // biome-ignore format: pairs
  await untilRunning(shoal, "user", 1);
  const { uses } = await detail("secret", "key");
  expect(uses).toMatchObject([
    { service: { name: "user" }, target: "/run/x/key", uid: "1", gid: "2", mode: "0400" },
  ]);
  expect((await detail("config", "conf")).uses[0]?.target).toBe("/etc/app.conf");
  const refused = await refusal(shoal, "DELETE", "/secrets/key");
  expect(refused).toMatchObject({ code: "conflict", detail: expect.stringContaining("used by user") });
  await lab.docker("node1", "service", "update", "--detach", "--quiet", "--secret-rm", "key", "user");
  await expect
    .poll(async () => (await detail("secret", "key")).previous.map(({ name }) => name))
    .toEqual(["user"]);
  await ask(shoal, "DELETE", "/secrets/key");
});

test("what is in one is in no file of the server, in no log and in no audit row", async () => {
  const held = "Correct-Horse-Battery-Staple-1917";
  await make("secret", { name: "held", data: base64(held) });
  await make("config", { name: "held", data: base64(held) });
  await refusal(shoal, "POST", "/secrets", { name: "held", data: base64(held) });
  await refusal(shoal, "POST", "/secrets", { name: "he ld", data: base64(held) });
  await refusal(shoal, "POST", "/secrets", { nam: "held", data: base64(held) });
  await ask(shoal, "PATCH", "/configs/held", { labels: { a: "b" } });
  const kept = readdirSync(shoal.dataDir).map((name) => readFileSync(join(shoal.dataDir, name), "latin1"));
  for (const text of [...kept, shoal.log(), JSON.stringify(auditRows(shoal.dataDir))]) {
    expect(text).not.toContain(held);
    expect(text).not.toContain(base64(held).slice(0, 24));
  }
  const rows = auditRows(shoal.dataDir).filter(({ action }) => action === "secret.create");
  expect(rows.find(({ object, result }) => object === "secret held" && result === "ok")?.facts).toContain(
    `"bytes":${held.length}`,
  );
});

test("only an admin makes, labels and removes one", async () => {
  for (const role of ["viewer", "operator"]) {
    const token = await shoal.token(role);
    const body = { name: "no", data: base64("x") };
    expect((await shoal.api("POST", "/api/v1/clusters/local/secrets", body, { token })).status).toBe(403);
    expect(
      (await shoal.api("DELETE", "/api/v1/clusters/local/configs/held", undefined, { token })).status,
    ).toBe(403);
    expect((await shoal.api("GET", "/api/v1/clusters/local/configs/held", undefined, { token })).status).toBe(
      200,
    );
  }
});
