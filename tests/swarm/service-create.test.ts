import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serviceRaw } from "#lib/server/cluster/actions/details.ts";
import { createService } from "#lib/server/cluster/services/create-service.ts";
import { exportService } from "#lib/server/cluster/services/export-service.ts";
import { previewCreate } from "#lib/server/cluster/services/preview-create.ts";
import { jsonAt, withJsonAt } from "#lib/shared/lossless-json.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { startRegistry } from "../lab/registry.ts";
import { type LabContext, labContext, tester } from "./action-context.ts";
import { everyOption } from "./every-option.ts";

const run = promisify(execFile);

let lab: Lab;
let ctx: LabContext;
beforeAll(async () => {
  lab = await startLab({ name: "service create", nodes: 1, managers: 1 });
  ctx = await labContext(lab);
  await everyOption(lab, "full");
});
afterAll(async () => {
  ctx?.close();
  await lab?.down();
});

const operator = { ...tester, role: "operator" as const };

async function specOf(name: string): Promise<string> {
  return jsonAt(await serviceRaw(ctx, name), ["Spec"]) ?? "";
}
const renamed = (spec: string, name: string) => withJsonAt(spec, ["Name"], JSON.stringify(name));

describe("a new service", () => {
  test("is made from fields, and what is wrong is said", async () => {
    const { item, operation } = await createService(ctx, operator, {
      name: "web",
      mode: "global",
      edits: [
        { field: "image", value: "lab/web:1" },
        { field: "env", value: ["A=1"] },
        {
          field: "secrets",
          value: [{ SecretName: "full-secret", File: { Name: "s", UID: "0", GID: "0", Mode: 0o444 } }],
        },
        { field: "networks", value: [{ Target: "full-net" }] },
      ],
      pin: false,
    });
    expect(item).toMatchObject({ name: "web", mode: "global" });
    expect(operation).toBeNull();
    expect(jsonAt(await specOf("web"), ["TaskTemplate", "ContainerSpec", "Env"])).toBe('["A=1"]');
    expect(ctx.revisions.at(-1)).toMatchObject({ action: "service.create", objectName: "web" });
    const twice = createService(ctx, operator, {
      name: "web",
      edits: [{ field: "image", value: "lab/web:1" }],
      pin: false,
    });
    await expect(twice).rejects.toMatchObject({ engineText: expect.stringContaining("already exists") });
    await expect(createService(ctx, operator, { name: "none", edits: [] })).rejects.toMatchObject({
      code: "invalid_input",
    });
    // The look at it before says so, too, and shows no value.
    const seen = await previewCreate(ctx, operator, {
      name: "web",
      mode: "replicated",
      edits: [
        { field: "image", value: "lab/web:1" },
        { field: "env", value: ["KEY=of-nobody-else"] },
        { field: "replicas", value: 3 },
        { field: "constraints", value: ["node.role==worker"] },
      ],
      pin: false,
    });
    expect(seen).toMatchObject({
      words: { key: "edit.create.waits" },
      refusals: [],
      problems: ["There is a service web already. Names are unique in a swarm."],
      warnings: [expect.stringContaining("node.role==worker")],
      command: expect.stringContaining("--replicas 3"),
    });
    expect(JSON.stringify(seen)).not.toContain("of-nobody-else");
    const secret = { SecretName: "no-such" };
    await expect(
      createService(ctx, operator, {
        name: "none",
        edits: [
          { field: "image", value: "lab/web:1" },
          { field: "secrets", value: [secret] },
        ],
        pin: false,
      }),
    ).rejects.toMatchObject({ message: "There is no secret no-such." });
  });

  test("opens no way to the host for an operator, not by taking it over either", async () => {
    const edits = [
      { field: "image", value: "lab/web:1" },
      { field: "mounts", value: [{ Type: "bind", Source: "/var/run/docker.sock", Target: "/s" }] },
    ] as const;
    const input = { name: "reach", edits: [...edits] as never, pin: false };
    await expect(createService(ctx, operator, input)).rejects.toMatchObject({
      code: "forbidden",
      details: {
        reasons: ["The mount of the engine's socket, /var/run/docker.sock → /s, needs the role admin."],
      },
    });
    await createService(ctx, tester, input);
    await expect(
      createService(ctx, operator, { name: "reach2", from: "reach", edits: [] }),
    ).rejects.toMatchObject({ code: "forbidden" });
  });

  test("is a copy of another but for its name and what is changed", async () => {
    await createService(ctx, tester, {
      name: "copy",
      from: "full",
      edits: [{ field: "replicas", value: 0 }],
    });
    const expected = withJsonAt(await specOf("full"), ["Mode", "Replicated", "Replicas"], "0");
    expect(await specOf("copy")).toBe(renamed(expected, "copy"));
  });
});

