import { describe, expect, test } from "vitest";
import { jsonAt } from "#lib/shared/lossless-json.ts";
import { permitNodeSpec, permitServiceSpec } from "./permit-service-spec.ts";

/** A service as the engine writes it, with what no program here has heard of. */
const spec = {
  Name: "web",
  Labels: { team: "blue" },
  TaskTemplate: {
    ContainerSpec: {
      Image: "lab/web:1@sha256:aa",
      Args: ["serve"],
      Env: ["TOKEN=secret"],
      Mounts: [{ Type: "volume", Source: "data", Target: "/data" }],
      Init: false,
      DNSConfig: {},
      Future: { Knob: 1 },
    },
    Resources: { Limits: { NanoCPUs: 5 }, Reservations: {} },
    Networks: [{ Target: "net1" }],
    ForceUpdate: 0,
    Runtime: "container",
  },
  Mode: { Replicated: { Replicas: 2 } },
  UpdateConfig: { Parallelism: 1, FailureAction: "pause", MaxFailureRatio: 0 },
  EndpointSpec: { Mode: "vip", Ports: [{ TargetPort: 80, PublishedPort: 8080 }] },
};
const text = JSON.stringify(spec).replace('"Knob":1', '"Knob":18446744073709551615');

type Tree = Record<string, unknown>;

/** The spec with one member set (undefined removes it). */
function withMember(path: string, value: unknown, from = text): string {
  const copy = structuredClone(JSON.parse(from.replace("18446744073709551615", '"big"'))) as Tree;
  const keys = path.split(".");
  const last = keys.pop() as string;
  let at = copy;
  for (const key of keys) {
    at[key] ??= {};
    at = at[key] as Tree;
  }
  at[last] = value;
  return JSON.stringify(copy).replace('"big"', "18446744073709551615");
}

describe("what may be changed", () => {
  test.each<[string, unknown]>([
    ["Mode.Replicated.Replicas", 7],
    ["TaskTemplate.ForceUpdate", 3],
    ["Labels", { team: "red", more: "x" }],
    ["UpdateConfig", { Parallelism: 2, Order: "start-first" }],
    ["RollbackConfig", { Parallelism: 0, Delay: 1 }],
  ])("%s", (path, value) => {
    const permitted = permitServiceSpec(text, null, withMember(path, value));
    expect(permitted).toEqual({ ok: true, body: expect.anything() });
    const body = permitted.ok ? permitted.body : "";
    expect(jsonAt(body, path.split("."))).toBe(JSON.stringify(value));
    // Everything else is the engine's own text, numbers beyond 2^53 as well.
    expect(jsonAt(body, ["TaskTemplate", "ContainerSpec"])).toBe(
      jsonAt(text, ["TaskTemplate", "ContainerSpec"]),
    );
    expect(jsonAt(body, ["EndpointSpec"])).toBe(jsonAt(text, ["EndpointSpec"]));
  });

  test("nothing at all, in another order and with other ways to say nothing", () => {
    const other = withMember("TaskTemplate.ContainerSpec.Init", null);
    const moved = JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(other) as Tree).reverse()));
    expect(
      permitServiceSpec(text, null, moved.replace("18446744073709552000", "18446744073709551615")),
    ).toEqual({ ok: true, body: text });
  });

  test("nothing at all, with mounts in another order", () => {
    const mounts = [
      { Type: "volume", Source: "a", Target: "/a", ReadOnly: true },
      { Type: "tmpfs", Target: "/b" },
    ];
    const two = withMember("TaskTemplate.ContainerSpec.Mounts", mounts);
    const turned = withMember("TaskTemplate.ContainerSpec.Mounts", mounts.toReversed());
    expect(permitServiceSpec(two, null, turned)).toEqual({ ok: true, body: two });
    const writable = turned.replace('"ReadOnly":true', '"ReadOnly":false');
    expect(permitServiceSpec(two, null, writable)).toMatchObject({ ok: false });
    // The order of a command line is its meaning.
    const args = withMember("TaskTemplate.ContainerSpec.Args", ["a", "b"]);
    const argsTurned = withMember("TaskTemplate.ContainerSpec.Args", ["b", "a"]);
    expect(permitServiceSpec(args, null, argsTurned)).toMatchObject({ ok: false });
  });

  test("back to what the engine had before, and its count with it", () => {
    const previous = withMember("TaskTemplate.ContainerSpec.Image", "lab/web:0");
    expect(permitServiceSpec(text, previous, previous)).toEqual({ ok: true, body: previous });
    const more = withMember("TaskTemplate.ForceUpdate", 9, previous);
    expect(permitServiceSpec(text, previous, more)).toEqual({ ok: true, body: more });
    // Half of one and half of the other is something new.
    const mixed = withMember("TaskTemplate.ContainerSpec.Args", ["other"], previous);
    expect(permitServiceSpec(text, previous, mixed)).toMatchObject({ ok: false });
  });

  test("the counts of a job", () => {
    const job = withMember("Mode", { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 5 } });
    expect(
      permitServiceSpec(job, null, withMember("Mode.ReplicatedJob.TotalCompletions", 6, job)),
    ).toMatchObject({
      ok: true,
    });
  });
});

