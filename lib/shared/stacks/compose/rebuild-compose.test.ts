import { expect, test } from "vitest";
import { rebuildCompose } from "./rebuild-compose.ts";
import { bytesText, cpusText, durationText } from "./units.ts";

test.each([
  [90_000_000_000, "1m30s"],
  [3_600_000_000_000, "1h"],
  [1_500_000, "1ms500us"],
  [0, "0s"],
])("%d ns is %s", (ns, text) => expect(durationText(ns)).toBe(text));

test.each([
  [64 * 2 ** 20, "64M"],
  [2 ** 30, "1G"],
  [1_000_001, "1000001"],
])("%d bytes are %s", (bytes, text) => expect(bytesText(bytes)).toBe(text));

test.each([
  [500_000_000, "0.5"],
  [2_000_000_000, "2"],
  [1, "0.000000001"],
])("%d nano CPUs are %s", (nano, text) => expect(cpusText(nano)).toBe(text));

const stack = { "com.docker.stack.namespace": "shop" };
const spec = (more: object = {}, container: object = {}, task: object = {}) => ({
  Name: "shop_web",
  Labels: { ...stack, "com.docker.stack.image": "lab/web:1" },
  TaskTemplate: {
    ContainerSpec: { Image: "lab/web:1@sha256:abc", Labels: stack, Privileges: {}, ...container },
    Resources: {},
    Placement: {},
    Networks: [{ Target: "n1", Aliases: ["web"] }],
    ForceUpdate: 3,
    ...task,
  },
  Mode: { Replicated: { Replicas: 2 } },
  EndpointSpec: { Mode: "vip" },
  ...more,
});
const networks = [
  { Id: "n1", Name: "shop_default", Driver: "overlay", Labels: stack },
  { Id: "n2", Name: "shared", Driver: "overlay", Labels: {} },
];
const rebuilt = (wire: object) => rebuildCompose("shop", [wire], networks);
const service = (wire: object) =>
  (rebuilt(wire).file.services as Record<string, Record<string, unknown>>).web;

test("a plain service of a stack needs few words", () => {
  expect(rebuilt(spec())).toEqual({
    file: { version: "3.9", services: { web: { image: "lab/web:1", deploy: { replicas: 2 } } } },
    left: {},
  });
});

test("an image that was changed outside of the file is written as it is", () => {
  expect(service(spec({}, { Image: "lab/web:2" }))?.image).toBe("lab/web:2");
});

test("networks: others are external, aliases without the service's own name", () => {
  const wire = spec(
    {},
    {},
    {
      Networks: [
        { Target: "n1", Aliases: ["web", "www"] },
        { Target: "n2", Aliases: ["web"] },
      ],
    },
  );
  expect(service(wire)?.networks).toEqual({ default: { aliases: ["www"] }, shared: null });
  expect(rebuilt(wire).file.networks).toEqual({ shared: { external: true } });
});

test("volumes of the stack are its own, others external; options are kept", () => {
  const wire = spec(
    {},
    {
      Mounts: [
        { Type: "volume", Source: "shop_data", Target: "/data", VolumeOptions: { Labels: stack } },
        { Type: "volume", Source: "old", Target: "/old", ReadOnly: true, VolumeOptions: {} },
        { Type: "bind", Source: "/srv", Target: "/srv" },
        { Type: "bind", Source: "/a:b", Target: "/c", BindOptions: { Propagation: "rslave" } },
        { Type: "tmpfs", Target: "/tmp", TmpfsOptions: { SizeBytes: 1000 } },
      ],
    },
  );
  expect(service(wire)?.volumes).toEqual([
    "data:/data",
    "old:/old:ro",
    "/srv:/srv",
    { type: "bind", target: "/c", source: "/a:b", bind: { propagation: "rslave" } },
    { type: "tmpfs", target: "/tmp", tmpfs: { size: 1000 } },
  ]);
  expect(rebuilt(wire).file.volumes).toEqual({ data: null, old: { external: true } });
});

test("what somebody else's volume is made with no file can say", () => {
  const options = { Labels: { a: "b" }, DriverConfig: { Name: "nfs", Options: { o: "x" } } };
  const wire = spec(
    {},
    { Mounts: [{ Type: "volume", Source: "old", Target: "/old", VolumeOptions: options }] },
  );
  expect(rebuilt(wire).left.web).toEqual([
    "TaskTemplate.ContainerSpec.Mounts[0].VolumeOptions.Labels",
    "TaskTemplate.ContainerSpec.Mounts[0].VolumeOptions.DriverConfig",
  ]);
});

test("secrets and configs stay where they are, and their files where they were", () => {
  const file = { UID: "0", GID: "0", Mode: 0o444 };
  const wire = spec(
    {},
    {
      Secrets: [
        { SecretID: "s1", SecretName: "shop_key", File: { ...file, Name: "key" } },
        { SecretID: "s2", SecretName: "cert", File: { Name: "tls.crt", UID: "100", GID: "0", Mode: 0o400 } },
      ],
      Configs: [{ ConfigID: "c1", ConfigName: "shop_conf", File: { ...file, Name: "/etc/conf" } }],
    },
  );
  expect(service(wire)).toMatchObject({
    secrets: ["key", { source: "cert", target: "tls.crt", uid: "100", mode: 0o400 }],
    configs: [{ source: "conf", target: "/etc/conf" }],
  });
  expect(rebuilt(wire).file).toMatchObject({
    secrets: { key: { external: true, name: "shop_key" }, cert: { external: true } },
    configs: { conf: { external: true, name: "shop_conf" } },
  });
});

test("what no compose file can say is named", () => {
  const wire = spec({ Unknown: { x: 1 } }, { Groups: ["1"], DNSConfig: { Options: ["use-vc"] } });
  expect(rebuilt(wire).left).toEqual({
    web: ["Unknown", "TaskTemplate.ContainerSpec.Groups", "TaskTemplate.ContainerSpec.DNSConfig.Options"],
  });
});

test("a single service outside of a stack is written as it is called, with all its networks external", () => {
  const { file } = rebuildCompose(null, [spec()], networks);
  expect(file).toMatchObject({
    services: { shop_web: { networks: { shop_default: { aliases: ["web"] } } } },
    networks: { shop_default: { external: true } },
  });
});