describe("an export", () => {
  test("as a command makes the same again", async () => {
    const command = await exportService(ctx, "full", "cli");
    const again = command
      .replace("--name full", "--name again")
      .replace("docker service create", "docker service create --detach --quiet --no-resolve-image");
    await run("bash", ["-c", again], {
      env: { ...process.env, DOCKER_HOST: `unix://${lab.socket("node1")}` },
    });
    expect(await specOf("again")).toBe(renamed(await specOf("full"), "again"));
  });

  test("as a compose file deploys the same, as far as compose can say it", async () => {
    const file = join(lab.dir, "export.yml");
    await writeFile(file, await exportService(ctx, "full", "compose"));
    await lab.docker("node1", "stack", "deploy", "--resolve-image", "never", "--compose-file", file, "st");
    const [before, after] = [await specOf("full"), await specOf("st_full")].map((text) => JSON.parse(text));
    const { specDifferences } = await import("#lib/agent/scope/spec-differences.ts");
    const paths = specDifferences(before, after).map((path) => path.join("."));
    expect(paths.sort()).toEqual([
      // What a stack adds: its marks, and the service's name as alias of each network.
      "Labels.com.docker.stack.image",
      "Labels.com.docker.stack.namespace",
      "Name",
      // What compose files have no word for.
      "TaskTemplate.ContainerSpec.DNSConfig.Options",
      "TaskTemplate.ContainerSpec.Groups",
      "TaskTemplate.ContainerSpec.Labels.com.docker.stack.namespace",
      "TaskTemplate.ContainerSpec.Mounts",
      "TaskTemplate.Networks",
    ]);
    const mounts = after.TaskTemplate.ContainerSpec.Mounts;
    expect(mounts[0].VolumeOptions.Labels).toEqual({ "com.docker.stack.namespace": "st", x: "y" });
    expect(after.TaskTemplate.Networks[0].Aliases).toEqual(expect.arrayContaining(["alias1", "full"]));
  });
});

describe("an image", () => {
  test("is pinned to the digest its tag stands for, with what it is made for", async () => {
    const registry = await startRegistry(lab);
    await registry.push("node1", "team/app:1", 1_000);
    const image = `${registry.address}/team/app:1`;
    const { warnings } = await createService(ctx, tester, {
      name: "pinned",
      edits: [
        { field: "image", value: image },
        { field: "replicas", value: 0 },
      ],
    });
    expect(warnings).toEqual([]);
    const spec = await specOf("pinned");
    expect(jsonAt(spec, ["TaskTemplate", "ContainerSpec", "Image"])).toMatch(
      /team\/app:1@sha256:[0-9a-f]{64}"$/,
    );
    expect(jsonAt(spec, ["TaskTemplate", "Placement", "Platforms"])).toContain('"OS":"linux"');
    // The docker command comes to the same.
    const inner = JSON.parse(jsonAt(spec, ["TaskTemplate", "ContainerSpec", "Image"]) ?? '""') as string;
    await lab.docker(
      "node1",
      "service",
      "create",
      "--detach",
      "--quiet",
      "--replicas",
      "0",
      "--name",
      "cli",
      image,
    );
    expect(await specOf("cli")).toContain(inner);
    const platforms = ["TaskTemplate", "Placement", "Platforms"];
    expect(jsonAt(await specOf("cli"), platforms)).toBe(jsonAt(spec, platforms));
  });
});