describe("what may not", () => {
  const container = "TaskTemplate.ContainerSpec";
  test.each<[string, unknown]>([
    [`${container}.Image`, "evil:1"],
    [`${container}.Command`, ["sh"]],
    [`${container}.Args`, ["serve", "--more"]],
    [`${container}.Args`, null],
    [`${container}.Env`, ["TOKEN=secret", "LD_PRELOAD=/x"]],
    [`${container}.Mounts`, [{ Type: "bind", Source: "/", Target: "/host" }]],
    [`${container}.User`, "root"],
    [`${container}.Privileges`, { SELinuxContext: { Disable: true } }],
    [`${container}.CapabilityAdd`, ["CAP_SYS_ADMIN"]],
    [`${container}.Sysctls`, { "net.ipv4.ip_forward": "1" }],
    [`${container}.Secrets`, [{ SecretID: "x" }]],
    [`${container}.Configs`, [{ ConfigID: "x" }]],
    [`${container}.Hosts`, ["1.2.3.4 registry"]],
    [`${container}.Labels`, { a: "b" }],
    [`${container}.Future.Knob`, 5],
    [`${container}.Isolation`, "process"],
    [`${container}.__proto__2`, { a: 1 }],
    ["TaskTemplate.Networks", [{ Target: "host" }]],
    ["TaskTemplate.PluginSpec", { Remote: "evil" }],
    ["TaskTemplate.Placement", { Constraints: ["node.role==manager"] }],
    ["TaskTemplate.Runtime", "plugin"],
    ["TaskTemplate.LogDriver", { Name: "syslog" }],
    ["Mode.Global", { any: 1 }],
    ["EndpointSpec.Ports", []],
    ["Name", "other"],
    ["tasktemplate", { ContainerSpec: { Image: "evil" } }],
    ["labels", { a: "b" }],
  ])("%s = %j", (path, value) => {
    const permitted = permitServiceSpec(text, text, withMember(path, value));
    expect(permitted.ok).toBe(false);
    expect(permitted).toMatchObject({
      changed: [expect.stringContaining(path.split(".").slice(0, 3).join("."))],
    });
  });

  test("a number beyond 2^53 that differs by one", () => {
    const posted = text.replace("18446744073709551615", "18446744073709551614");
    expect(permitServiceSpec(text, null, posted)).toEqual({
      ok: false,
      changed: ["TaskTemplate.ContainerSpec.Future.Knob"],
    });
  });

  test("a count for a service that has none", () => {
    const global = withMember("Mode", { Global: {} });
    const posted = withMember("Mode", { Global: {}, Replicated: { Replicas: 3 } });
    expect(permitServiceSpec(global, null, posted)).toEqual({
      ok: false,
      changed: ["Mode.Replicated.Replicas"],
    });
  });

  test.each(["null", "[]", '"x"', "5", "{}"])("the body %s", (posted) => {
    expect(permitServiceSpec(text, null, posted).ok).toBe(false);
  });

  test("a member that is there twice", () => {
    const evil = JSON.stringify({ ContainerSpec: { Image: "evil", Mounts: [{ Type: "bind" }] } });
    const first = text.replace('"TaskTemplate":', `"TaskTemplate":${evil},"TaskTemplate":`);
    const last = text.replace(/}$/, `,"TaskTemplate":${evil}}`);
    const count = text.replace('"Replicas":2', '"Replicas":3,"Replicas":2');
    for (const posted of [last, count]) expect(permitServiceSpec(text, null, posted).ok).toBe(false);
    const permitted = permitServiceSpec(text, null, first);
    expect(permitted.ok && permitted.body).not.toContain("evil");
  });
});

describe("a node", () => {
  const node = '{"Labels":{"a":"b"},"Role":"worker","Availability":"active","Future":18446744073709551615}';

  test.each(["active", "pause", "drain"])("may be %s", (availability) => {
    const posted = node.replace("active", availability);
    expect(permitNodeSpec(node, posted)).toEqual({ ok: true, body: posted });
  });

  test.each([
    ["Role", node.replace("worker", "manager")],
    ["Labels.a", node.replace('"b"', '"c"')],
    ["Availability", node.replace("active", "gone")],
    ["Future", node.replace("615}", "614}")],
    ["role", node.replace("{", '{"role":"manager",')],
  ])("its %s stays", (member, posted) => {
    expect(permitNodeSpec(node, posted)).toEqual({ ok: false, changed: [member] });
  });
});
